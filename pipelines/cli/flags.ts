import { InvalidArgumentError } from 'commander';

/** For flags that may be repeated. */
export function collect(value: string, previous: readonly string[]): string[] {
	return [...previous, value];
}

/** @throws {InvalidArgumentError} unless it is a whole number from 1 to 64. */
export function parseConcurrency(text: string): number {
	const count = Number(text);
	if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
	throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
}
