import type { Window } from './window';

/** A part should hold fewer rows than a page, so that ordinary unevenness does not overfill it. */
const FILL = 0.8;

/**
 * More parts would guess too far: change is uneven over time, and each part that turns out empty
 * has cost a call. A part that is still too full is split again.
 */
const MOST_PARTS = 16;

/**
 * Cuts a window that overflowed into parts of equal length.
 *
 * @param rows how many rows the window holds, as far as its `last` link tells; bisects without it.
 * @param page how many rows a page holds.
 */
export function splitWindow(window: Window, rows: number | undefined, page = 100): Window[] {
	const seconds = window.to - window.from + 1;
	const wanted = rows === undefined ? 2 : Math.ceil(rows / (page * FILL));
	const parts = Math.min(Math.max(wanted, 2), MOST_PARTS, seconds);
	return Array.from({ length: parts }, (_, index) => ({
		from: window.from + Math.floor((seconds * index) / parts),
		to: window.from + Math.floor((seconds * (index + 1)) / parts) - 1,
	}));
}
