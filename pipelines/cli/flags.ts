import { InvalidArgumentError } from 'commander';
import type { MaxMissing } from '../reconcile/brake';

/** For flags that may be repeated. */
export function collect(value: string, previous: readonly string[]): string[] {
	return [...previous, value];
}

/** @throws {InvalidArgumentError} unless it is a whole number from 1. */
export function parseAttempts(text: string): number {
	const count = Number(text);
	if (Number.isSafeInteger(count) && count >= 1) return count;
	throw new InvalidArgumentError('It must be a whole number from 1.');
}

/** @throws {InvalidArgumentError} unless it is a number from 0. */
export function parseHours(text: string): number {
	const hours = text.trim() === '' ? NaN : Number(text);
	if (Number.isFinite(hours) && hours >= 0) return hours;
	throw new InvalidArgumentError('It must be a number of hours, or 0 for never.');
}

/** @throws {InvalidArgumentError} unless it is a share such as `10%` or a whole number from 0. */
export function parseMaxMissing(text: string): MaxMissing {
	const percent = /^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1];
	if (percent !== undefined && Number(percent) <= 100)
		return { kind: 'share', share: Number(percent) / 100 };
	if (/^\d{1,12}$/.test(text.trim())) return { kind: 'count', count: Number(text) };
	throw new InvalidArgumentError('It must be a share such as 10%, or a number of requests.');
}

/** @throws {InvalidArgumentError} unless it is a whole number from 1 to 64. */
export function parseConcurrency(text: string): number {
	const count = Number(text);
	if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
	throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
}
