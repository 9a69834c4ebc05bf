import type { RequestItem } from '../../concur/travel-request/list-requests';
import { NO_WINDOW, type Window } from '../windows/window';
import type { ExtractContext } from './extract-window';
import { sweepPartition } from '../lists/sweep';
import { settleMissing } from './missing-record';
import { readRecords, type MissingRecord } from './read-records';

export interface Reread {
	/** The second that the target begins at: what was last modified before it is none of its. */
	readonly begin: number;
	readonly isWanted: (item: RequestItem) => boolean;
	/** The window that would list a record of now. */
	readonly windowOf: () => Window;
}

/**
 * Reads the open requests of a partition again: their cash advances and exceptions change without
 * their modification time, so that no window shows it.
 *
 * @throws what the sweep throws; all requests that were listed until then have been emitted.
 */
export async function rereadOpen(
	context: ExtractContext,
	{ begin, isWanted, windowOf }: Reread,
): Promise<void> {
	const { emit } = context;
	// As windows ask: one second further, whether or not a bound includes itself.
	const bounds = begin > 0 ? { modifiedAfter: begin - 1 } : {};
	const sweep = () => sweepPartition(context, bounds);
	const missing: MissingRecord[] = [];
	let found = 0;
	for await (const page of sweep()) {
		context.letters.noteListed(page);
		// No window vouches for what a sweep has shown: only another sweep can show that it is gone.
		const wanted = page.filter(isWanted).map((item) => ({ item, window: NO_WINDOW }));
		const read = await readRecords(context, wanted, windowOf);
		missing.push(...read.missing);
		found += read.records.length;
		await emit(read);
	}
	const left = { records: [], deadLetters: [], missing };
	await emit(await settleMissing(context, left, sweep, found));
}
