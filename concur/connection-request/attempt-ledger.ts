import { z } from 'zod';
import { isJsonObject } from '../json';
import { connectionStatuses, type ConnectionStatus } from './statuses';

/** The kinds of answers that Concur counts: CREU* and CRRET. */
export type AttemptKind = 'refusals' | 'retries';

const lastSchema = z.object({
	status: z
		.string()
		.refine((code): code is ConnectionStatus => Object.hasOwn(connectionStatuses, code)),
	at: z.number(),
	sure: z.boolean(),
});

const recordSchema = z.object({
	refusals: z.number().int().min(0),
	retries: z.number().int().min(0),
	last: lastSchema,
});

/** What is remembered of the answers to one connection request; nothing of it is secret. */
export interface AnswerRecord {
	/** How often CREU1, CREU2 or CREU3 was put. */
	readonly refusals: number;
	/** How often CRRET was put. */
	readonly retries: number;
	readonly last: {
		readonly status: ConnectionStatus;
		/** Milliseconds since 1970, by Concur's clock where it is known. */
		readonly at: number;
		/** False from before the call until its outcome is known; then it is not counted yet. */
		readonly sure: boolean;
	};
}

/** Remembers answers from one run to the next. */
export interface AttemptLedger {
	read(id: string): AnswerRecord | undefined;
	/** Remembers, or forgets where there is no record. */
	write(id: string, record: AnswerRecord | undefined): void;
}

const DAY_MS = 24 * 3_600_000;
/** Four refusals take four days, and a workflow may run once a week. */
const KEPT_MS = 30 * DAY_MS;
/** About 100 bytes each. */
const MOST_RECORDS = 1_000;
const MEMBER = 'connectionRequests';

/**
 * A ledger in an object that someone else stores, such as n8n's static data: all of it in one member,
 * which is replaced at each change. Records are dropped 30 days after their last answer, and the
 * oldest where there are more than 1,000. What cannot be read counts as not remembered.
 */
export function createAttemptLedger(store: Record<string, unknown>): AttemptLedger {
	const records = new Map<string, AnswerRecord>();
	const stored = store[MEMBER];
	for (const [id, value] of Object.entries(isJsonObject(stored) ? stored : {})) {
		const record = recordSchema.safeParse(value);
		if (record.success) records.set(id, record.data);
	}

	function prune(now: number): void {
		for (const [id, { last }] of records) if (now - last.at > KEPT_MS) records.delete(id);
		if (records.size <= MOST_RECORDS) return;
		const oldest = [...records].sort(([, a], [, b]) => a.last.at - b.last.at);
		for (const [id] of oldest.slice(0, records.size - MOST_RECORDS)) records.delete(id);
	}

	return {
		read: (id) => records.get(id),
		write(id, record) {
			if (record === undefined) records.delete(id);
			else {
				records.set(id, record);
				prune(record.last.at);
			}
			store[MEMBER] = Object.fromEntries(records);
		},
	};
}
