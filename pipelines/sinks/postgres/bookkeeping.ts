import { z } from 'zod';
import type { Facts, PartitionState, RunRecord, StreamName } from '../sink';
import { quoteName } from '../sql-names';
import { planCounts } from '../sql/count-rows';
import { factPrefix, parseFacts, parsePartitions, parseRuns } from '../sql/parse-state';
import type { Connection } from './connection';
import { storableText } from './copy-text';
import type { SchemaState } from './schema';

export async function readPartitions(
	connection: Connection,
	schema: string,
): Promise<PartitionState[]> {
	const home = quoteName(schema);
	const letters = await connection.query(
		z.unknown(),
		`SELECT * FROM ${home}._sap_concur_dead_letters ORDER BY failed_at, record_id`,
	);
	const coverage = await connection.query(
		z.unknown(),
		`SELECT * FROM ${home}._sap_concur_coverage ORDER BY stream, user_id, view`,
	);
	return parsePartitions(coverage, letters);
}

/** Stores the state of one partition over the earlier one. Must run inside a transaction. */
export async function storePartition(
	connection: Connection,
	schema: string,
	{ partition: { stream, user, view }, deadLetters, ...state }: PartitionState,
): Promise<void> {
	const home = quoteName(schema);
	// One statement, so that a commit costs few round trips.
	await connection.run(
		`WITH gone AS (
			DELETE FROM ${home}._sap_concur_dead_letters
			WHERE stream = $1 AND user_id = $2 AND view = $3 AND record_id <> ALL ($8))
		INSERT INTO ${home}._sap_concur_coverage VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (stream, user_id, view)
		DO UPDATE SET detail = excluded.detail, windows = excluded.windows,
		open_read_at = excluded.open_read_at, sightings = excluded.sightings`,
		[
			...[stream, user, view, state.detail, JSON.stringify(state.coverage)],
			state.openReadAt ?? null,
			state.sightings ? storableText(JSON.stringify(state.sightings)) : null,
			deadLetters.map(({ recordId }) => storableText(recordId)),
		],
	);
	for (const letter of deadLetters) {
		const { recordId, window, code, message, correlationId, failedAt } = letter;
		await connection.run(
			`INSERT INTO ${home}._sap_concur_dead_letters
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
			ON CONFLICT (stream, user_id, view, record_id) DO UPDATE SET
			window_from = excluded.window_from, window_to = excluded.window_to, code = excluded.code,
			message = excluded.message, correlation_id = excluded.correlation_id,
			failed_at = excluded.failed_at, attempts = excluded.attempts,
			skipped_at = excluded.skipped_at`,
			[
				...[stream, user, view, storableText(recordId), window.from, window.to, code],
				...[storableText(message), correlationId ?? null, failedAt],
				...[letter.attempts, letter.skippedAt ?? null],
			],
		);
	}
}

export async function forgetStreams(
	connection: Connection,
	schema: string,
	streams: readonly StreamName[],
): Promise<void> {
	for (const table of ['_sap_concur_coverage', '_sap_concur_dead_letters'])
		await connection.run(`DELETE FROM ${quoteName(schema)}.${table} WHERE stream = ANY ($1)`, [
			streams,
		]);
}

export async function storeRun(
	connection: Connection,
	schema: string,
	{ runId, startedAt, finishedAt, status, summary }: RunRecord,
): Promise<void> {
	await connection.run(
		`INSERT INTO ${quoteName(schema)}._sap_concur_runs VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (run_id) DO UPDATE SET finished_at = excluded.finished_at,
		status = excluded.status, summary = excluded.summary`,
		[runId, startedAt, finishedAt, status, JSON.stringify(summary)],
	);
}

export async function readFacts(connection: Connection, schema: string): Promise<Facts> {
	return parseFacts(
		await connection.query(z.unknown(), `SELECT * FROM ${quoteName(schema)}._sap_concur_meta`),
	);
}

/** Must run inside a transaction. */
export async function storeFacts(
	connection: Connection,
	schema: string,
	facts: readonly (readonly [name: string, value: string])[],
): Promise<void> {
	if (facts.length === 0) return;
	await connection.run(
		`INSERT INTO ${quoteName(schema)}._sap_concur_meta (name, value)
		SELECT * FROM unnest($1::text[], $2::text[])
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		[facts.map(([name]) => factPrefix + name), facts.map(([, value]) => storableText(value))],
	);
}

/** Newest first. */
export async function readRuns(connection: Connection, schema: string): Promise<RunRecord[]> {
	const rows = await connection.query(
		z.unknown(),
		`SELECT * FROM ${quoteName(schema)}._sap_concur_runs ORDER BY run_id COLLATE "C" DESC`,
	);
	return parseRuns(rows);
}

/** Living rows by table, and versions where a history is kept; of the tables that are there. */
export async function countRows(
	connection: Connection,
	schema: string,
	{ layout, keepsHistory }: SchemaState,
): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const [name, sql] of planCounts(layout, keepsHistory, `${quoteName(schema)}.`)) {
		const [row] = await connection.query(z.object({ value: z.coerce.number() }), sql);
		counts[name] = row?.value ?? 0;
	}
	return counts;
}
