import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FakeConcur } from '../../../fake-concur';
import { Random } from '../../../fake-concur/random';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import {
	readPostgresContent,
	readSqliteContent,
	type Content,
} from '../../support/compare-sql-targets';
import { exportOnce } from '../../support/export-once';
import { readPostgres } from '../../support/read-target';
import { fakeEnv, runCli, startCli } from '../../support/run-cli';
import { TEST_SEED } from '../../support/seed';
import { startFake } from '../../support/start-fake';
import { PASSWORD_ROLE } from '../../support/start-postgres';
import { makeWorkspace } from '../../support/workspace';
import { describePostgres, execute } from '../sinks/postgres-scene';

describePostgres('sap-concur-export --to postgres://…', (scene) => {
	let fake: FakeConcur;
	/** What an undisturbed run stores; the world stands still. */
	let world: Content;
	let callsOfRun: number;

	beforeAll(async () => {
		fake = await startFake({ requests: 60 });
		fake.clock.advance(3_600_000);
		const file = join(makeWorkspace('postgres-cli'), 'target.db');
		await exportOnce(fake, createSqliteSink(file), { detail: 'full' });
		world = readSqliteContent(file);
		callsOfRun = fake.calls.length;
	});

	const start = (to: string) =>
		startCli(['run', '--detail', 'full', '--to', to], { env: fakeEnv(fake) });

	/** Runs once more, and expects the target to be what the world is, children included. */
	async function expectWorld(to: string): Promise<void> {
		const result = await start(to).result;
		expect(result).toMatchObject({ code: 0, stderr: '' });
		expect(await readPostgresContent(to)).toEqual(world);
		const all = await readPostgres(to);
		expect(all).toHaveLength(world['travel_requests']?.length ?? 0);
	}

	it('leaves a target that equals the world, wherever it was killed before', async () => {
		const random = new Random(TEST_SEED, 11);
		let killed = 0;
		const place = scene().newTarget();
		const moments = 10;
		for (let moment = 0; moment < moments; moment++) {
			fake.calls.length = 0;
			// Every third one a target of its own; the others go on where the last was killed.
			const to = moment % 3 === 0 ? scene().newTarget().url : place.url;
			const calls = Math.floor((callsOfRun * (moment + 1)) / moments);
			const run = start(to);
			while (fake.calls.length < calls && run.process.exitCode === null) await wait(0);
			await wait(random.between(0, 30));
			run.process.kill('SIGKILL');
			if ((await run.result).signal === 'SIGKILL') killed++;
			if (moment % 3 === 0) await expectWorld(to);
		}
		await expectWorld(place.url);
		expect(killed).toBeGreaterThanOrEqual(6);
	});

	it('goes on when PostgreSQL was killed under it', async () => {
		const { server } = scene();
		if (!server.process) return; // Somebody else's server is not killed.
		for (const part of [0.3, 0.6, 0.99]) {
			fake.calls.length = 0;
			const { url } = scene().newTarget();
			const run = start(url);
			while (fake.calls.length < callsOfRun * part && run.process.exitCode === null) await wait(0);
			await server.crash();
			expect(await run.result).toMatchObject({ code: 0, stderr: '' });
			expect(await readPostgresContent(url)).toEqual(world);
		}
	});

	it('status and reset work on it', async () => {
		const { url } = scene().newTarget();
		const missing = await runCli(['status', '--to', url]);
		expect(missing).toMatchObject({ code: 2, stdout: '' });
		expect(missing.stderr).toContain('does not exist yet');
		await start(url).result;
		const status = await runCli(['status', '--to', url]);
		expect(status).toMatchObject({ code: 0, stderr: '' });
		const rows = world['travel_requests']?.length ?? 0;
		expect(status.stdout).toContain(`travel_requests: ${rows} rows`);
		expect(status.stdout).toContain('read from the beginning up to');
		const reset = await runCli(['reset', '--to', url]);
		expect(reset).toMatchObject({ code: 0, stderr: '' });
		expect((await runCli(['status', '--to', url])).stdout).not.toContain(
			'read from the beginning up to',
		);
		expect((await start(url).result).stdout).toContain('0 new, 0 changed');
	});

	it('shows the password nowhere, whatever happens', async () => {
		const password = 'hush-4711';
		const role = `cli_${process.pid}`;
		const place = scene().newTarget();
		await execute(
			scene().server.url,
			`DO $$ BEGIN CREATE ROLE ${PASSWORD_ROLE}; EXCEPTION WHEN duplicate_object THEN END $$;
			CREATE ROLE ${role} LOGIN PASSWORD '${password}' IN ROLE ${PASSWORD_ROLE};
			CREATE SCHEMA ${place.schema} AUTHORIZATION ${role}`,
		);
		const url = new URL(place.url);
		url.username = role;
		url.password = password;
		const wrong = new URL(url);
		wrong.password = `${password}-wrong`;
		const wrongPort = new URL(url);
		wrongPort.port = '1';
		const bare = new URL(url);
		bare.password = '';
		const options = { env: { ...fakeEnv(fake), SAP_CONCUR_LOG_LEVEL: 'debug' } };
		const outputs = [
			{ code: 0, ...(await resultOf(['run', '--json', '--to', url.href])) },
			{ code: 0, ...(await resultOf(['run', '--to', bare.href], { PGPASSWORD: password })) },
			{ code: 0, ...(await resultOf(['status', '--json', '--to', url.href])) },
			{ code: 0, ...(await resultOf(['status', '--to', url.href])) },
			{ code: 0, ...(await resultOf(['reset', '--to', url.href])) },
			{ code: 2, ...(await resultOf(['run', '--to', wrong.href])) },
			{ code: 1, ...(await resultOf(['run', '--to', wrongPort.href])) },
			{ code: 2, ...(await resultOf(['run', '--to', `${url.href}&sslmode=sometimes`])) },
			{ code: 2, ...(await resultOf(['run', '--to', url.href.replace('@', '/@')])) },
		];
		for (const { code, exit, text } of outputs) {
			expect({ exit, text }).toEqual({ exit: code, text: expect.not.stringContaining('hush') });
		}
		const kept = await place.query('SELECT summary::text AS text FROM {}._sap_concur_runs');
		expect(JSON.stringify(kept)).not.toContain('hush');

		async function resultOf(args: string[], more: Record<string, string> = {}) {
			const result = await runCli(args, { env: { ...options.env, ...more } });
			return { exit: result.code, text: result.stdout + result.stderr };
		}
	});

	it('is named in the help of each command that takes it', async () => {
		for (const command of ['run', 'status', 'reset'])
			expect((await runCli([command, '--help'])).stdout).toContain('postgres://');
	});
});
