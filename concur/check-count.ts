import { ConfigurationError } from './errors';

/**
 * Checks a number that goes into a query, before Concur would refuse it.
 * @throws {ConfigurationError} `INVALID_PARAMETER`, naming it and its bounds.
 */
export function checkCount(
	name: string,
	value: number | undefined,
	least: number,
	most: number,
): number | undefined {
	if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) {
		return value;
	}
	const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
	throw new ConfigurationError('INVALID_PARAMETER', `${name} cannot be ${value}.`, {
		advice: `Give a whole number from ${least}${upTo}.`,
	});
}
