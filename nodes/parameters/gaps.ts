import type { JsonObject } from '../../concur/json';

/** A copy without members that are undefined: null would clear, and an absent member stays. */
export function withoutGaps(record: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** The same, or undefined where nothing is left. */
export function filled(record: JsonObject): JsonObject | undefined {
	const body = withoutGaps(record);
	return Object.keys(body).length === 0 ? undefined : body;
}
