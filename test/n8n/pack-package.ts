import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { z } from 'zod';
import { runCommand } from './run-command';

const MANIFEST = z.object({ name: z.string(), version: z.string() });
const PACKED = z.array(z.object({ filename: z.string() })).length(1);

export interface PackedPackage {
	readonly name: string;
	readonly version: string;
	/** What n8n's environment needs for its own installer to find the packed file. */
	readonly env: Readonly<Record<string, string>>;
}

/**
 * Packs the package as it would be published, and stands an npm before the real one that hands
 * the packed file to n8n: so n8n's own installer runs, with all it strips and leaves out.
 */
export function packPackage(folder: string): PackedPackage {
	const root = process.env['TEST_N8N_PACKAGE'] ?? resolve(__dirname, '../..');
	const { name, version } = MANIFEST.parse(
		JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
	);
	mkdirSync(folder, { recursive: true });
	const answer = runCommand('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
	const [packed] = PACKED.parse(JSON.parse(answer));
	return {
		name,
		version,
		env: {
			PATH: `${writeStandIn(folder)}${delimiter}${process.env['PATH'] ?? ''}`,
			STAND_IN_FOLDER: folder,
			STAND_IN_TARBALL: join(folder, packed?.filename ?? ''),
			STAND_IN_PACKAGE: name,
			STAND_IN_VERSION: version,
		},
	};
}

function writeStandIn(folder: string): string {
	const command = join(folder, 'npm');
	const script = resolve(__dirname, 'npm-stand-in.cjs');
	writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
	chmodSync(command, 0o755);
	return folder;
}
