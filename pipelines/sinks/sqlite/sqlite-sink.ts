import { resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { FileWatch } from '../file-watch';
import { lockTarget } from '../lock';
import type { OpenOptions, Sink, SinkInspection } from '../sink';
import { countRows, readFacts, readPartitions, readRuns } from './bookkeeping';
import { sqliteFailure } from './failure';
import { explainErrors, fileExists, openDatabase } from './open-database';
import { readDatabase, withDatabase } from './read-database';
import { checkOwner, migrate } from './schema';
import { SqliteSession } from './session';

/**
 * A sink into one SQLite file, the embedded warehouse. Tables are as the catalog defines them,
 * with `_extracted_at`, `_run_id`, `_deleted_at`, `_fingerprint` (roots) and `_raw`; bookkeeping
 * is in `_sap_concur_meta`, `_sap_concur_coverage`, `_sap_concur_runs`, `_sap_concur_dead_letters`.
 * Where a history is kept, each table of travel requests has one of its versions, `…_history`.
 *
 * Commits go to a write-ahead log: they survive the death of the process at once, and the loss of
 * power from `finish` on. Rows and the coverage they belong to are in one commit, so that even
 * where power takes the last commits, it takes both or neither.
 */
export function createSqliteSink(file: string): Sink {
	const path = resolve(file);
	const target = `sqlite:${file}`;
	return {
		target,
		appendOnly: false,
		async open(options) {
			return explainErrors(target, () => openSession(path, target, options));
		},
		async inspect() {
			return explainErrors(target, () => inspectFile(path, target));
		},
	};
}

function openSession(
	path: string,
	target: string,
	{ history = false }: OpenOptions,
): SqliteSession {
	// Before the lock, so that nothing appears beside a file that is not ours.
	if (fileExists(path, target)) checkUntouched(path, target);
	const lock = lockTarget(`${path}.lock`, target);
	let database: DatabaseSync | undefined;
	try {
		database = openDatabase(path, false);
		checkOwner(database, target);
		const keepsHistory = migrate(database, target, history);
		database.exec('PRAGMA journal_mode = WAL');
		database.exec('PRAGMA synchronous = NORMAL');
		return new SqliteSession(target, database, lock, keepsHistory, new FileWatch(path, target));
	} catch (error) {
		database?.close();
		lock.release();
		throw error;
	}
}

function checkUntouched(path: string, target: string): void {
	try {
		withDatabase(path, (database) => checkOwner(database, target));
	} catch (error) {
		// What a killed run left half-written can be repaired by a writer only: it checks again.
		const failure = sqliteFailure(error);
		if (failure !== 'readOnly' && failure !== 'cannotOpen') throw error;
	}
}

function inspectFile(path: string, target: string): SinkInspection | undefined {
	if (!fileExists(path, target)) return undefined;
	return readDatabase(path, (database) => {
		if (checkOwner(database, target) === 'new') return undefined;
		return {
			partitions: readPartitions(database),
			facts: readFacts(database),
			runs: readRuns(database),
			rows: countRows(database),
		};
	});
}
