import type { ConcurClient } from '../../concur/client';
import { drainRawConnectionQueue } from '../../concur/connection-request/raw-connection-requests';
import { IncompleteQueueError } from '../../concur/errors';
import type { ReadFailure } from '../extract/failures';
import { addCounts } from '../sinks/count-rows';
import type { ExtractionStamps } from '../sinks/extraction-stamps';
import { nameOf } from '../sinks/partition-ledger';
import type { Counts, ExtractedRecord, Partition, RunRecord, SinkSession } from '../sinks/sink';
import type { Drift } from '../tables/drift';
import { buildConnectionRecord } from './build-connection-record';
import { findLease, LeaseSigns, type QueueWarning } from './lease-signs';
import { Sightings } from './sightings';

/** There is one queue, whoever asks. */
export const queue: Partition = { stream: 'connection-requests', user: '', view: '' };

/** Requests stored at a time: each batch carries the state of all, so small ones are dear. */
const BATCH_RECORDS = 500;

export interface ConnectionExportOptions {
	readonly client: ConcurClient;
	readonly session: SinkSession;
	readonly stamps: ExtractionStamps;
	readonly drift: Drift;
	/** Rows by table; every batch adds its own. */
	readonly counts: Counts;
	/** Ends the reading early; what was read by then is stored. */
	readonly signal: AbortSignal;
	readonly onProgress: () => void;
	readonly notes: { warn(warning: QueueWarning): void };
}

/**
 * Reads the queue to its end (Connection Requests v3.2) and stores what waits in it, with when it was
 * first and last seen there. It answers nothing and takes over no request token. A request that has
 * left the queue keeps its last sighting: it has been answered, or it is hidden for some time.
 * @returns what ended the reading early, if anything did; what was read by then is stored.
 * @throws what the session throws.
 */
export async function exportConnections(
	options: ConnectionExportOptions,
): Promise<ReadFailure | undefined> {
	const { client, session, stamps, drift, signal } = options;
	const stored = session.partitions.find(({ partition }) => nameOf(partition) === nameOf(queue));
	const sightings = new Sightings(stored?.sightings);
	const signs = new LeaseSigns(stored);
	const now = (): number => client.serverNow() ?? Date.now();
	let records: ExtractedRecord[] = [];
	let beganAt: number | undefined;

	const store = async (openReadAt?: number): Promise<void> => {
		const written = await session.write({
			partition: queue,
			detail: 'request',
			...stamps.next(),
			records,
			coverage: [],
			deadLetters: [],
			resolved: [],
			sightings: sightings.list(now()),
			...(openReadAt === undefined ? {} : { openReadAt }),
		});
		records = [];
		addCounts(options.counts, written);
		options.onProgress();
	};

	let failure: ReadFailure | undefined;
	const drain = drainRawConnectionQueue(client, {}, { signal });
	for await (const page of untilFailure(drain, (error) => (failure = { error }))) {
		beganAt ??= page.sentAt;
		signs.take(page);
		for (const request of page.items) {
			const sighting = sightings.see(request.ID, page.sentAt);
			records.push(buildConnectionRecord(request, sighting, drift));
		}
		if (records.length >= BATCH_RECORDS) await store();
	}
	if (failure) {
		if (records.length > 0) await store();
		return failure;
	}
	await store(Math.floor((beganAt ?? now()) / 1000));
	try {
		const warning = await findLease(client, signs.suspectAt(now()), signal);
		if (warning) options.notes.warn(warning);
	} catch (error) {
		return { error };
	}
	return undefined;
}

/** How the reading of the queue has ended: one whose pages do not lead to its end is left open. */
export function judgeQueue(failure: ReadFailure | undefined): RunRecord['status'] {
	if (!failure) return 'complete';
	return failure.error instanceof IncompleteQueueError ? 'incomplete' : 'failed';
}

/** Ends where reading fails; what fails while a page is dealt with is not caught. */
async function* untilFailure<T>(
	pages: AsyncIterable<T>,
	onFailure: (error: unknown) => void,
): AsyncGenerator<T, void, undefined> {
	try {
		yield* pages;
	} catch (error) {
		onFailure(error);
	}
}
