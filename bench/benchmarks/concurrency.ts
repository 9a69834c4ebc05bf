import { join } from 'node:path';
import { startFakeConcur } from '../../fake-concur';
import { runAlone } from '../run-alone';
import { accountOf } from '../scenarios/account';
import { asTimes, type Benchmark } from './benchmark';

/** Every answer takes so long that waiting is all there is to it. */
const LATENCY_MS = 100;

/** How much faster eight requests in flight are than one, where Concur is slow. */
export const concurrency: Benchmark = async ({ directory, rounds, shrink }) => {
	const fake = await startFakeConcur({
		requests: Math.round(1000 / shrink),
		documentedExamples: false,
		latencyMs: LATENCY_MS,
	});
	fake.clock.advance(3_600_000);
	const figures: number[] = [];
	let detail = '';
	for (let round = 0; round < rounds; round++) {
		const measureWith = (inFlight: number) =>
			runAlone('exportRequests', {
				...accountOf(fake),
				to: `csv:${join(directory, `concurrency-${round}-${inFlight}`)}`,
				detail: 'request',
				concurrency: inFlight,
			});
		const one = await measureWith(1);
		const eight = await measureWith(8);
		figures.push(one.wallMs / eight.wallMs);
		detail = `${(one.wallMs / 1000).toFixed(1)} s against ${(eight.wallMs / 1000).toFixed(1)} s for ${eight.calls} calls of ${LATENCY_MS} ms`;
	}
	await fake.close();
	return {
		measure: 'latency-bound extract: concurrency 8 against 1',
		target: '>= 7x',
		figures,
		format: asTimes,
		isMet: (ratio) => ratio >= 7,
		detail,
	};
};
