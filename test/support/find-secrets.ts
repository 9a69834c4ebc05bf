import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTextFinder } from './find-texts';
import { readPlain } from './read-plain';

export interface Leak {
	readonly file: string;
	readonly secret: string;
}

/** Searches every file below a folder, compressed ones too, for any of the secrets. */
export function findSecrets(root: string, secrets: readonly string[], except: string): Leak[] {
	const find = createTextFinder(secrets);
	const files = readdirSync(root, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name !== except)
		.map((entry) => join(entry.parentPath, entry.name));
	return files.flatMap((file) => find(readBytes(file)).map((secret) => ({ file, secret })));
}

function readBytes(file: string): Buffer {
	try {
		return readPlain(file);
	} catch {
		// A test may have cut a compressed file short; what it holds is searched as it is.
		return readFileSync(file);
	}
}
