import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FakeConcur } from '../../../fake-concur';
import { fakeEnv, runCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

let fake: FakeConcur;
let env: Record<string, string>;

beforeAll(async () => {
	fake = await startFake({ requests: 20 });
	fake.clock.advance(3_600_000);
	env = fakeEnv(fake);
});

describe('Bad flags and settings', () => {
	interface BadInput {
		readonly name: string;
		readonly args: readonly string[];
		readonly env?: Record<string, string>;
		readonly says: string;
	}
	const cases: readonly BadInput[] = [
		{ name: 'an unknown flag', args: ['--frm', '2026-01-01'], says: "unknown option '--frm'" },
		{ name: 'an unknown stream', args: ['--stream', 'expenses'], says: 'travel-requests' },
		{ name: 'an unknown detail', args: ['--detail', 'most'], says: 'list, request, full' },
		{ name: 'a bad date', args: ['--from', '31.01.2026'], says: '--from "31.01.2026"' },
		{ name: 'a date that is none', args: ['--until', '2026-02-30'], says: '--until "2026-02-30"' },
		...['22:00', '12', '2021', '2021-W05-3', '2026-05-01T24:00Z'].map((text) => ({
			name: `${text}, a moment of today to lenient readers`,
			args: ['--from', text],
			says: `--from "${text}"`,
		})),
		{
			name: 'an empty span',
			args: ['--from', '2026-02-01', '--until', '2026-01-01'],
			says: '--from lies after --until',
		},
		{ name: 'no concurrency', args: ['--concurrency', '0'], says: 'from 1 to 64' },
		{ name: 'a user id that is none', args: ['--user', '../etc'], says: '"../etc"' },
		{ name: 'a missing users file', args: ['--users-file', 'nobody.txt'], says: 'nobody.txt' },
		{ name: 'a missing config file', args: ['--config', 'nothing.json'], says: 'nothing.json' },
		{
			name: 'a missing credential',
			args: [],
			env: { SAP_CONCUR_CLIENT_SECRET: '' },
			says: 'SAP_CONCUR_CLIENT_SECRET is not set',
		},
		{
			name: 'an unknown grant',
			args: [],
			env: { SAP_CONCUR_GRANT_TYPE: 'magic' },
			says: 'client_credentials, password, refresh_token',
		},
		{
			name: 'a password grant without a user',
			args: [],
			env: { SAP_CONCUR_GRANT_TYPE: 'password' },
			says: 'SAP_CONCUR_USERNAME is not set',
		},
		{
			name: 'a refresh token without a file to keep the next one',
			args: [],
			env: { SAP_CONCUR_GRANT_TYPE: 'refresh_token', SAP_CONCUR_REFRESH_TOKEN: 'x' },
			says: 'SAP_CONCUR_TOKEN_FILE is not set',
		},
		{
			name: 'a foreign host',
			args: [],
			env: { SAP_CONCUR_BASE_URL: 'https://concur.example' },
			says: 'concur.example is not allowed',
		},
		{
			name: 'a look-alike host',
			args: [],
			env: { SAP_CONCUR_BASE_URL: 'https://us.api.concursolutions.com.evil.example' },
			says: 'is not allowed',
		},
		{
			name: 'plain http to Concur',
			args: [],
			env: { SAP_CONCUR_BASE_URL: 'http://us.api.concursolutions.com' },
			says: 'is not allowed',
		},
	];

	it.each(cases)('$name: named, exit 2, nothing written', async ({ args, env: more, says }) => {
		const target = join(makeWorkspace('bad-input'), 'target.db');
		const result = await runCli(['run', '--to', `sqlite:${target}`, ...args], {
			env: { ...env, ...more },
		});
		expect(result.stderr).toContain(says);
		expect(result.stderr.trim().split('\n').length).toBeGreaterThan(1);
		expect(result.code).toBe(2);
		expect(result.stdout).toBe('');
		if (existsSync(target)) expect(countRows(target)).toBe(0);
	});

	it('no target at all is asked for', async () => {
		const result = await runCli(['run'], { env });
		expect(result).toMatchObject({ code: 2, stdout: '' });
		expect(result.stderr).toContain('--to');
	});

	it('a port that somebody else listens on is named, with the remedy', async () => {
		const port = new URL(fake.baseUrl).port;
		const result = await runCli(['fake', '--port', port, '--requests', '1']);
		expect(result).toMatchObject({ code: 2, stdout: '' });
		expect(result.stderr).toBe(
			`error: Port ${port} is in use already.\nChoose another with --port; 0 picks a free one.\n`,
		);
	});

	it('a secret in a broken config file is not repeated', async () => {
		const config = join(makeWorkspace('bad-config'), 'config.json');
		writeFileSync(config, '{ "SAP_CONCUR_CLIENT_SECRET": "hush-hush" oops');
		const result = await runCli(['run', '--to', 'sqlite:x.db', '--config', config], { env });
		expect(result.code).toBe(2);
		expect(result.stderr).toContain('is not valid JSON');
		expect(result.stderr).not.toContain('hush-hush');
	});
});

describe('Bad targets', () => {
	const run = (to: string) => runCli(['run', '--to', to, '--detail', 'list'], { env });

	it('an unknown kind of target is refused with the known ones', async () => {
		const result = await run('mysql://me:hush@host/db');
		expect(result).toMatchObject({ code: 2, stdout: '' });
		expect(result.stderr).toContain('csv:DIR');
		expect(result.stderr).not.toContain('hush');
	});

	it.each([
		['where a command should be', ['postgres://me:pa55@h/db']],
		['for another flag', ['run', '--to', 'csv:x', '--stream', 'postgres://me:pa55@h']],
		['for a number', ['run', '--to', 'csv:x', '--concurrency', 'me:pa55@h']],
		['without its slashes', ['run', '--to', 'postgres:me:pa55']],
		['behind another scheme', ['status', '--to', 'sqlite:postgres://me:pa55@h', '--json']],
		['for a report', ['report', '--to', 'csv:me:pa55@h', '--out', '-']],
	])('a login %s is not repeated', async (_what, args) => {
		const { code, stdout, stderr } = await runCli(args, { env });
		expect(code).toBe(2);
		expect(stderr).toContain('error: ');
		expect(stdout + stderr).not.toContain('pa55');
	});

	it('a directory with other files is refused and left alone', async () => {
		const directory = makeWorkspace('foreign');
		writeFileSync(join(directory, 'thesis.txt'), 'years of work');
		const result = await run(`csv:${directory}`);
		expect(result.code).toBe(2);
		expect(result.stderr).toContain(directory);
		expect(readdirSync(directory)).toEqual(['thesis.txt']);
	});

	it('a SQLite file of somebody else is refused and left alone', async () => {
		const file = join(makeWorkspace('foreign'), 'theirs.db');
		const theirs = new DatabaseSync(file);
		theirs.exec('CREATE TABLE diary (entry TEXT)');
		theirs.close();
		const before = readFileSync(file);
		const result = await run(`sqlite:${file}`);
		expect(result.code).toBe(2);
		expect(result.stderr).toContain(file);
		expect(readFileSync(file).equals(before)).toBe(true);
	});

	it('a file that is no database is refused and left alone', async () => {
		const file = join(makeWorkspace('foreign'), 'notes.db');
		writeFileSync(file, 'these are notes');
		const result = await run(`sqlite:${file}`);
		expect(result.code).toBe(2);
		expect(result.stderr).toContain(file);
		expect(readFileSync(file, 'utf8')).toBe('these are notes');
	});

	it('a place that does not exist is named', async () => {
		const file = join(makeWorkspace('nowhere'), 'no', 'such', 'folder', 'target.db');
		const result = await run(`sqlite:${file}`);
		expect(result.code).toBe(2);
		expect(result.stderr).toContain(file);
	});

	it('a place that cannot be written to is named', async () => {
		// A file where a folder is needed refuses every user, root included.
		const file = join(makeWorkspace('readonly'), 'file');
		writeFileSync(file, '');
		chmodSync(file, 0o400);
		const result = await run(`csv:${join(file, 'out')}`);
		expect(result.code).toBe(2);
		expect(result.stderr).toContain(join(file, 'out'));
	});

	it('a corrupt manifest is named, and nothing is written or lost', async () => {
		const directory = join(makeWorkspace('corrupt'), 'out');
		await run(`csv:${directory}`);
		const [name = ''] = readdirSync(directory).filter((entry) => entry.startsWith('run='));
		const manifest = join(directory, name, '_manifest.json');
		writeFileSync(manifest, readFileSync(manifest, 'utf8').slice(0, 100));
		const before = readdirSync(directory, { recursive: true });
		const result = await run(`csv:${directory}`);
		expect([1, 2]).toContain(result.code);
		expect(result.stderr).toContain('_manifest.json');
		expect(readdirSync(directory, { recursive: true })).toEqual(before);
	});

	it('state of a newer version is refused, in SQLite and in CSV', async () => {
		const workspace = makeWorkspace('newer');
		const file = join(workspace, 'target.db');
		await run(`sqlite:${file}`);
		const database = new DatabaseSync(file);
		database.exec('PRAGMA user_version = 999');
		database.close();
		const directory = join(workspace, 'out');
		await run(`csv:${directory}`);
		const [name = ''] = readdirSync(directory).filter((entry) => entry.startsWith('run='));
		const manifest = join(directory, name, '_manifest.json');
		const newer = readFileSync(manifest, 'utf8').replace(/"version": ?\d+/, '"version": 999');
		writeFileSync(manifest, newer);
		for (const target of [`sqlite:${file}`, `csv:${directory}`]) {
			const result = await run(target);
			expect([1, 2]).toContain(result.code);
			expect(result.stderr).toContain('newer version');
		}
	});
});

function countRows(file: string): unknown {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return database.prepare('SELECT count(*) AS n FROM travel_requests').get()?.['n'];
	} catch {
		return 0;
	} finally {
		database.close();
	}
}
