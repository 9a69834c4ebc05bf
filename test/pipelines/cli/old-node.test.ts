import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isOlderThan } from '../../../pipelines/cli/node-version';
import { runCli } from '../../support/run-cli';
import { makeWorkspace } from '../../support/workspace';

const engines = z
	.object({ engines: z.object({ node: z.string().regex(/^>=\d+\.\d+$/) }) })
	.parse(JSON.parse(readFileSync(resolve(__dirname, '../../../package.json'), 'utf8'))).engines;

/** A file to be loaded first: Node then is an old one, and has no package that runs on it. */
function pretendOldNode(): string {
	const file = join(makeWorkspace('old-node'), 'old.cjs');
	writeFileSync(
		file,
		`Object.defineProperty(process.versions, 'node', { value: '20.20.2' });
		const Module = require('module');
		const load = Module._load;
		Module._load = function (name, ...rest) {
			const isOld = name === 'fs' || name === 'path' || /^[./]/.test(name);
			if (!isOld) throw new SyntaxError(name + ' does not run here');
			return load.call(this, name, ...rest);
		};`,
	);
	return file;
}

describe('On a Node that is too old', () => {
	it.each([
		['run', '--to', 'sqlite:target.db'],
		['status', '--to', 'sqlite:target.db'],
		['reconcile', '--to', 'sqlite:target.db'],
		['report', '--to', 'sqlite:target.db', '--out', '-'],
		['reset', '--to', 'sqlite:target.db'],
		['singer'],
		['fake'],
		['--help'],
		['--version'],
		[],
	])('%s %s says so in one sentence', async (...args) => {
		const result = await runCli(args, { nodeArgs: ['--require', pretendOldNode()] });
		expect(result).toEqual({
			...{ code: 2, signal: null, stdout: '' },
			stderr: `error: This command needs Node ${engines.node.slice(2)} or newer, and this is 20.20.2.\nInstall a newer Node, or start the command with one.\n`,
		});
	});

	it('says it to programs, too', async () => {
		const { stdout } = await runCli(['status', '--to', 'sqlite:target.db', '--json'], {
			nodeArgs: ['--require', pretendOldNode()],
		});
		expect(JSON.parse(stdout)).toMatchObject({
			status: 'failed',
			errors: [{ code: 'NODE_TOO_OLD' }],
		});
	});
});

it.each([
	['>=22.19', '22.18.9', true],
	['>=22.19', '22.19.0', false],
	['>=22.19', '22.20.0', false],
	['>=22.19', '9.99.9', true],
	['>=22.19', '100.0.0', false],
	['>=22.19.3', '22.19.2', true],
	['>=22', '22.0.0', false],
	['^22 || >=24', '20.0.0', false],
	['', '20.0.0', false],
])('%s and Node %s: too old is %s', (range, version, isOld) => {
	expect(isOlderThan(range, version)).toBe(isOld);
});
