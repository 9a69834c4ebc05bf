const wholeNumbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const shortNumbers = new Intl.NumberFormat('en-US', {
	notation: 'compact',
	maximumSignificantDigits: 3,
});

/** What is not known, in a table. */
export const UNKNOWN = '–';

export function formatCount(count: number | undefined): string {
	return count === undefined ? UNKNOWN : wholeNumbers.format(count);
}

/** `12.3K`, for an axis. */
export function formatShort(count: number): string {
	return shortNumbers.format(count);
}

export function formatMs(milliseconds: number | undefined): string {
	return milliseconds === undefined ? UNKNOWN : `${wholeNumbers.format(milliseconds)} ms`;
}

/** `2 d 3 h`, `4 min 10 s`, `1.2 s`: the two greatest units. */
export function formatDuration(milliseconds: number | undefined): string {
	if (milliseconds === undefined) return UNKNOWN;
	if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
	const seconds = Math.round(milliseconds / 1000);
	const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
	const minutes = Math.floor(seconds / 60) % 60;
	if (days > 0) return `${wholeNumbers.format(days)} d ${hours} h`;
	return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

/** `2026-11-21 20:15:03`, in UTC, as the page says at its top; anything else as it is. */
export function formatTime(time: string | undefined): string {
	if (time === undefined) return UNKNOWN;
	const date = new Date(time);
	if (Number.isNaN(date.getTime())) return time;
	return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** A second since 1970 as ISO text; 0 is where Concur's history begins. */
export function formatSecond(second: number | undefined): string {
	return formatBegin(second === undefined ? undefined : new Date(second * 1000).toISOString());
}

/** As `formatTime`, but for the second 0. */
export function formatBegin(time: string | undefined): string {
	return time !== undefined && Date.parse(time) === 0 ? 'the beginning' : formatTime(time);
}
