import { join } from 'node:path';
import { z } from 'zod';
import { fakeEnv, runCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

const INFO = 30;
const lineShape = z.object({ level: z.number(), msg: z.string() }).passthrough();

describe('SAP_CONCUR_LOG_LEVEL=info', () => {
	it('tells the start, the partitions and the end of a run, and of a reconcile', async () => {
		const fake = await startFake({ requests: 30, users: 2, connectionRequests: 2 });
		fake.clock.advance(3_600_000);
		const [first = '', second = ''] = fake.world.users.map(({ id }) => id);
		const to = `sqlite:${join(makeWorkspace('log'), 'target.db')}`;
		const users = ['--user', first, '--user', second];
		const run = async (level: string, ...args: string[]) => {
			const env = { ...fakeEnv(fake), SAP_CONCUR_LOG_LEVEL: level };
			const { code, stdout, stderr } = await runCli([...args, '--to', to, '--json', ...users], {
				env,
			});
			expect(code).toBe(0);
			const summary = z.object({ runId: z.string() }).passthrough().parse(JSON.parse(stdout));
			const lines = stderr.split('\n').filter((line) => line !== '');
			return { summary, log: lines.map((line) => lineShape.parse(JSON.parse(line))) };
		};

		const streams = ['--stream', 'travel-requests', '--stream', 'connection-requests'];
		const { summary, log } = await run('info', 'run', ...streams);
		expect(log.map(({ level }) => level)).toEqual(log.map(() => INFO));
		expect(log[0]).toMatchObject({
			...{ msg: 'The run begins.', runId: summary.runId, target: to, detail: 'request' },
			streams: ['travel-requests', 'connection-requests'],
		});
		expect(log.slice(1, -1)).toHaveLength(3);
		for (const user of [first, second])
			expect(log).toContainEqual(
				expect.objectContaining({
					...{ msg: 'A partition is done.', stream: 'travel-requests', user, open: 0 },
					since: '1970-01-01T00:00:00.000Z',
				}),
			);
		expect(log.at(-2)).toMatchObject({
			msg: 'A partition is done.',
			stream: 'connection-requests',
		});
		expect(log.at(-1)).toMatchObject({
			...{ msg: 'The run is complete.', runId: summary.runId },
			...{ tables: summary['tables'], calls: summary['calls'] },
		});

		const reconcile = await run('info', 'reconcile');
		expect(reconcile.log.map(({ msg }) => msg)).toEqual([
			'The run begins.',
			'A partition is done.',
			'A partition is done.',
			'The run is complete.',
		]);
		expect(reconcile.log[0]).toMatchObject({ command: 'reconcile' });
		expect((await run('warn', 'run')).log).toEqual([]);
	});
});
