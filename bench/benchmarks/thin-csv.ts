import { join } from 'node:path';
import { startFakeConcur } from '../../fake-concur';
import { runAlone } from '../run-alone';
import { accountOf } from '../scenarios/account';
import { asTimes, type Benchmark } from './benchmark';

/** CPU a row of an export of thin rows into CSV, against the floor on the same pages. */
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
		const [oursRow, floorRow] = [ours, floor].map(({ cpuMs, rows }) => (cpuMs * 1000) / rows);
		figures.push((oursRow ?? NaN) / (floorRow ?? NaN));
		detail = `${oursRow?.toFixed(1)} against ${floorRow?.toFixed(1)} µs CPU a row; ${ours.rows} rows in ${ours.calls} calls, ${(ours.wallMs / 1000).toFixed(1)} s`;
	}
	await fake.close();
	return {
		measure: 'thin rows to CSV: CPU a row, against the floor on the same pages',
		target: '<= 1.3x',
		figures,
		format: asTimes,
		isMet: (ratio) => ratio <= 1.3,
		detail,
	};
};
