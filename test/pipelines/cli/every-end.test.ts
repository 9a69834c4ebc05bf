import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { fakeEnv, runCli, type CliResult } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

const answerShape = z
	.object({
		status: z.literal('failed'),
		exitCode: z.number(),
		errors: z
			.array(
				z
					.object({ code: z.string(), message: z.string().min(1), advice: z.string().min(1) })
					.strict(),
			)
			.length(1),
		warnings: z.array(z.unknown()),
	})
	.strict();

/** The one line that a command with `--json` prints, whatever has happened. */
function readAnswer(text: string) {
	expect(text.endsWith('\n')).toBe(true);
	expect(text.trimEnd().split('\n')).toHaveLength(1);
	return answerShape.parse(JSON.parse(text));
}

/** What is wrong with no command but with this machine and its settings. */
const env = {
	SAP_CONCUR_BASE_URL: 'http://127.0.0.1:9',
	SAP_CONCUR_CLIENT_ID: 'app',
	SAP_CONCUR_CLIENT_SECRET: 'hush-hush-hush',
};

function newTarget(): string {
	return `sqlite:${join(makeWorkspace('every-end'), 'target.db')}`;
}

describe('With --json a command prints one line of JSON', () => {
	interface End {
		readonly name: string;
		readonly args: readonly string[];
		readonly env?: Readonly<Record<string, string>>;
		readonly code: string;
	}
	it.each<End>([
		{ name: 'where no target is named', args: ['run'], code: 'USAGE' },
		{ name: 'for an unknown flag', args: ['run', '--to', newTarget(), '--frm'], code: 'USAGE' },
		{ name: 'for an unknown command', args: ['rum'], code: 'USAGE' },
		{ name: 'for no command at all', args: [], code: 'USAGE' },
		{ name: 'for a flag with a wrong value', args: ['run', '--detail', 'most'], code: 'USAGE' },
		{
			name: 'for a time that is none',
			args: ['run', '--to', newTarget(), '--from', '31.01.2026'],
			code: 'DATE_INVALID',
		},
		{
			name: 'for some users beside all',
			args: ['run', '--to', newTarget(), '--all-users', '--user', 'somebody'],
			code: 'USERS_CONTRADICT',
		},
		{
			name: 'for a setting that is missing',
			args: ['run', '--to', newTarget()],
			env: { SAP_CONCUR_BASE_URL: '' },
			code: 'SETTING_MISSING',
		},
		{
			name: 'for a host that is not allowed',
			args: ['reconcile', '--to', newTarget()],
			env: { SAP_CONCUR_BASE_URL: 'https://concur.example' },
			code: 'HOST_NOT_ALLOWED',
		},
		{ name: 'for a target of no kind', args: ['run', '--to', 'tape:1'], code: 'TARGET_UNKNOWN' },
		{
			name: 'for a target that cannot be made',
			args: ['run', '--to', `${newTarget()}/no/such/folder.db`],
			code: 'TARGET_UNUSABLE',
		},
		{
			name: 'where there is nothing to reconcile',
			args: ['reconcile', '--to', newTarget()],
			code: 'TARGET_NOTHING_EXPORTED',
		},
		{
			name: 'where there is nothing to show',
			args: ['status', '--to', newTarget()],
			code: 'TARGET_MISSING',
		},
		{ name: 'where nothing can be shown', args: ['status'], code: 'USAGE' },
	])('$name', async ({ args, env: more, code }) => {
		const result = await runCli([...args, '--json'], { env: { ...env, ...more } });
		const answer = readAnswer(result.stdout);
		expect(answer).toMatchObject({ exitCode: 2, errors: [{ code }] });
		expect(result.code).toBe(2);
		const [error] = answer.errors;
		expect(result.stderr).toContain(`error: ${error?.message ?? '?'}\n${error?.advice ?? '?'}\n`);
	});

	it('where another run holds the target', async () => {
		const fake = await startFake({ requests: 3 });
		const file = join(makeWorkspace('every-end'), 'target.db');
		const holder = await createSqliteSink(file).open({ overlap: 600 });
		try {
			const result = await runCli(['run', '--to', `sqlite:${file}`, '--json'], {
				env: fakeEnv(fake),
			});
			expect(result.code).toBe(4);
			expect(readAnswer(result.stdout)).toMatchObject({
				exitCode: 4,
				errors: [{ code: 'TARGET_LOCKED' }],
			});
		} finally {
			await holder.abandon();
		}
	});

	it.each([
		['throws', `() => { throw new TypeError('of a bug') }`, 'of a bug'],
		[
			'throws where nobody waits',
			`() => new Promise(() => setTimeout(() => { throw new TypeError('of a bug') }, 1))`,
			'of a bug',
		],
		[
			'rejects where nobody waits',
			`() => { void Promise.reject(new TypeError('of a bug')); return new Promise(() => {}); }`,
			'of a bug',
		],
		['waits for what never comes', `() => new Promise(() => {})`, 'ended before its work was done'],
	])('where a bug %s, and does not end as if all were well', async (_name, bug, says) => {
		const result = await runCli(['run', '--to', newTarget(), '--json'], {
			env,
			nodeArgs: ['--require', plantBug(bug)],
		});
		expect(result.code).toBe(1);
		const { errors } = readAnswer(result.stdout);
		expect(errors).toMatchObject([{ code: 'UNEXPECTED', message: expect.stringContaining(says) }]);
		expect(result.stderr).toContain(says);
	});
});

/** A file to be loaded first, that puts a bug in the place of the export. */
function plantBug(bug: string): string {
	const file = join(makeWorkspace('bug'), 'plant.cjs');
	writeFileSync(
		file,
		`const Module = require('node:module');
		const load = Module._load;
		Module._load = function (name, ...rest) {
			const loaded = load.call(this, name, ...rest);
			return name.endsWith('run/run-export') ? { ...loaded, runExport: ${bug} } : loaded;
		};`,
	);
	return file;
}

describe('Standard output', () => {
	it("belongs to Singer's messages: a failure is told on standard error, as JSON where asked", async () => {
		const failing = { env: { ...env, SAP_CONCUR_CLIENT_ID: '' } };
		const run = (...args: string[]): Promise<CliResult> => runCli(args, failing);
		const json = await run('run', '--to', 'singer:-', '--json');
		expect(json).toMatchObject({ code: 2, stdout: '' });
		const last = json.stderr.trim().split('\n').at(-1) ?? '';
		expect(readAnswer(`${last}\n`)).toMatchObject({ errors: [{ code: 'SETTING_MISSING' }] });
		expect(await run('run', '--to=singer:-')).toMatchObject({ code: 2, stdout: '' });
		expect(await run('singer')).toMatchObject({ code: 2, stdout: '' });
	});

	it('has nothing but help and version where those are asked for', async () => {
		const version = await runCli(['--version']);
		expect(version).toMatchObject({ code: 0, stderr: '' });
		expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
		const help = await runCli(['run', '--help']);
		expect(help).toMatchObject({ code: 0, stderr: '' });
		expect(help.stdout).toContain('--from');
	});
});
