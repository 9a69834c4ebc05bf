import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { sqliteFailure } from './failure';
import { openDatabase } from './open-database';

/** What a killed writer leaves beside the file, and only a writer can bring into it. */
const leftovers = ['-wal', '-journal'];
/** How often files that somebody writes to meanwhile are read anew. */
const attempts = 5;

/**
 * Reads a database file, also where this process may write neither it nor its directory. SQLite
 * wants to write even for reading: a shared index beside the file, and what a killed run left.
 */
export function readDatabase<Result>(
	file: string,
	use: (database: DatabaseSync) => Result,
): Result {
	try {
		return withDatabase(file, use);
	} catch (error) {
		const failure = sqliteFailure(error);
		if (failure !== 'readOnly' && failure !== 'cannotOpen') throw error;
		return readUnlocked(file, use, error);
	}
}

/** Reads it the plain way, under SQLite's locks. */
export function withDatabase<Result>(
	file: string | URL,
	use: (database: DatabaseSync) => Result,
	readOnly = true,
): Result {
	const database = openDatabase(file, readOnly);
	try {
		return use(database);
	} finally {
		database.close();
	}
}

/**
 * Reads without locks. Whether somebody who may write has written meanwhile is seen by the files
 * themselves, and then what was read, or failed, counts for nothing.
 */
function readUnlocked<Result>(
	file: string,
	use: (database: DatabaseSync) => Result,
	error: unknown,
): Result {
	for (let attempt = 1; attempt <= attempts; attempt++) {
		const before = describeFiles(file);
		try {
			const result = hasLeftovers(file)
				? readCopy(file, use)
				: withDatabase(nameImmutable(file), use);
			if (describeFiles(file) === before) return result;
		} catch (failure) {
			if (describeFiles(file) === before) throw failure;
		}
	}
	throw error;
}

/** With this name SQLite neither locks nor writes. */
function nameImmutable(file: string): URL {
	const url = pathToFileURL(file);
	url.searchParams.set('immutable', '1');
	return url;
}

/** A copy can be repaired by what is beside it. */
function readCopy<Result>(file: string, use: (database: DatabaseSync) => Result): Result {
	const folder = mkdtempSync(join(tmpdir(), 'sap-concur-export-'));
	try {
		const copy = join(folder, basename(file));
		for (const ending of ['', ...leftovers])
			if (sizeOf(file + ending) > 0) copyFileSync(file + ending, copy + ending);
		return withDatabase(copy, use, false);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function hasLeftovers(file: string): boolean {
	return leftovers.some((ending) => sizeOf(file + ending) > 0);
}

function sizeOf(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function describeFiles(file: string): string {
	const found = ['', ...leftovers].map((ending) =>
		statSync(file + ending, { bigint: true, throwIfNoEntry: false }),
	);
	return found
		.map((entry) => (entry ? [entry.ino, entry.size, entry.mtimeNs].join() : ''))
		.join(' ');
}
