import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileTokenStore } from '../../concur/auth/file-token-store';
import { containing, failureOf, json, serve, testClient } from './serve';

let folder: string;
let path: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'token-file-'));
	path = join(folder, 'tokens.json');
});
afterEach(() => rm(folder, { recursive: true }));

const tokens = { refreshToken: 'refresh-1', geolocation: undefined, startedFrom: 'abc' };

test('what is written is read, and only its owner can read it', async () => {
	const store = new FileTokenStore(path);
	expect(await store.read()).toBeUndefined();
	await store.write(tokens);
	await store.write({ ...tokens, geolocation: 'https://us2.api.concursolutions.com' });
	expect(await new FileTokenStore(path).read()).toEqual({
		...tokens,
		geolocation: 'https://us2.api.concursolutions.com',
	});
	expect((await stat(path)).mode & 0o777).toBe(0o600);
	expect(await readdir(folder)).toEqual(['tokens.json']);
});

test.each([
	['', 'TOKEN_FILE_CORRUPT'],
	['{"version":1,"refreshTok', 'TOKEN_FILE_CORRUPT'],
	['{"version":2}', 'TOKEN_FILE_CORRUPT'],
])('a damaged file %# is a sentence', async (text, code) => {
	await writeFile(path, text, { mode: 0o600 });
	const failure = await failureOf(new FileTokenStore(path).read());
	expect(failure).toMatchObject({ code, message: containing(path) });
	expect(String(failure)).not.toContain('refreshTok"');
});

test('a file that others can read is refused', async () => {
	const store = new FileTokenStore(path);
	await store.write(tokens);
	await chmod(path, 0o640);
	expect(await failureOf(store.read())).toMatchObject({ code: 'TOKEN_FILE_EXPOSED' });
});

test('a folder that is not there is a sentence', async () => {
	const store = new FileTokenStore(join(folder, 'missing', 'tokens.json'));
	expect(await failureOf(store.write(tokens))).toMatchObject({ code: 'TOKEN_FILE_UNUSABLE' });
	expect(await failureOf(store.exclusively(() => Promise.resolve()))).toMatchObject({
		code: 'TOKEN_FILE_UNUSABLE',
	});
});

test('two stores on one file take turns, and a failure lets go', async () => {
	const [a, b] = [new FileTokenStore(path), new FileTokenStore(path)];
	let inside = 0;
	let most = 0;
	const work = async () => {
		most = Math.max(most, ++inside);
		await new Promise((resolve) => setImmediate(resolve));
		inside--;
		throw new Error('on purpose');
	};
	const turns = [a, b, a, b].map((store) => store.exclusively(work));
	for (const turn of turns) expect(await failureOf(turn)).toEqual(new Error('on purpose'));
	expect(most).toBe(1);
});

test('waiting for the file can be aborted', async () => {
	const [a, b] = [new FileTokenStore(path), new FileTokenStore(path)];
	const controller = new AbortController();
	await a.exclusively(async () => {
		const waiting = b.exclusively(() => Promise.resolve(), controller.signal);
		controller.abort(new Error('enough'));
		expect(await failureOf(waiting)).toEqual(new Error('enough'));
	});
});

test('the access token and the secrets stay out of the file', async () => {
	const server = await serve(
		(response) => {
			json(response, {});
		},
		(response) => {
			json(response, { access_token: 'the-access-token', refresh_token: 'refresh-2' });
		},
	);
	const client = testClient(server, {
		credentials: {
			grantType: 'password',
			clientId: 'id',
			clientSecret: 'the-secret',
			username: 'ann',
			password: 'the-password',
			credentialType: 'password',
		},
		tokenStore: new FileTokenStore(path),
	});
	await client.request({ method: 'GET', path: '/x' });
	const text = await readFile(path, 'utf8');
	expect(text).toContain('refresh-2');
	expect(text).not.toMatch(/the-access-token|the-secret|the-password/);
	await client.close();
	await server.close();
});

test('processes that share a file never use a refresh token twice', async () => {
	const used: string[] = [];
	const server = await serve(
		(response) => {
			json(response, {});
		},
		(response, call) => {
			const token = new URLSearchParams(call.body).get('refresh_token') ?? '';
			const burnt = used.includes(token);
			used.push(token);
			const next = `refresh-${used.length}`;
			setImmediate(() => {
				if (burnt) json(response, { code: 108, error: 'invalid_grant' }, 400);
				else json(response, { access_token: `access-of-${next}`, refresh_token: next });
			});
		},
	);
	const runs = await Promise.all(
		[1, 2, 3].map(() => runProcess([server.origin, path, 'refresh-0', '4'])),
	);
	expect(runs).toEqual(['0 ', '0 ', '0 ']);
	expect(used).toHaveLength(12);
	expect(new Set(used).size).toBe(12);
	expect(server.calls).toHaveLength(12);
	await server.close();
});

/** Exit code and stderr of `refresh-once.ts` in a process of its own. */
function runProcess(parameters: readonly string[]): Promise<string> {
	const child = spawn(
		process.execPath,
		[join(__dirname, 'run-typescript.cjs'), join(__dirname, 'refresh-once.ts'), ...parameters],
		{ stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, NODE_OPTIONS: '--no-warnings' } },
	);
	let stderr = '';
	child.stderr.on('data', (chunk: Buffer) => {
		stderr += chunk.toString();
	});
	return new Promise((resolve) => {
		child.on('close', (code) => {
			resolve(`${String(code)} ${stderr}`);
		});
	});
}
