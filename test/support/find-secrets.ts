import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';

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
		const text = readPlain(file);
		return secrets.filter((secret) => text.includes(secret)).map((secret) => ({ file, secret }));
	});
}

function readPlain(file: string): string {
	const bytes = readFileSync(file);
	try {
		if (file.endsWith('.gz')) return gunzipSync(bytes).toString('latin1');
		if (file.endsWith('.zst')) return zstdDecompressSync(bytes).toString('latin1');
	} catch {
		// A test may have cut the file short; what it holds is searched as it is.
	}
	return bytes.toString('latin1');
}
