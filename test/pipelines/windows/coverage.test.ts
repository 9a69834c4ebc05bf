import fc from 'fast-check';
import { Coverage } from '../../../pipelines/windows/coverage';
import type { ClosedWindow, Window } from '../../../pipelines/windows/window';

const OVERLAP = 10;
const closed = (from: number, to: number, listedAt: number): ClosedWindow => ({
	from,
	to,
	listedAt,
});

describe('Coverage', () => {
	it('has everything to list before anything is closed', () => {
		expect(new Coverage([], OVERLAP).gaps({ from: 0, to: 99 }, 200)).toEqual([{ from: 0, to: 99 }]);
	});

	it('never lists a settled second again', () => {
		const coverage = new Coverage([closed(0, 99, 200)], OVERLAP);
		expect(coverage.gaps({ from: 0, to: 150 }, 1000)).toEqual([{ from: 100, to: 150 }]);
		expect(coverage.isSettled({ from: 0, to: 99 })).toBe(true);
	});

	it('lists a young second once more, when it is as old as the overlap and not before', () => {
		const coverage = new Coverage([closed(0, 99, 100)], OVERLAP);
		expect(coverage.isSettled({ from: 0, to: 90 })).toBe(true);
		expect(coverage.isSettled({ from: 91, to: 91 })).toBe(false);
		expect(coverage.gaps({ from: 0, to: 99 }, 108)).toEqual([]);
		expect(coverage.gaps({ from: 0, to: 99 }, 109)).toEqual([{ from: 91, to: 99 }]);
		coverage.close(closed(91, 99, 109));
		expect(coverage.gaps({ from: 0, to: 99 }, 10_000)).toEqual([]);
	});

	it('keeps a settled second settled when a later window meets it', () => {
		const coverage = new Coverage([closed(0, 50, 100), closed(40, 95, 100)], OVERLAP);
		expect(coverage.isSettled({ from: 0, to: 90 })).toBe(true);
	});

	it('joins settled neighbours, so that a year of runs is one entry', () => {
		const coverage = new Coverage([], OVERLAP);
		for (let day = 0; day < 365; day++)
			coverage.close(closed(day * 86400, (day + 1) * 86400 - 1, (day + 2) * 86400));
		expect(coverage.windows).toHaveLength(1);
	});

	it.each([
		{ name: 'nothing closed', windows: [], watermark: undefined },
		{ name: 'a gap at the start', windows: [closed(10, 20, 99)], watermark: undefined },
		{ name: 'one window', windows: [closed(0, 20, 99)], watermark: 20 },
		{ name: 'neighbours', windows: [closed(0, 20, 99), closed(21, 30, 30)], watermark: 30 },
		{ name: 'a gap between', windows: [closed(0, 20, 99), closed(22, 30, 99)], watermark: 20 },
	])('sets the watermark before the first gap: $name', ({ windows, watermark }) => {
		expect(new Coverage(windows, OVERLAP).stretchAround(0)?.to).toBe(watermark);
	});

	it('keeps the place of a beginning that is still open, and of none before it', () => {
		const first = new Coverage([], OVERLAP);
		first.beginAt(0);
		expect(first.windows).toEqual([]);
		first.close(closed(50, 60, 99));
		const second = new Coverage(first.windows, OVERLAP);
		expect(second.begin).toBe(0);
		expect(second.stretchAround(0)).toBeUndefined();
		expect(second.gaps({ from: 0, to: 60 }, 99)).toEqual([{ from: 0, to: 49 }]);
		second.beginAt(30);
		expect(second.begin).toBe(0);
		second.close(closed(0, 49, 99));
		expect(second.windows).toEqual([{ ...closed(0, 60, 99), confirmed: true }]);
		expect(new Coverage([closed(50, 60, 99)], OVERLAP).begin).toBe(50);
	});

	it.each([
		{ second: 5, stretch: undefined },
		{ second: 10, stretch: { from: 10, to: 30 } },
		{ second: 25, stretch: { from: 10, to: 30 } },
		{ second: 35, stretch: undefined },
		{ second: 45, stretch: { from: 40, to: 50 } },
		{ second: 51, stretch: undefined },
	])('knows the stretch without a hole around second $second', ({ second, stretch }) => {
		const windows = [closed(10, 20, 99), closed(21, 30, 99), closed(40, 50, 99)];
		expect(new Coverage(windows, OVERLAP).stretchAround(second)).toEqual(stretch);
	});

	const second = fc.integer({ min: 0, max: 60 });
	const anyWindow = fc
		.tuple(second, second, fc.integer({ min: 0, max: 30 }))
		.map(([a, b, age]) => closed(Math.min(a, b), Math.max(a, b), Math.max(a, b) + age));

	it('agrees with a second-by-second record of what was listed when', () => {
		fc.assert(
			fc.property(fc.array(anyWindow, { maxLength: 12 }), second, (windows, now) => {
				const coverage = new Coverage([], OVERLAP);
				const settled = new Set<number>();
				const listed = new Map<number, number>();
				for (const window of windows) {
					coverage.close(window);
					for (const s of secondsOf(window)) {
						if (window.listedAt >= s + OVERLAP) settled.add(s);
						listed.set(s, window.listedAt);
					}
				}
				const range = { from: 0, to: 60 };
				for (const s of secondsOf(range))
					expect(coverage.isSettled({ from: s, to: s })).toBe(settled.has(s));
				const gaps = new Set(coverage.gaps(range, now).flatMap(secondsOf));
				for (const s of secondsOf(range)) {
					if (settled.has(s)) expect(gaps.has(s)).toBe(false);
					else if (!listed.has(s)) expect(gaps.has(s)).toBe(true);
					else if (s + OVERLAP > now) expect(gaps.has(s)).toBe(false);
				}
			}),
		);
	});

	it('is the same after it was stored and read back', () => {
		fc.assert(
			fc.property(fc.array(anyWindow, { maxLength: 12 }), (windows) => {
				const { windows: stored } = new Coverage(windows, OVERLAP);
				expect(new Coverage(stored, OVERLAP).windows).toEqual(stored);
			}),
		);
	});
});

function secondsOf({ from, to }: Window): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
