import { UnexpectedBodyError } from './errors';
import type { ConcurAnswer } from './exchange';
import { isJsonObject, isTooDeep, type JsonObject } from './json';

/** An answer that is one object; a one-element array around it is taken off. */
export function readObject(answer: ConcurAnswer, what: string): JsonObject {
	const { data } = answer;
	const single: unknown = Array.isArray(data) && data.length === 1 ? data[0] : data;
	if (!isJsonObject(single)) throw unexpected(answer, `is not ${what}`);
	if (isTooDeep(single)) throw unexpected(answer, 'is nested too deeply');
	return single;
}

/** An answer that is an array of objects; one without a body counts as an empty one. */
export function readArray(answer: ConcurAnswer, what: string): JsonObject[] {
	return readArrayIfAny(answer, what) ?? [];
}

/** As {@link readArray}; undefined where there is no body, or `null`, to say what there is. */
export function readArrayIfAny(answer: ConcurAnswer, what: string): JsonObject[] | undefined {
	const { data } = answer;
	return data === undefined || data === null ? undefined : readItems(answer, data, what);
}

/** A value inside an answer that must be an array of objects, or absent. */
export function readItems(answer: ConcurAnswer, value: unknown, what: string): JsonObject[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw unexpected(answer, `is not a list of ${what}`);
	if (isTooDeep(value)) throw unexpected(answer, 'is nested too deeply');
	const items: JsonObject[] = [];
	for (const item of value) {
		if (!isJsonObject(item)) throw unexpected(answer, `is not a list of ${what}`);
		items.push(item);
	}
	return items;
}

/** The error for sound JSON of an undocumented shape. */
export function unexpected(
	answer: Pick<ConcurAnswer, 'status' | 'correlationId'>,
	how: string,
): UnexpectedBodyError {
	return new UnexpectedBodyError('CONCUR_UNEXPECTED_BODY', `The answer of Concur ${how}.`, {
		status: answer.status,
		correlationId: answer.correlationId,
		advice: 'Check that the base address is an API host; report the correlation id if it is.',
	});
}

export function hasId(item: JsonObject): item is JsonObject & { readonly id: string } {
	return typeof item['id'] === 'string' && item['id'] !== '';
}
