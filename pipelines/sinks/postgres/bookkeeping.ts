import { z } from 'zod';
import { tables } from '../../tables/catalog';
import { nameOf } from '../partition-ledger';
import type { DeadLetter, PartitionState, RunRecord, StreamName } from '../sink';
import { quoteName } from '../sql-names';
import {
	closedWindowSchema,
	deadLetterSchema,
	detailSchema,
	partitionSchema,
	runRecordSchema,
	sightingsSchema,
} from '../stored-state';
import type { Connection } from './connection';
import { storableText } from './copy-text';

/**
 * What the sink keeps beside the rows. A Concur user is a `user_id`: a bare `user` means the
 * database's own user in PostgreSQL.
 */
export const bookkeepingTables: Readonly<Record<string, string>> = {
	_sap_concur_meta: 'name text PRIMARY KEY, value text NOT NULL',
	_sap_concur_coverage: `stream text NOT NULL, user_id text NOT NULL, view text NOT NULL,
		detail text NOT NULL, windows json NOT NULL, open_read_at bigint, sightings json,
		PRIMARY KEY (stream, user_id, view)`,
	_sap_concur_runs: `run_id text PRIMARY KEY, started_at timestamptz NOT NULL,
		finished_at timestamptz NOT NULL, status text NOT NULL, summary json NOT NULL`,
	_sap_concur_dead_letters: `stream text NOT NULL, user_id text NOT NULL, view text NOT NULL,
		record_id text NOT NULL, window_from bigint NOT NULL, window_to bigint NOT NULL,
		code text NOT NULL, message text NOT NULL, correlation_id text, failed_at timestamptz NOT NULL,
		attempts integer NOT NULL DEFAULT 1, skipped_at timestamptz,
		PRIMARY KEY (stream, user_id, view, record_id)`,
};

/** What makes bookkeeping of a version that of the next one, statement by statement. */
export function upgradeBookkeeping(home: string, version: number): string[] {
	if (version !== 1) return [];
	return [
		`ALTER TABLE ${home}._sap_concur_coverage
		ADD COLUMN open_read_at bigint, ADD COLUMN sightings json`,
		`ALTER TABLE ${home}._sap_concur_dead_letters
		ADD COLUMN attempts integer NOT NULL DEFAULT 1, ADD COLUMN skipped_at timestamptz`,
	];
}

/** The SQL that writes a timestamp the way the rest of the package does. */
export function isoText(column: string): string {
	return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const coverageRow = partitionSchema.extend({
	detail: detailSchema,
	windows: z.string(),
	openReadAt: z.coerce.number().nullable(),
	sightings: z.string().nullable(),
});
const letterRow = partitionSchema.extend({
	recordId: z.string(),
	windowFrom: z.coerce.number(),
	windowTo: z.coerce.number(),
	code: z.string(),
	message: z.string(),
	correlationId: z.string().nullable(),
	failedAt: z.string(),
	attempts: z.coerce.number(),
	skippedAt: z.string().nullable(),
});

export async function readPartitions(
	connection: Connection,
	schema: string,
	/** Whoever only looks may find the layout of an older version, and must not migrate it. */
	version: number,
): Promise<PartitionState[]> {
	const home = quoteName(schema);
	const letterState =
		version === 1
			? '1 AS attempts, NULL AS "skippedAt"'
			: `attempts, ${isoText('skipped_at')} AS "skippedAt"`;
	const moreState =
		version === 1
			? 'NULL AS "openReadAt", NULL AS sightings'
			: 'open_read_at AS "openReadAt", sightings';
	const letters = new Map<string, DeadLetter[]>();
	const letterRows = await connection.query(
		letterRow,
		`SELECT stream, user_id AS "user", view, record_id AS "recordId", window_from AS "windowFrom",
		window_to AS "windowTo", code, message, correlation_id AS "correlationId",
		${isoText('failed_at')} AS "failedAt", ${letterState}
		FROM ${home}._sap_concur_dead_letters ORDER BY failed_at, record_id`,
	);
	for (const { windowFrom: from, windowTo: to, ...row } of letterRows) {
		const letter = deadLetterSchema.parse({ ...row, window: { from, to } });
		const name = nameOf(row);
		const list = letters.get(name);
		if (list) list.push(letter);
		else letters.set(name, [letter]);
	}
	const rows = await connection.query(
		coverageRow,
		`SELECT stream, user_id AS "user", view, detail, windows, ${moreState}
		FROM ${home}._sap_concur_coverage ORDER BY stream, user_id, view`,
	);
	return rows.map(({ detail, windows, openReadAt, sightings, ...partition }) => ({
		partition,
		detail,
		coverage: z.array(closedWindowSchema).parse(JSON.parse(windows)),
		deadLetters: letters.get(nameOf(partition)) ?? [],
		...(openReadAt === null ? {} : { openReadAt }),
		...(sightings === null ? {} : { sightings: sightingsSchema.parse(JSON.parse(sightings)) }),
	}));
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

const runRow = z
	.object({
		runId: z.string(),
		startedAt: z.string(),
		finishedAt: z.string(),
		status: z.string(),
		summary: z.string(),
	})
	.transform((row) => ({ ...row, summary: JSON.parse(row.summary) as unknown }))
	.pipe(runRecordSchema);

/** Newest first. */
export async function readRuns(connection: Connection, schema: string): Promise<RunRecord[]> {
	return connection.query(
		runRow,
		`SELECT run_id AS "runId", ${isoText('started_at')} AS "startedAt",
		${isoText('finished_at')} AS "finishedAt", status, summary
		FROM ${quoteName(schema)}._sap_concur_runs ORDER BY run_id COLLATE "C" DESC`,
	);
}

/** Living rows by table, of the tables that are there. */
export async function countRows(
	connection: Connection,
	schema: string,
	there: ReadonlySet<string>,
): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const { name } of tables.filter((table) => there.has(table.name))) {
		const table = `${quoteName(schema)}.${quoteName(name)}`;
		// Two counts that indexes answer, where one over all rows would read every page.
		const [row] = await connection.query(
			z.object({ value: z.coerce.number() }),
			`SELECT (SELECT count(*) FROM ${table})
			- (SELECT count(*) FROM ${table} WHERE _deleted_at IS NOT NULL) AS value`,
		);
		counts[name] = row?.value ?? 0;
	}
	return counts;
}
