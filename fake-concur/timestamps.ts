import { DateTime } from 'luxon';

/**
 * How timestamps are written. The documentation shows `.000Z`, real output of 2018 had no
 * milliseconds; `fraction` shows the milliseconds that the filters compare with.
 */
export type TimestampStyle = 'zeroMillis' | 'seconds' | 'fraction';

/** A timestamp in the given style; comments and cash advances may come without a zone. */
export function formatTimestamp(ms: number, style: TimestampStyle, zone = true): string {
	const iso = new Date(ms).toISOString();
	const body =
		style === 'fraction'
			? iso.slice(0, 23)
			: iso.slice(0, 19) + (style === 'seconds' ? '' : '.000');
	return zone ? `${body}Z` : body;
}

const formattedDays = new Map<number, string>();

/** Whole days since 1970 as `yyyy-MM-dd`; remembered, since lists write the same days over and over. */
export function formatDay(day: number): string {
	const known = formattedDays.get(day);
	if (known !== undefined) return known;
	const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
	formattedDays.set(day, text);
	return text;
}

/** The day number of a `yyyy-MM-dd` text, or undefined. */
export function parseDay(text: string): number | undefined {
	const date = DateTime.fromFormat(text, 'yyyy-MM-dd', { zone: 'utc' });
	return date.isValid ? Math.floor(date.toMillis() / 86_400_000) : undefined;
}

/** A date parameter, documented as `yyyy-MM-dd'T'HH:mm:ss'Z'` or `yyyy-MM-dd`; undefined when neither. */
export function parseBound(text: string): number | undefined {
	for (const format of ["yyyy-MM-dd'T'HH:mm:ss'Z'", 'yyyy-MM-dd']) {
		const date = DateTime.fromFormat(text, format, { zone: 'utc' });
		if (date.isValid) return date.toMillis();
	}
	return undefined;
}
