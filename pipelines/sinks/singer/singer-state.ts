import { z } from 'zod';
import { ConfigurationError } from '../../../concur/errors';
import { findTable } from '../../tables/catalog';
import type { Detail, PartitionState } from '../sink';
import { partitionStateSchema } from '../stored-state';
import { leftOut, type Selection } from './selection';

const version = 1;

const bookmarkSchema = z.object({
	version: z.literal(version),
	/** Grows with every STATE: of two, the one with the greater number covers more. */
	sequence: z.number().int(),
	run_id: z.string(),
	/** Properties that the records have not had. */
	left_out: z.array(z.string()),
	partitions: z.array(partitionStateSchema),
});

const stateSchema = z.object({ bookmarks: z.record(z.unknown()).optional() }).passthrough();

/** Where a Singer run starts from. */
export interface SingerStart {
	readonly sequence: number;
	readonly lastRunId: string | undefined;
	readonly partitions: readonly PartitionState[];
}

/**
 * The value of a STATE message. Every stream has a bookmark of its own, though all say the same:
 * some loaders hand back the bookmark of a stream as soon as that stream's rows are stored, while
 * rows of the others are not.
 */
export function writeState(
	{
		sequence,
		runId,
		partitions,
	}: { sequence: number; runId: string } & Pick<SingerStart, 'partitions'>,
	selection: Selection,
): object {
	const bookmarks = [...selection].flatMap(([name, chosen]) => {
		const table = findTable(name);
		if (!table) return [];
		const left_out = leftOut(table, chosen);
		return [[name, { version, sequence, run_id: runId, left_out, partitions }] as const];
	});
	return { bookmarks: Object.fromEntries(bookmarks) };
}

/**
 * Reads a state as a loader has handed it back: what all selected streams have got. Nothing where
 * one of them, or a property that is selected now, has not been written before.
 *
 * @throws {ConfigurationError} when it is not a state that this version of the package wrote.
 */
export function readState(stored: unknown, selection: Selection, detail: Detail): SingerStart {
	const bookmarks = readBookmarks(stored);
	const known = Object.values(bookmarks);
	const sequence = Math.max(0, ...known.map((bookmark) => bookmark.sequence));
	const lastRunId = known
		.map(({ run_id }) => run_id)
		.sort()
		.at(-1);
	const nothing = { sequence, lastRunId, partitions: [] };
	let least: (typeof known)[number] | undefined;
	for (const [name, chosen] of selection) {
		const bookmark = bookmarks[name];
		if (!bookmark || bookmark.left_out.some((property) => chosen.has(property))) return nothing;
		if (!least || bookmark.sequence < least.sequence) least = bookmark;
	}
	if (!least) return nothing;
	const partitions = least.partitions.map((state) =>
		// Without children, a request read in full is a request: going back empties no column.
		detail === 'request' && state.detail === 'full' ? { ...state, detail } : state,
	);
	return { sequence, lastRunId, partitions };
}

function readBookmarks(stored: unknown): Record<string, z.infer<typeof bookmarkSchema>> {
	const state = stateSchema.safeParse(unwrap(stored));
	const bookmarks = z.record(bookmarkSchema).safeParse(state.data?.bookmarks ?? {});
	if (state.success && bookmarks.success) return bookmarks.data;
	throw new ConfigurationError(
		'STATE_INVALID',
		'The state is not one that this version of the package wrote.',
		{ advice: 'Give the last state that the loader printed, or none to read everything again.' },
	);
}

/** Without a loader, the last line of a run is the whole message. */
function unwrap(stored: unknown): unknown {
	const message = z.object({ type: z.literal('STATE'), value: z.unknown() }).safeParse(stored);
	return message.success ? message.data.value : stored;
}
