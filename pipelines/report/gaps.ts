import type { ClosedWindow, Window } from '../windows/window';

/** What lies unread between the first and the last closed window of a partition. */
export function findGaps(coverage: readonly ClosedWindow[]): Window[] {
	return coverage.slice(1).flatMap(({ from }, index) => {
		const before = coverage[index];
		return before && before.to + 1 < from ? [{ from: before.to + 1, to: from - 1 }] : [];
	});
}
