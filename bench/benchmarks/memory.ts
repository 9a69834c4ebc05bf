import { join } from 'node:path';
import { startFakeConcur } from '../../fake-concur';
import type { Measurement } from '../measurement';
import { runAlone } from '../run-alone';
import { accountOf } from '../scenarios/account';
import type { Benchmark } from './benchmark';

const SMALL = 10_000;
const LARGE = 1_000_000;

/** Peak memory of an export of a million thin rows, against one of ten thousand. */
export const memory: Benchmark = async ({ directory, rounds, shrink }) => {
	const measureRows = async (requests: number, name: string): Promise<Measurement> => {
		const fake = await startFakeConcur({ requests, documentedExamples: false });
		fake.clock.advance(3_600_000);
		const to = `csv:${join(directory, name)}`;
		const input = { ...accountOf(fake), to, detail: 'list', concurrency: 4 };
		const measured = await runAlone('exportRequests', input);
		await fake.close();
		return measured;
	};
	const figures: number[] = [];
	let detail = '';
	for (let round = 0; round < rounds; round++) {
		const small = await measureRows(SMALL, `small-${round}`);
		const large = await measureRows(Math.max(SMALL, LARGE / shrink), `large-${round}`);
		figures.push(large.peakMiB - small.peakMiB);
		detail = `${Math.round(large.peakMiB)} MiB for ${large.rows} rows, ${Math.round(small.peakMiB)} MiB for ${small.rows}`;
	}
	return {
		measure: 'peak memory of an export, 1M rows against 10k',
		target: '<= +32 MiB',
		figures,
		format: (mib) => `${mib < 0 ? '' : '+'}${Math.round(mib)} MiB`,
		isMet: (mib) => mib <= 32,
		detail,
	};
};
