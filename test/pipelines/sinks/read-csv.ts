import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readPlain } from '../../support/read-plain';

/** The committed parts of a directory, in the order of their names. */
export function listParts(directory: string): string[] {
	return readdirSync(directory)
		.filter((name) => name.startsWith('run='))
		.sort();
}

/** The text of a table in one part; undefined where the part has none of it. */
export function readTable(directory: string, part: string, table: string): string | undefined {
	const name = readdirSync(join(directory, part)).find((file) => file.startsWith(`${table}.csv`));
	if (name === undefined) return undefined;
	return readPlain(join(directory, part, name)).toString();
}

/** Rows of a table over all parts, read by csv-parse; an unquoted empty field is null. */
export function readRows(
	directory: string,
	table = 'travel_requests',
): Record<string, string | null>[] {
	return listParts(directory).flatMap((part) => parseRows(readTable(directory, part, table) ?? ''));
}

function parseRows(text: string): Record<string, string | null>[] {
	const rows: unknown = parse(text, {
		columns: true,
		record_delimiter: '\n',
		cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
	});
	if (!isRows(rows)) throw new TypeError('csv-parse gave no rows');
	return rows;
}

function isRows(value: unknown): value is Record<string, string | null>[] {
	return Array.isArray(value);
}

export function readManifestOf(directory: string, part: string) {
	const manifest: {
		version: number;
		runId: string;
		files: { name: string; table: string; rows: number; bytes: number; sha256: string }[];
		recent: { fingerprints: Record<string, string> }[];
		open: { fingerprints: Record<string, string> }[];
	} = JSON.parse(readFileSync(join(directory, part, '_manifest.json'), 'utf8'));
	return manifest;
}

export function hashFile(file: string): { bytes: number; sha256: string } {
	const bytes = readFileSync(file);
	return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
