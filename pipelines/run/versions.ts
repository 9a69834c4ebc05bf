import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ownPackage = z.object({ name: z.literal('n8n-nodes-sap-concur'), version: z.string() });

/** What ran, for whoever asks later why two runs differ. */
export interface Versions {
	readonly package: string;
	readonly node: string;
}

let known: Versions | undefined;

export function readVersions(): Versions {
	return (known ??= { package: readPackageVersion(), node: process.versions.node });
}

/** This file is one folder deeper once it is compiled. */
function readPackageVersion(): string {
	for (const root of ['../..', '../../..']) {
		try {
			const text = readFileSync(join(__dirname, root, 'package.json'), 'utf8');
			const found = ownPackage.safeParse(JSON.parse(text));
			if (found.success) return found.data.version;
		} catch {
			// Not there: it is the other one, or somebody has bundled the package.
		}
	}
	return 'unknown';
}
