import fc from 'fast-check';
import { splitWindow } from '../../../pipelines/windows/split-window';

describe('splitWindow', () => {
	it.each([
		{ rows: undefined, parts: 2 },
		{ rows: 100, parts: 2 },
		{ rows: 350, parts: 5 },
		{ rows: 1_000_000, parts: 16 },
	])('cuts a window of $rows rows into $parts parts', ({ rows, parts }) => {
		expect(splitWindow({ from: 0, to: 999 }, rows)).toHaveLength(parts);
	});

	it('covers every second exactly once, in at least two parts, none of them empty', () => {
		const from = fc.integer({ min: 0, max: 2_000_000_000 });
		const length = fc.integer({ min: 2, max: 2_000_000_000 });
		const rows = fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined });
		fc.assert(
			fc.property(from, length, rows, (start, seconds, count) => {
				const window = { from: start, to: start + seconds - 1 };
				const parts = splitWindow(window, count);
				expect(parts.length).toBeGreaterThanOrEqual(2);
				let next = window.from;
				for (const part of parts) {
					expect(part.from).toBe(next);
					expect(part.to).toBeGreaterThanOrEqual(part.from);
					next = part.to + 1;
				}
				expect(next).toBe(window.to + 1);
			}),
		);
	});
});
