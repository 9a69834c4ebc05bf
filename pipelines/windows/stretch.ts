import type { Window } from './window';

/**
 * The seconds around `second` that `windows` cover without a hole; undefined where not even that one
 * is covered.
 *
 * @param windows sorted, as `Coverage` has them.
 */
export function stretchAround(windows: readonly Window[], second: number): Window | undefined {
	let stretch: Window | undefined;
	for (const { from, to } of windows) {
		if (stretch && from <= stretch.to + 1) {
			stretch = { from: stretch.from, to: Math.max(stretch.to, to) };
			continue;
		}
		if (from > second || (stretch && stretch.to >= second)) break;
		stretch = { from, to };
	}
	return stretch && stretch.to >= second ? stretch : undefined;
}

/** What is covered without a hole from where the coverage begins; undefined where nothing is. */
export function firstStretch(windows: readonly Window[]): Window | undefined {
	const [first] = windows;
	return first && stretchAround(windows, first.from);
}
