import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../support/run-cli';
import { makeWorkspace } from '../../support/workspace';
import { findAll, readPage } from '../report/read-page';
import { makeTarget, type Scene } from '../report/scene';

let scene: Scene;
beforeAll(async () => {
	scene = await makeTarget('sqlite');
});

describe('sap-concur-export report', () => {
	it('writes one page, or prints it', async () => {
		const out = join(makeWorkspace('report'), 'report.html');
		const written = await runCli(['report', '--to', scene.to, '--out', out]);
		expect(written).toMatchObject({ code: 0, stderr: '' });
		expect(written.stdout).toBe(`Wrote a report on ${scene.to} to ${out}\n`);
		const printed = await runCli(['report', '--to', scene.to, '--out', '-']);
		expect(printed).toMatchObject({ code: 0, stderr: '' });
		for (const text of [readFileSync(out, 'utf8'), printed.stdout]) {
			const page = readPage(text);
			expect(findAll(page, 'h1')[0]?.text).toBe('SAP Concur export');
			expect(findAll(page, 'svg').length).toBeGreaterThanOrEqual(7);
			expect(scene.fake.secrets().filter((secret) => text.includes(secret))).toEqual([]);
		}
	});

	it('takes a folder of Parquet files, and says so', async () => {
		const { to } = await makeTarget('parquet');
		const { code, stdout } = await runCli(['report', '--to', to, '--out', '-']);
		expect(code).toBe(0);
		expect(findAll(readPage(stdout), 'svg').length).toBeGreaterThanOrEqual(5);
		expect((await runCli(['report', '--help'])).stdout).toContain('parquet:DIR');
	});

	it('ends with 2 where it must not write or has nothing to tell of, and touches nothing', async () => {
		const folder = makeWorkspace('report');
		const database = scene.to.replace('sqlite:', '');
		const size = statSync(database).size;
		for (const [out, says] of [
			[folder, 'it is a directory'],
			[database, 'something else than a page'],
		] as const) {
			const { code, stderr } = await runCli(['report', '--to', scene.to, '--out', out]);
			expect(code).toBe(2);
			expect(stderr).toContain(says);
		}
		expect(statSync(database).size).toBe(size);
		const nowhere = `sqlite:${join(folder, 'nothing.db')}`;
		const missing = await runCli(['report', '--to', nowhere, '--out', join(folder, 'r.html')]);
		expect(missing.code).toBe(2);
		expect(missing.stderr).toContain('does not exist yet');
		writeFileSync(join(folder, 'empty.db'), '');
		const empty = `sqlite:${join(folder, 'empty.db')}`;
		expect((await runCli(['report', '--to', empty, '--out', '-'])).code).toBe(2);
		expect((await runCli(['report', '--to', scene.to])).code).toBe(2);
	});
});
