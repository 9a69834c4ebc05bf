import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FakeConcur } from '../../../fake-concur';
import { fakeEnv, runCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

const ROWS = 200_000;
const MOST_MIB = 250;
const PRELOAD = resolve(__dirname, '../../support/report-peak-memory.cjs');

describe(`An export of ${ROWS} thin rows`, () => {
	let fake: FakeConcur;

	beforeAll(async () => {
		fake = await startFake({ requests: ROWS, documentedExamples: false });
		fake.clock.advance(3_600_000);
	});

	it.each(['csv', 'sqlite'])(
		`stays below ${MOST_MIB} MiB of memory (%s)`,
		async (kind) => {
			const workspace = makeWorkspace('memory');
			const peak = join(workspace, 'peak');
			const result = await runCli(
				['run', '--json', '--detail', 'list', '--to', `${kind}:${join(workspace, 'target')}`],
				{
					env: { ...fakeEnv(fake), PEAK_MEMORY_FILE: peak },
					nodeArgs: ['--require', PRELOAD],
				},
			);
			expect(JSON.parse(result.stdout)).toMatchObject({
				status: 'complete',
				tables: { travel_requests: { inserted: ROWS } },
			});
			expect(Number(readFileSync(peak, 'utf8')) / 1024).toBeLessThan(MOST_MIB);
		},
		180_000,
	);
});
