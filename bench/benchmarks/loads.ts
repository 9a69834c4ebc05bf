import { join } from 'node:path';
import { startPostgres } from '../../test/support/start-postgres';
import type { ContestantName } from '../contestants';
import type { Measurement } from '../measurement';
import { runAlone } from '../run-alone';
import { asPercent, type Benchmark, type Result } from './benchmark';

const ROWS = 100_000;

/** Rows into SQLite, against a bare prepared upsert of the same rows. */
export const sqliteLoad: Benchmark = async ({ directory, rounds, shrink }) =>
	compare({
		rounds,
		measure: 'SQLite load, against a bare prepared upsert of the same rows',
		ours: 'loadSqlite',
		bare: 'upsertIntoSqlite',
		inputOf: (round, name) => ({
			file: join(directory, `${name}-${round}.db`),
			rows: Math.round(ROWS / shrink),
		}),
	});

/** Rows into PostgreSQL, against a hand-written COPY + merge of the same rows. */
export const postgresLoad: Benchmark = async ({ rounds, shrink }) => {
	const server = await startPostgres();
	if (!server) throw new Error('there is no PostgreSQL on this machine: set TEST_POSTGRES_URL');
	try {
		return await compare({
			rounds,
			measure: 'PostgreSQL load, against a hand-written COPY + merge of the same rows',
			ours: 'loadPostgres',
			bare: 'copyIntoPostgres',
			inputOf: (round, name) => ({
				url: server.url,
				schema: `bench_${process.pid}_${round}_${name.toLowerCase()}`,
				rows: Math.round(ROWS / shrink),
			}),
		});
	} finally {
		await server.stop();
	}
};

async function compare({
	rounds,
	measure,
	ours,
	bare,
	inputOf,
}: {
	rounds: number;
	measure: string;
	ours: ContestantName;
	bare: ContestantName;
	inputOf: (round: number, name: string) => object;
}): Promise<Result> {
	const figures: number[] = [];
	let detail = '';
	for (let round = 0; round < rounds; round++) {
		// In turn, so that neither always comes upon what the other has warmed.
		const order = round % 2 === 0 ? [ours, bare] : [bare, ours];
		const speeds = new Map<ContestantName, number>();
		for (const name of order) speeds.set(name, speedOf(await runAlone(name, inputOf(round, name))));
		const [fast, floor] = [speeds.get(ours) ?? NaN, speeds.get(bare) ?? NaN];
		figures.push(fast / floor);
		detail = `${Math.round(fast)} against ${Math.round(floor)} rows/s`;
	}
	return {
		measure,
		target: '>= 85 %',
		figures,
		format: asPercent,
		isMet: (ratio) => ratio >= 0.85,
		detail,
	};
}

function speedOf({ rows, wallMs }: Measurement): number {
	return (rows / wallMs) * 1000;
}
