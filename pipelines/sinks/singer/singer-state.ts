import { z } from 'zod';
import { ConfigurationError } from '../../../concur/errors';
import { findTable, streamOf } from '../../tables/catalog';
import { streamNames, type Detail, type Facts, type PartitionState } from '../sink';
import { factsSchema, partitionStateSchema } from '../stored-state';
import { leftOut, type Selection } from './selection';

/** The first counted no attempts of dead letters, and is read as well. */
const version = 2;

const headSchema = z.record(z.object({ version: z.number().int() }));

const bookmarkSchema = z.object({
	version: z.number().int().max(version),
	/** Grows with every STATE: of two, the one with the greater number covers more. */
	sequence: z.number().int(),
	run_id: z.string(),
	/** Properties that the records have not had. */
	left_out: z.array(z.string()),
	partitions: z.array(partitionStateSchema),
	facts: factsSchema,
});

type Bookmark = z.infer<typeof bookmarkSchema>;

const stateSchema = z.object({ bookmarks: z.record(z.unknown()).optional() }).passthrough();

/** Where a Singer run starts from. */
export interface SingerStart {
	readonly sequence: number;
	readonly lastRunId: string | undefined;
	readonly partitions: readonly PartitionState[];
	readonly facts: Facts;
}

/**
 * The value of a STATE message. Every stream of Singer has a bookmark of its own, though those that
 * are read together say the same: some loaders hand back the bookmark of a stream as soon as that
 * stream's rows are stored, while rows of the others are not.
 */
export function writeState(
	{
		sequence,
		runId,
		partitions,
		facts,
	}: { sequence: number; runId: string } & Pick<SingerStart, 'partitions' | 'facts'>,
	selection: Selection,
): object {
	const bookmarks = [...selection].flatMap(([name, chosen]) => {
		const table = findTable(name);
		if (!table) return [];
		const left_out = leftOut(table, chosen);
		const own = partitions.filter(({ partition }) => partition.stream === streamOf(table));
		return [
			[name, { version, sequence, run_id: runId, left_out, partitions: own, facts }] as const,
		];
	});
	return { bookmarks: Object.fromEntries(bookmarks) };
}

/**
 * Reads a state as a loader has handed it back: of streams that are read together, what all that are
 * selected have got. Nothing of them where one, or a property that is selected now, has not been
 * written before.
 *
 * @throws {ConfigurationError} when it is not a state that this package wrote, or a newer one.
 */
export function readState(stored: unknown, selection: Selection, detail: Detail): SingerStart {
	const bookmarks = readBookmarks(stored);
	const known = Object.values(bookmarks);
	const sequence = Math.max(0, ...known.map((bookmark) => bookmark.sequence));
	const lastRunId = known
		.map(({ run_id }) => run_id)
		.sort()
		.at(-1);
	const partitions = streamNames.flatMap((stream) => {
		const together = [...selection].filter(([name]) => streamOfTable(name) === stream);
		return readTogether(bookmarks, new Map(together));
	});
	// Facts are of the whole target, and the latest STATE knows the most.
	const latest = [...known].sort((one, other) => one.sequence - other.sequence);
	return {
		sequence,
		lastRunId,
		facts: latest.reduce<Facts>((all, { facts }) => ({ ...all, ...facts }), {}),
		partitions: partitions.map((state) =>
			// Without children, a request read in full is a request: going back empties no column.
			detail === 'request' && state.detail === 'full' ? { ...state, detail } : state,
		),
	};
}

/** What the bookmark that covers the least says. */
function readTogether(
	bookmarks: Readonly<Record<string, Bookmark>>,
	selection: Selection,
): readonly PartitionState[] {
	let least: Bookmark | undefined;
	for (const [name, chosen] of selection) {
		const bookmark = bookmarks[name];
		if (!bookmark || bookmark.left_out.some((property) => chosen.has(property))) return [];
		if (!least || bookmark.sequence < least.sequence) least = bookmark;
	}
	return least?.partitions ?? [];
}

function streamOfTable(name: string): string | undefined {
	const table = findTable(name);
	return table && streamOf(table);
}

function readBookmarks(stored: unknown): Record<string, Bookmark> {
	const state = stateSchema.safeParse(unwrap(stored));
	const content = state.data?.bookmarks ?? {};
	// The versions first: a newer bookmark may look different below.
	const heads = Object.values(headSchema.safeParse(content).data ?? {});
	const newest = Math.max(version, ...heads.map((head) => head.version));
	if (newest > version) throw newerState(newest);
	const bookmarks = z.record(bookmarkSchema).safeParse(content);
	if (state.success && bookmarks.success) return bookmarks.data;
	throw new ConfigurationError('STATE_INVALID', 'The state is not one that this package wrote.', {
		advice: 'Give the last state that the loader printed, or none to read everything again.',
	});
}

function newerState(found: number): ConfigurationError {
	return new ConfigurationError(
		'STATE_NEWER',
		`The state was written by a newer version of this package (format ${found}; this one knows ${version}).`,
		{ advice: 'Update n8n-nodes-sap-concur, or give no state to read everything again.' },
	);
}

/** Without a loader, the last line of a run is the whole message. */
function unwrap(stored: unknown): unknown {
	const message = z.object({ type: z.literal('STATE'), value: z.unknown() }).safeParse(stored);
	return message.success ? message.data.value : stored;
}
