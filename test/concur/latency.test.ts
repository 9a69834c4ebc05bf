import fc from 'fast-check';
import { describeLatency, LatencyHistogram } from '../../concur/latency';

describe('A latency histogram', () => {
	it('tells median, 95 % and the slowest to a tenth, whatever the answers were', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1 }), (times) => {
				const histogram = new LatencyHistogram();
				for (const time of times) histogram.add(time);
				const sorted = [...times].sort((a, b) => a - b);
				const exact = (share: number) => sorted[Math.ceil(share * times.length) - 1] ?? NaN;
				const { p50Ms = NaN, p95Ms = NaN, maxMs = NaN } = describeLatency(histogram.counts) ?? {};
				for (const [found, wanted] of [
					[p50Ms, exact(0.5)],
					[p95Ms, exact(0.95)],
					[maxMs, exact(1)],
				] as const) {
					expect(found).toBeGreaterThanOrEqual(Math.floor(wanted));
					expect(found).toBeLessThanOrEqual(Math.ceil(wanted * 1.1));
				}
			}),
		);
	});

	it('says nothing where there was no answer, and takes any time', () => {
		expect(describeLatency(new LatencyHistogram().counts)).toBeUndefined();
		const histogram = new LatencyHistogram();
		for (const time of [0, -5, 1e12]) histogram.add(time);
		expect(describeLatency(histogram.counts)).toEqual({ p50Ms: 1, p95Ms: 1048576, maxMs: 1048576 });
	});
});
