import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { describeRuns } from '../../../pipelines/cli/describe-runs';
import { runCli } from '../../support/run-cli';
import { readPage } from '../report/read-page';
import { inspect, makeTarget, runRecord, type Scene } from '../report/scene';

const stored = z.object({
	calls: z.number(),
	retries: z.number(),
	deadLetters: z.number(),
	failures: z.array(z.string()),
});

let scene: Scene;
beforeAll(async () => {
	scene = await makeTarget('sqlite');
});

describe('sap-concur-export status', () => {
	it('shows the last runs as a table, and where attempts failed', async () => {
		const { code, stdout, stderr } = await runCli(['status', '--to', scene.to]);
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		const lines = stdout.split('\n');
		const head = lines.findIndex((line) => /^ {4}run +status +command +finished/.test(line));
		const { runs } = await inspect(scene.to);
		expect(lines[head - 1]).toBe('  3 runs, newest first:');
		for (const [index, { runId, status, summary }] of runs.entries()) {
			const { calls, retries, deadLetters } = stored.parse(summary);
			const cells = lines[head + 1 + index]?.trim().split(/ {2,}/) ?? [];
			expect(cells.slice(0, 3)).toEqual([runId, status, 'run']);
			expect([cells[8], cells[10], cells.at(-1)]).toEqual([
				String(calls),
				String(retries),
				String(deadLetters),
			]);
		}
		const [newest] = runs;
		for (const id of stored.parse(newest?.summary).failures) expect(stdout).toContain(id);
	});

	it('prints the whole ledger with --json', async () => {
		const { code, stdout } = await runCli(['status', '--to', scene.to, '--json']);
		expect(code).toBe(0);
		expect(stdout.trim().split('\n')).toHaveLength(1);
		const ledger = await inspect(scene.to);
		const { since, watermark } = ledger.runs[0]?.summary ?? {};
		expect(JSON.parse(stdout)).toEqual({
			...ledger,
			partitions: ledger.partitions.map((partition) => ({ ...partition, since, watermark })),
		});
		expect(JSON.parse(stdout)).toMatchObject({
			runs: [
				{ summary: { deadLetters: 2, tokenCalls: 1, latency: { p50Ms: expect.any(Number) } } },
				{},
				{},
			],
		});
	});

	it('takes runs of another version, many runs, and texts that would move the cursor', () => {
		expect(describeRuns([], false)).toEqual(['  no run has finished yet']);
		const [, , bare = ''] = describeRuns([runRecord({})], false);
		expect(bare).toMatch(/run-1 +complete .* 5\.0 s +0 +0 +0 +- +- +- +- +- +- +- +-$/);
		const errors = [{ code: 'X', message: 'red \u001b[31m\r\nline', correlationId: 'a\u0007b' }];
		const runs = Array.from({ length: 40 }, () => runRecord({ errors, drift: { 'a\u001bb': 2 } }));
		const lines = describeRuns(runs, true);
		expect(lines[0]).toBe('  the last 10 of 40 runs, newest first:');
		expect(lines.join('')).not.toMatch(/\p{Cc}/u);
		expect(lines.join('\n')).toContain('error: red  [31m line (correlation id a b)');
	});

	it('names the files of a folder that no longer fit their manifest, and so does the report', async () => {
		const { to } = await makeTarget('csv');
		const folder = to.slice('csv:'.length);
		const [part = ''] = readdirSync(folder).filter((name) => name.startsWith('run='));
		const file = join(part, 'travel_requests.csv');
		truncateSync(join(folder, file), 100);
		const { code, stdout } = await runCli(['status', '--to', to]);
		expect(code).toBe(0);
		expect(stdout).toContain(`  damaged: ${file} has 100 bytes, and its manifest says `);
		const asJson = await runCli(['status', '--to', to, '--json']);
		expect(JSON.parse(asJson.stdout)).toMatchObject({
			damage: [expect.stringContaining(`${file} has 100 bytes`)],
		});
		const page = readPage((await runCli(['report', '--to', to, '--out', '-'])).stdout);
		expect(page.text).toContain(`${file} has 100 bytes`);
	});

	it('names a row of the ledger that is damaged, and what to do, and writes nothing', async () => {
		const { to } = await makeTarget('sqlite');
		const database = new DatabaseSync(to.slice('sqlite:'.length));
		database.exec(`UPDATE _sap_concur_coverage SET windows = 'no list'`);
		database.close();
		const { code, stdout, stderr } = await runCli(['status', '--to', to]);
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toContain('windows cannot be read in the row of _sap_concur_coverage where');
		expect(stderr).toContain('delete that row');
	});
});
