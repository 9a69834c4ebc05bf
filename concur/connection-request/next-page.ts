import { unexpected } from '../answers';
import type { ConcurAnswer } from '../exchange';

/** What is taken of a NextPage address: never its host, which does not take our tokens. */
export interface NextPage {
	/** Opaque. */
	readonly offset: string;
	readonly limit?: number;
}

/**
 * Reads NextPage, which is null, missing or empty on the last page.
 * @throws {UnexpectedBodyError} for a NextPage without an offset: what follows could not be read.
 */
export function parseNextPage(answer: ConcurAnswer, value: unknown): NextPage | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const address = typeof value === 'string' ? value : '';
	const offset = parameterOf(address, 'offset');
	if (offset === undefined) throw unexpected(answer, 'has a NextPage without an offset');
	const limit = Number(parameterOf(address, 'limit'));
	return { offset, ...(Number.isInteger(limit) && limit >= 1 && limit <= 10 && { limit }) };
}

/** Found by its name alone: the rest of the address may be malformed, or hold `&amp;`. */
function parameterOf(address: string, name: string): string | undefined {
	const text = new RegExp(`[?&;]${name}=([^&#]+)`, 'i').exec(address)?.[1];
	if (text === undefined) return undefined;
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}
