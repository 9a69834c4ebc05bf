import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeConcur } from '../../../fake-concur';
import { readSqlite } from '../../support/read-target';
import { fakeEnv, runCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

describe('run --history', () => {
	let fake: FakeConcur;
	beforeAll(async () => {
		fake = await startFake({ requests: 5, users: 1, documentedExamples: false });
		fake.clock.advance(3_600_000);
	});
	const run = (to: string, ...flags: string[]) =>
		runCli(['run', '--to', to, ...flags], { env: fakeEnv(fake) });

	it('keeps every version, later runs too, and counts only the requests', async () => {
		const file = join(makeWorkspace('history'), 'target.db');
		const first = await run(`sqlite:${file}`, '--history', '--json');
		expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
		expect(first.stdout).not.toContain('_history');
		const [id = ''] = fake.world.requests();
		fake.world.edit(id, { name: 'second version' });
		fake.clock.advance(3_600_000);
		expect((await run(`sqlite:${file}`)).code).toBe(0);
		const versions = readSqlite(file, 'travel_requests_history').filter((row) => row['id'] === id);
		expect(versions.map((row) => row['_valid_to'])).toEqual([versions[1]?.['_valid_from'], null]);
		expect(versions[1]?.['name']).toBe('second version');
		const status = await runCli(['status', '--to', `sqlite:${file}`]);
		expect(status.stdout).toContain('travel_requests_history: 6 rows');
	});

	it.each(['csv', 'parquet', 'singer'])(
		'is refused for %s before anything is written',
		async (kind) => {
			const place = join(makeWorkspace('history'), 'out');
			const refused = await run(kind === 'singer' ? 'singer:-' : `${kind}:${place}`, '--history');
			expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' });
			expect(refused.stderr).toContain('Leave --history out');
			expect(existsSync(place)).toBe(false);
		},
	);
});
