import type { IPollFunctions } from 'n8n-workflow';
import { z } from 'zod';

/** Where a watch is kept in the node's static data. */
const NAME = 'watch';

const storedWatch = z.object({
	version: z.literal(1),
	/** What is watched. */
	target: z.string(),
	/** Grows with each poll that is kept. */
	revision: z.number().int(),
	state: z.unknown(),
});

/** What the last poll left behind. */
export interface StoredWatch<State> {
	/** Undefined where the watch has to begin. */
	readonly state: State | undefined;
	readonly revision: number;
}

/**
 * Reads a copy of what the last poll has stored for this target.
 *
 * Data of a shape that no version of this node has written are given up, with a warning: they would
 * stop the watch for ever.
 */
export function readWatch<State>(
	context: IPollFunctions,
	target: string,
	schema: z.ZodType<State>,
): StoredWatch<State> {
	const data = context.getWorkflowStaticData('node')[NAME];
	if (data === undefined) return { state: undefined, revision: 0 };
	const stored = storedWatch.safeParse(data);
	if (stored.success) {
		const { revision } = stored.data;
		if (stored.data.target !== target) return { state: undefined, revision };
		const state = schema.safeParse(stored.data.state);
		if (state.success) return { state: state.data, revision };
	}
	context.logger.warn(
		`The node '${context.getNode().name}' cannot read what it had remembered and begins to watch anew.`,
	);
	return { state: undefined, revision: revisionOf(context) };
}

/**
 * Stores how far the watch has come, unless another poll of this node has done so meanwhile: n8n's
 * engine in memory lets polls overlap. Nothing waits between look and change, so one of them wins.
 */
export function storeWatch(
	context: IPollFunctions,
	target: string,
	{ state, revision }: StoredWatch<unknown>,
): boolean {
	if (revisionOf(context) !== revision) return false;
	// A plain copy: n8n makes what it is given observable.
	const plain: unknown = JSON.parse(JSON.stringify(state));
	const next = { version: 1, target, revision: revision + 1, state: plain };
	Object.assign(context.getWorkflowStaticData('node'), { [NAME]: next });
	return true;
}

function revisionOf(context: IPollFunctions): number {
	const data = z
		.object({ revision: z.number().int() })
		.safeParse(context.getWorkflowStaticData('node')[NAME]);
	return data.success ? data.data.revision : 0;
}
