import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import type { Facts, PartitionState, RunRecord, StreamName } from '../sink';
import { planCounts } from '../sql/count-rows';
import { factPrefix, parseFacts, parsePartitions, parseRuns } from '../sql/parse-state';
import { keepsHistory, readLayout } from './schema';

export function readPartitions(database: DatabaseSync): PartitionState[] {
	const coverage = database.prepare('SELECT * FROM _sap_concur_coverage').all();
	const letters = database
		.prepare('SELECT * FROM _sap_concur_dead_letters ORDER BY failed_at, record_id')
		.all();
	return parsePartitions(coverage.map(nameUser), letters.map(nameUser));
}

/** The first layout called a `user_id` a `user`. */
function nameUser({ user, ...row }: Record<string, SQLOutputValue>) {
	return { user_id: user, ...row };
}

/** Stores the state of one partition over the earlier one. Must run inside a transaction. */
export function storePartition(database: DatabaseSync, state: PartitionState): void {
	const { stream, user, view } = state.partition;
	const sightings = state.sightings && JSON.stringify(state.sightings);
	database
		.prepare('INSERT OR REPLACE INTO _sap_concur_coverage VALUES (?, ?, ?, ?, ?, ?, ?)')
		.run(
			...[stream, user, view, state.detail, JSON.stringify(state.coverage)],
			...[state.openReadAt ?? null, sightings ?? null],
		);
	database
		.prepare('DELETE FROM _sap_concur_dead_letters WHERE stream = ? AND user_id = ? AND view = ?')
		.run(stream, user, view);
	for (const letter of state.deadLetters) {
		const { recordId, window, code, message, correlationId, failedAt } = letter;
		database
			.prepare(
				'INSERT OR REPLACE INTO _sap_concur_dead_letters VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
			)
			.run(
				...[stream, user, view, recordId, window.from, window.to, code, message],
				...[correlationId ?? null, failedAt, letter.attempts, letter.skippedAt ?? null],
			);
	}
}

export function forgetStreams(database: DatabaseSync, streams: readonly StreamName[]): void {
	for (const stream of streams) {
		database.prepare('DELETE FROM _sap_concur_coverage WHERE stream = ?').run(stream);
		database.prepare('DELETE FROM _sap_concur_dead_letters WHERE stream = ?').run(stream);
	}
}

export function storeRun(database: DatabaseSync, run: RunRecord): void {
	database
		.prepare('INSERT OR REPLACE INTO _sap_concur_runs VALUES (?, ?, ?, ?, ?)')
		.run(run.runId, run.startedAt, run.finishedAt, run.status, JSON.stringify(run.summary));
}

/** Newest first. */
export function readRuns(database: DatabaseSync): RunRecord[] {
	return parseRuns(database.prepare('SELECT * FROM _sap_concur_runs ORDER BY run_id DESC').all());
}

/** The id of the newest run that was begun, finished or not. */
export function readLastRunId(database: DatabaseSync): string | undefined {
	const row = database
		.prepare(`SELECT value FROM _sap_concur_meta WHERE name = 'last_run_id'`)
		.get();
	return row === undefined ? undefined : z.object({ value: z.string() }).parse(row).value;
}

export function storeLastRunId(database: DatabaseSync, runId: string): void {
	database.prepare(`INSERT OR REPLACE INTO _sap_concur_meta VALUES ('last_run_id', ?)`).run(runId);
}

export function readFacts(database: DatabaseSync): Facts {
	return parseFacts(database.prepare('SELECT * FROM _sap_concur_meta').all());
}

/** Must run inside a transaction. */
export function storeFacts(
	database: DatabaseSync,
	facts: readonly (readonly [name: string, value: string])[],
): void {
	for (const [name, value] of facts)
		database
			.prepare('INSERT OR REPLACE INTO _sap_concur_meta VALUES (?, ?)')
			.run(factPrefix + name, value);
}

const countRow = z.object({ value: z.number() });

/** Living rows by table, and versions where a history is kept; of the tables that are there. */
export function countRows(database: DatabaseSync): Record<string, number> {
	const layout = readLayout(database);
	const counts = planCounts(layout, keepsHistory(database, layout), '');
	return Object.fromEntries(
		counts.map(([name, sql]) => [name, countRow.parse(database.prepare(sql).get()).value]),
	);
}
