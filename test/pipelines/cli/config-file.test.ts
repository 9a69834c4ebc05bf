import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FakeConcur } from '../../../fake-concur';
import { fakeEnv, runCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

const answerShape = z.object({
	status: z.string(),
	warnings: z.array(z.object({ code: z.string(), message: z.string(), advice: z.string() })),
});

let fake: FakeConcur;
beforeAll(async () => {
	fake = await startFake({ requests: 5 });
	fake.clock.advance(3_600_000);
});

describe('A file of settings that others may read', () => {
	const run = async (mode: number, settings: object, command = 'run') => {
		const folder = makeWorkspace('config');
		const config = join(folder, 'config.json');
		writeFileSync(config, JSON.stringify(settings));
		// What a process may make is masked; what it may change is not.
		chmodSync(config, mode);
		const args = [command, '--to', `sqlite:${join(folder, 'x.db')}`, '--config', config];
		const env = fakeEnv(fake);
		const { stdout, stderr } = await runCli([...args, '--json'], { env });
		const { warnings } = answerShape.parse(JSON.parse(stdout));
		return { config, stderr, warnings };
	};
	const secret = { SAP_CONCUR_CLIENT_SECRET: 'something-of-old' };

	it.each([0o644, 0o640, 0o604])('is warned about with a secret in it (mode %o)', async (mode) => {
		const { config, warnings, stderr } = await run(mode, secret);
		expect(warnings).toMatchObject([
			{ code: 'CONFIG_FILE_EXPOSED', advice: `Run chmod 600 on ${config}.` },
		]);
		expect(warnings[0]?.message).toContain(`mode 0${mode.toString(8)}`);
		expect(stderr).toContain('CONFIG_FILE_EXPOSED');
	});

	it('is warned about where the command fails, too', async () => {
		const { warnings, stderr } = await run(0o644, secret, 'reconcile');
		expect(warnings).toMatchObject([{ code: 'CONFIG_FILE_EXPOSED' }]);
		expect(stderr).toContain('others on this machine may read it');
		const invalid = await run(0o644, { ...secret, SAP_CONCUR_GRANT_TYPE: 'magic' });
		expect(invalid.warnings).toMatchObject([{ code: 'CONFIG_FILE_EXPOSED' }]);
	});

	it('is not, without a secret or for its owner only', async () => {
		expect((await run(0o644, { SAP_CONCUR_LOG_LEVEL: 'warn' })).warnings).toEqual([]);
		expect((await run(0o600, secret)).warnings).toEqual([]);
		expect((await run(0o400, secret)).stderr).toBe('');
	});
});
