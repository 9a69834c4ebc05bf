import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlain } from './read-plain';

export interface Leak {
	readonly file: string;
	readonly secret: string;
}

/** Searches every file below a folder, compressed ones too, for any of the secrets. */
export function findSecrets(root: string, secrets: readonly string[], except: string): Leak[] {
	const files = readdirSync(root, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name !== except)
		.map((entry) => join(entry.parentPath, entry.name));
	return files.flatMap((file) => {
		const text = readText(file);
		return secrets.filter((secret) => text.includes(secret)).map((secret) => ({ file, secret }));
	});
}

function readText(file: string): string {
	try {
		return readPlain(file).toString('latin1');
	} catch {
		// A test may have cut a compressed file short; what it holds is searched as it is.
		return readFileSync(file, 'latin1');
	}
}
