import { join } from 'node:path';
import { startFakeConcur } from '../../fake-concur';
import { runAlone } from '../run-alone';
import { accountOf } from '../scenarios/account';
import type { Benchmark } from './benchmark';

const SIZES = [100, 10_000, 100_000];

/** API calls of a run that finds nothing new, whatever the table's size; one figure a size. */
export const nothingNew: Benchmark = async ({ directory, shrink }) => {
	const figures: number[] = [];
	for (const size of SIZES) {
		const fake = await startFakeConcur({
			requests: Math.max(100, size / shrink),
			documentedExamples: false,
		});
		fake.clock.advance(3_600_000);
		const to = `sqlite:${join(directory, `nothing-new-${size}.db`)}`;
		const input = { ...accountOf(fake), to, detail: 'list', concurrency: 4 };
		await runAlone('exportRequests', input);
		fake.clock.advance(3_600_000);
		const quiet = await runAlone('exportRequests', input);
		figures.push(quiet.calls);
		await fake.close();
	}
	return {
		measure: 'a run with nothing new: API calls a partition',
		target: '<= 2',
		figures,
		format: String,
		isMet: () => Math.max(...figures) <= 2,
		detail: `${figures.join(', ')} calls with ${SIZES.join(', ')} rows`,
	};
};
