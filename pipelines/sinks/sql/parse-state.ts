import { z } from 'zod';
import { nameOf } from '../partition-ledger';
import {
	streamNames,
	type DeadLetter,
	type Facts,
	type PartitionState,
	type RunRecord,
} from '../sink';
import { parseRows } from './parse-rows';
import {
	closedWindowSchema,
	deadLetterSchema,
	detailSchema,
	partitionSchema,
	runRecordSchema,
	sightingsSchema,
} from '../stored-state';

/**
 * Rows of the bookkeeping tables, read whole (`SELECT *`): whoever only looks may find an older
 * layout and must not migrate it, and what that lacks is simply absent here. Each database has its
 * own way to hand out numbers and times.
 */

const number = z.coerce.number();
const time = z.coerce.date().transform((date) => date.toISOString());
const json = z.string().transform((text, context): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		context.addIssue({ code: 'custom', message: 'no JSON' });
		return z.NEVER;
	}
});

const partitionColumns = { stream: z.enum(streamNames), user_id: z.string(), view: z.string() };

const coverageRow = z.object({
	...partitionColumns,
	detail: detailSchema,
	windows: json.pipe(z.array(closedWindowSchema)),
	open_read_at: number.nullish(),
	sightings: json.pipe(sightingsSchema).nullish(),
});

const letterRow = z
	.object({
		...partitionColumns,
		record_id: z.string(),
		window_from: number,
		window_to: number,
		code: z.string(),
		message: z.string(),
		correlation_id: z.string().nullish(),
		failed_at: time,
		attempts: number.optional(),
		skipped_at: time.nullish(),
	})
	.transform((row) => ({
		partition: { stream: row.stream, user: row.user_id, view: row.view },
		letter: {
			recordId: row.record_id,
			window: { from: row.window_from, to: row.window_to },
			code: row.code,
			message: row.message,
			correlationId: row.correlation_id,
			failedAt: row.failed_at,
			attempts: row.attempts,
			skippedAt: row.skipped_at,
		},
	}))
	.pipe(z.object({ partition: partitionSchema, letter: deadLetterSchema }));

const runRow = z
	.object({
		run_id: z.string(),
		started_at: time,
		finished_at: time,
		status: z.string(),
		summary: json,
	})
	.transform((row) => ({
		runId: row.run_id,
		startedAt: row.started_at,
		finishedAt: row.finished_at,
		status: row.status,
		summary: row.summary,
	}))
	.pipe(runRecordSchema);

/** What the rows of `_sap_concur_coverage` and `_sap_concur_dead_letters` say. */
export function parsePartitions(
	coverageRows: readonly unknown[],
	letterRows: readonly unknown[],
): PartitionState[] {
	const letters = new Map<string, DeadLetter[]>();
	for (const { partition, letter } of parseRows('dead_letters', letterRow, letterRows)) {
		const list = letters.get(nameOf(partition));
		if (list) list.push(letter);
		else letters.set(nameOf(partition), [letter]);
	}
	return parseRows('coverage', coverageRow, coverageRows).map(
		({ stream, user_id: user, view, detail, windows, ...row }) => ({
			partition: { stream, user, view },
			detail,
			coverage: windows,
			deadLetters: letters.get(nameOf({ stream, user, view })) ?? [],
			...(typeof row.open_read_at === 'number' ? { openReadAt: row.open_read_at } : {}),
			...(row.sightings ? { sightings: row.sightings } : {}),
		}),
	);
}

/** How `_sap_concur_meta` names what a target remembers, beside what the sink keeps there. */
export const factPrefix = 'fact_';

const metaRow = z.object({ name: z.string(), value: z.string() });

/** What the rows of `_sap_concur_meta` remember. */
export function parseFacts(rows: readonly unknown[]): Facts {
	return Object.fromEntries(
		parseRows('meta', metaRow, rows)
			.filter(({ name }) => name.startsWith(factPrefix))
			.map(({ name, value }) => [name.slice(factPrefix.length), value]),
	);
}

/** What the rows of `_sap_concur_runs` say. */
export function parseRuns(rows: readonly unknown[]): RunRecord[] {
	return parseRows('runs', runRow, rows);
}
