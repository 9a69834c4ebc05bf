import { join } from 'node:path';
import { startFakeConcur } from '../../fake-concur';
import { runAlone } from '../run-alone';
import { accountOf } from '../scenarios/account';
import { asTimes, type Benchmark } from './benchmark';

/** CPU of an export of thin rows into CSV, against the floor on the same pages. */
export const thinCsv: Benchmark = async ({ directory, rounds, shrink }) => {
	const fake = await startFakeConcur({
		requests: Math.round(100_000 / shrink),
		documentedExamples: false,
	});
	fake.clock.advance(3_600_000);
	const figures: number[] = [];
	let detail = '';
	for (let round = 0; round < rounds; round++) {
		fake.calls.length = 0;
		const ours = await runAlone('exportRequests', {
			...accountOf(fake),
			to: `csv:${join(directory, `csv-${round}`)}`,
			detail: 'list',
			concurrency: 4,
		});
		const paths = fake.calls
			.filter(({ path, status }) => path.endsWith('/requests') && status === 200)
			.map(({ path, query }) => `${path}?${new URLSearchParams(query).toString()}`);
		const floor = await runAlone('writeCsvByHand', {
			...accountOf(fake),
			file: join(directory, `floor-${round}.csv`),
			paths,
		});
		figures.push(ours.cpuMs / floor.cpuMs);
		const perRow = (ours.cpuMs * 1000) / ours.rows;
		detail = `${perRow.toFixed(1)} µs CPU a row: ${Math.round(ours.cpuMs)} ms against ${Math.round(floor.cpuMs)} ms for ${paths.length} pages with ${ours.rows} rows, some of them twice`;
	}
	await fake.close();
	return {
		measure: 'thin rows to CSV: CPU, against the floor on the same pages',
		target: '<= 1.3x',
		figures,
		format: asTimes,
		isMet: (ratio) => ratio <= 1.3,
		detail,
	};
};
