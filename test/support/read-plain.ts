import { readFileSync } from 'node:fs';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';

/** The content of a file, decompressed where its name says that it is compressed. */
export function readPlain(file: string): Buffer {
	const bytes = readFileSync(file);
	if (file.endsWith('.gz')) return gunzipSync(bytes);
	return file.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes;
}
