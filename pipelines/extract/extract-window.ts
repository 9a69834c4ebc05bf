import type { ConcurClient } from '../../concur/client';
import type { ConcurError } from '../../concur/errors';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { DeadLetter, Detail, ExtractedRecord, Partition } from '../sinks/sink';
import { buildRecord, deletedRecord } from '../tables/flatten';
import type { Drift } from '../tables/drift';
import { splitWindow } from '../windows/split-window';
import type { Window } from '../windows/window';
import { isContained } from './failures';
import { isOneSecond, listWindow, type OpenWindow } from './list-window';
import { readDenseWindow } from './read-dense-window';
import { readRecord } from './read-record';

/** One window of one partition, to be listed and read. An open one ends at the server's present. */
export interface WindowTask {
	readonly partition: Partition;
	readonly window: Window | OpenWindow;
}

export interface ExtractContext {
	readonly client: ConcurClient;
	readonly detail: Detail;
	readonly drift: Drift;
	readonly signal: AbortSignal;
	/** Seconds that must have passed before a second of modification time is taken as written. */
	readonly settleLag: number;
	/** Takes records before all of the window is read: they are stored without closing it. */
	readonly emit: (records: readonly ExtractedRecord[]) => Promise<void>;
}

export interface ReadRecords {
	readonly records: readonly ExtractedRecord[];
	readonly deadLetters: readonly DeadLetter[];
}

/**
 * What became of a task. `end` is the last second that the listing vouches for: younger ones may
 * still be written to. It lies before the window where all of the window is that young.
 */
export type WindowResult = { readonly end: number; readonly listedAt: number } & (
	| ({ readonly kind: 'read' } & ReadRecords)
	| { readonly kind: 'split'; readonly parts: readonly Window[] }
);

/**
 * Lists one window and reads its records, or says how to split it.
 *
 * @throws what the client throws when the list itself cannot be had.
 */
export async function extractWindow(
	context: ExtractContext,
	task: WindowTask,
): Promise<WindowResult> {
	const { client, signal } = context;
	const listing = await listWindow(client, task.partition, task.window, signal);
	const listedAt = Math.floor(listing.sentAt / 1000);
	const { from } = task.window;
	const end = Math.min(task.window.to ?? Infinity, listedAt - context.settleLag);
	const window = { from, to: Math.max(from, end) };
	if (!listing.overflow)
		return {
			kind: 'read',
			end,
			listedAt,
			...(await readAll(context, task, window, listing.items)),
		};
	if (end < from) return { kind: 'read', end, listedAt, records: [], deadLetters: [] };
	if (!isOneSecond(window))
		return { kind: 'split', end, listedAt, parts: splitWindow(window, listing.rows) };
	const deadLetters = await readDensely(context, task, window);
	return { kind: 'read', end, listedAt, records: [], deadLetters };
}

/** Emits a window that cannot be split page by page, so that its size does not matter. */
async function readDensely(
	context: ExtractContext,
	task: WindowTask,
	window: Window,
): Promise<DeadLetter[]> {
	const dead: DeadLetter[] = [];
	for await (const items of readDenseWindow(
		context.client,
		task.partition,
		window,
		context.signal,
	)) {
		const read = await readAll(context, task, window, items);
		dead.push(...read.deadLetters);
		await context.emit(read.records);
	}
	return dead;
}

/** Reads the listed records; one that cannot be read becomes a dead letter, the others go on. */
async function readAll(
	context: ExtractContext,
	task: WindowTask,
	window: Window,
	items: readonly RequestItem[],
): Promise<ReadRecords> {
	const { client, detail, drift, signal } = context;
	const deadLetters: DeadLetter[] = [];
	const records = await Promise.all(
		items.map(async (item) => {
			try {
				const bundle = await readRecord(client, item, task.partition.user, detail, signal);
				return bundle
					? buildRecord(bundle, window, drift)
					: deletedRecord(item.id, window, new Date(client.serverNow() ?? 0).toISOString());
			} catch (error) {
				if (!isContained(error)) throw error;
				deadLetters.push(buryRecord(item.id, window, error, client));
				return undefined;
			}
		}),
	);
	return { records: records.filter((record) => record !== undefined), deadLetters };
}

function buryRecord(
	recordId: string,
	window: Window,
	error: ConcurError,
	client: ConcurClient,
): DeadLetter {
	return {
		recordId,
		window,
		code: error.code,
		message: error.message,
		...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
		failedAt: new Date(client.serverNow() ?? 0).toISOString(),
		attempts: 1,
	};
}
