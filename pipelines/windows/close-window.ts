import type { Window } from './window';

const YEAR = 366 * 86_400;

/** The last second that Concur's filters can name, less the one by which questions reach further. */
const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 58) / 1000;

/** A window that may have no end. */
interface Listed {
	readonly from: number;
	readonly to: number | undefined;
}

/**
 * What of a window without an end can be cut into parts: up to where it is believed to be past, or
 * else up to the latest that anybody says. So all is read, whichever clock is wrong. Where rows lie
 * beyond all clocks, each cut reaches further. One that has an end stays as it is.
 *
 * @param end the last second that is believed to be past.
 * @param latest the latest second that anybody says it is.
 */
export function closeWindow({ from, to }: Listed, end: number, latest: number): Window {
	const reach = Math.max(YEAR, from - latest);
	const known = to ?? [end, latest].find((second) => second >= from) ?? from + reach;
	return { from, to: Math.min(known, LAST_SECOND) };
}

/** What lies behind the part that was cut off, still without an end (`Infinity`). */
export function restOf({ to }: Listed, cutOff: Window): Window[] {
	if (to !== undefined || cutOff.to >= LAST_SECOND) return [];
	return [{ from: cutOff.to + 1, to: Infinity }];
}
