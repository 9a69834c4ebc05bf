import type { JsonObject } from '../json';

/** What was edited of a request; whatever is absent here is derived from the seed. */
export interface Overlay {
	/** Header fields set by an edit; null clears. */
	header: JsonObject;
	/** Made by a call: nothing of it is made up from the seed. */
	isPlain?: boolean;
	expenses?: JsonObject[];
	comments?: JsonObject[];
	expenseComments?: Map<string, JsonObject[]>;
	cashAdvances?: JsonObject[];
	exceptions?: JsonObject[];
	proposals?: JsonObject[];
	participants?: string[];
}

/** An overlay without edits. */
export function emptyOverlay(): Overlay {
	return { header: {} };
}

/** An overlay of a request that was made by a call and so has no seeded children. */
export function childlessOverlay(header: JsonObject): Overlay {
	return { header, isPlain: true, expenses: [], comments: [], cashAdvances: [], exceptions: [] };
}
