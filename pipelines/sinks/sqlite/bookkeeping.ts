import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { tables } from '../../tables/catalog';
import { nameOf } from '../partition-ledger';
import type { DeadLetter, PartitionState, RunRecord, StreamName } from '../sink';
import {
	closedWindowSchema,
	deadLetterSchema,
	detailSchema,
	partitionSchema,
	runRecordSchema,
	sightingsSchema,
} from '../stored-state';
import { quoteName } from '../sql-names';
import { readVersion } from './schema';

const coverageRow = partitionSchema.extend({
	detail: detailSchema,
	windows: z.string(),
	openReadAt: z.number().nullable(),
	sightings: z.string().nullable(),
});
const letterRow = partitionSchema.extend({
	recordId: z.string(),
	windowFrom: z.number(),
	windowTo: z.number(),
	code: z.string(),
	message: z.string(),
	correlationId: z.string().nullable(),
	failedAt: z.string(),
	attempts: z.number(),
	skippedAt: z.string().nullable(),
});

export function readPartitions(database: DatabaseSync): PartitionState[] {
	// Whoever only looks may find the layout of an older version, and must not migrate it.
	const isFirst = readVersion(database) === 1;
	const user = isFirst ? 'user' : 'user_id AS user';
	const letterState = isFirst
		? '1 AS attempts, NULL AS skippedAt'
		: 'attempts, skipped_at AS skippedAt';
	const letters = new Map<string, DeadLetter[]>();
	const letterRows = database
		.prepare(
			`SELECT stream, ${user}, view, record_id AS recordId, window_from AS windowFrom,
			window_to AS windowTo, code, message, correlation_id AS correlationId,
			failed_at AS failedAt, ${letterState}
			FROM _sap_concur_dead_letters ORDER BY failed_at, record_id`,
		)
		.all();
	for (const { windowFrom: from, windowTo: to, ...row } of z.array(letterRow).parse(letterRows)) {
		const letter = deadLetterSchema.parse({ ...row, window: { from, to } });
		const name = nameOf(row);
		const list = letters.get(name);
		if (list) list.push(letter);
		else letters.set(name, [letter]);
	}
	const moreState = isFirst
		? 'NULL AS openReadAt, NULL AS sightings'
		: 'open_read_at AS openReadAt, sightings';
	const rows = database
		.prepare(
			`SELECT stream, ${user}, view, detail, windows, ${moreState} FROM _sap_concur_coverage`,
		)
		.all();
	return z
		.array(coverageRow)
		.parse(rows)
		.map(({ detail, windows, openReadAt, sightings, ...partition }) => ({
			partition,
			detail,
			coverage: z.array(closedWindowSchema).parse(JSON.parse(windows)),
			deadLetters: letters.get(nameOf(partition)) ?? [],
			...(openReadAt === null ? {} : { openReadAt }),
			...(sightings === null ? {} : { sightings: sightingsSchema.parse(JSON.parse(sightings)) }),
		}));
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

const runRow = z
	.object({
		run_id: z.string(),
		started_at: z.string(),
		finished_at: z.string(),
		status: z.string(),
		summary: z.string(),
	})
	.transform((row) => ({
		runId: row.run_id,
		startedAt: row.started_at,
		finishedAt: row.finished_at,
		status: row.status,
		summary: JSON.parse(row.summary) as unknown,
	}))
	.pipe(runRecordSchema);

/** Newest first. */
export function readRuns(database: DatabaseSync): RunRecord[] {
	const rows = database.prepare('SELECT * FROM _sap_concur_runs ORDER BY run_id DESC').all();
	return z.array(runRow).parse(rows);
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

/** Living rows by table, of the tables that are there. */
export function countRows(database: DatabaseSync): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const table of tables) {
		const name = quoteName(table.name);
		const row = database
			.prepare(
				`SELECT (SELECT count(*) FROM ${name})
				- (SELECT count(*) FROM ${name} WHERE _deleted_at IS NOT NULL) AS value`,
			)
			.get();
		counts[table.name] = z.object({ value: z.number() }).parse(row).value;
	}
	return counts;
}
