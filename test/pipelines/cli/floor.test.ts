import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FakeConcur } from '../../../fake-concur';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { exportOnce } from '../../support/export-once';
import { latestById, readCsv, readSqlite } from '../../support/read-target';
import { fakeEnv, runCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { readPage, readTable } from '../report/read-page';

const HOUR = 3_600_000;
const EDITED = 20;
const BEGINNING = '1970-01-01T00:00:00.000Z';

const summaryShape = z.object({
	status: z.string(),
	since: z.string().nullable(),
	watermark: z.string().nullable(),
	warnings: z.array(z.object({ code: z.string(), message: z.string(), advice: z.string() })),
});

/** A world in which some requests are younger than `floor`. */
async function startWorld(): Promise<{ fake: FakeConcur; floor: string; edited: string[] }> {
	const fake = await startFake({ requests: 60, documentedExamples: false });
	fake.clock.advance(HOUR);
	const floor = `${fake.clock.now().toISOString().slice(0, 19)}.000Z`;
	fake.clock.advance(HOUR);
	const edited = fake.world.requests().slice(0, EDITED);
	for (const id of edited) fake.world.edit(id, { name: 'younger' });
	fake.clock.advance(HOUR);
	return { fake, floor, edited: edited.sort() };
}

interface Place {
	readonly to: string;
	readonly ids: () => string[];
}

const places: Record<string, () => Place> = {
	sqlite: () => {
		const file = join(makeWorkspace('floor'), 'target.db');
		return { to: `sqlite:${file}`, ids: () => readSqlite(file).map(({ id }) => String(id)) };
	},
	csv: () => {
		const directory = join(makeWorkspace('floor'), 'out');
		return { to: `csv:${directory}`, ids: () => [...latestById(readCsv(directory)).keys()] };
	},
};

describe.each(Object.keys(places))('A target that began with --from (%s)', (kind) => {
	it('says from when to when it is complete, and warns whoever does not say --from again', async () => {
		const { fake, floor, edited } = await startWorld();
		const { to, ids } = places[kind]?.() ?? { to: '', ids: () => [] };
		const env = fakeEnv(fake);
		const run = async (...flags: string[]) => {
			const args = ['run', '--to', to, '--detail', 'list', '--json', ...flags];
			const { code, stdout, stderr } = await runCli(args, { env });
			expect(code).toBe(0);
			return { summary: summaryShape.parse(JSON.parse(stdout)), stderr };
		};

		const first = await run('--from', floor);
		expect(first.summary).toMatchObject({ status: 'complete', since: floor, warnings: [] });
		expect(ids().sort()).toEqual(edited);

		const plain = await run();
		expect(plain.summary).toMatchObject({ since: floor, warnings: [{ code: 'SPAN_FLOOR' }] });
		expect(plain.summary.warnings[0]?.message).toContain(floor);
		expect(plain.summary.warnings[0]?.advice).toContain('--from 1970-01-01');
		expect(plain.stderr).toContain('SPAN_FLOOR');
		const told = await runCli(['run', '--to', to, '--detail', 'list'], { env });
		expect(told.stdout).toContain(`complete from ${floor} up to 2`);
		expect(told.stdout).toContain('warning: What was last modified before');
		const same = await run('--from', floor);
		expect(same.summary).toMatchObject({ since: floor, warnings: [] });

		const status = await runCli(['status', '--to', to]);
		expect(status.stdout).toContain(`read from ${floor} up to`);
		expect(status.stdout).toContain(`not read: what lies before ${floor}`);
		const statusJson = await runCli(['status', '--to', to, '--json']);
		expect(JSON.parse(statusJson.stdout)).toMatchObject({
			partitions: [{ since: floor, watermark: same.summary.watermark }],
		});

		const whole = await run('--from', '1970-01-01');
		expect(whole.summary).toMatchObject({ status: 'complete', since: BEGINNING, warnings: [] });
		expect(ids().sort()).toEqual(fake.world.requests().sort());
		expect((await run()).summary).toMatchObject({ since: BEGINNING, warnings: [] });
		expect((await runCli(['status', '--to', to])).stdout).toContain(
			'read from the beginning up to',
		);
	});
});

describe('The floor of several users', () => {
	it('is the latest of theirs, and what they have in common is what is complete', async () => {
		const fake = await startFake({ requests: 40, users: 3 });
		const [a = '', b = '', c = ''] = fake.world.users.map(({ id }) => id);
		const begin = Math.floor(fake.clock.now().getTime() / 1000);
		fake.clock.advance(3 * HOUR);
		const sink = createSqliteSink(join(makeWorkspace('floor'), 'target.db'));
		const from = (second: number) => ({ span: { from: second, until: undefined } });
		await exportOnce(fake, sink, { users: [a], ...from(begin) });
		await exportOnce(fake, sink, { users: [b], ...from(begin + 3600) });
		const summary = await exportOnce(fake, sink, { users: [a, b, c] });
		const latest = new Date((begin + 3600) * 1000).toISOString();
		expect(summary).toMatchObject({ status: 'complete', since: latest });
		expect(summary.warnings).toMatchObject([
			{ code: 'SPAN_FLOOR', message: expect.stringContaining(`${latest} is not exported`) },
		]);
		expect(summary.warnings[0]?.message).toContain('2 users');
	});

	it('says nothing of a time that they do not have in common', async () => {
		const fake = await startFake({ requests: 40, users: 2 });
		const [a = '', b = ''] = fake.world.users.map(({ id }) => id);
		const now = Math.floor(fake.clock.now().getTime() / 1000);
		fake.clock.advance(3 * HOUR);
		const sink = createSqliteSink(join(makeWorkspace('floor'), 'target.db'));
		await exportOnce(fake, sink, { users: [a], span: { from: 0, until: now } });
		await exportOnce(fake, sink, { users: [b], span: { from: now + 3600, until: undefined } });
		const summary = await exportOnce(fake, sink, {
			users: [a, b],
			span: { from: undefined, until: now },
		});
		expect(summary).toMatchObject({ since: null, watermark: null });
	});
});

describe('A --from in the future', () => {
	it('is told, by the time at Concur, and the run is not complete', async () => {
		const { fake } = await startWorld();
		const { to, ids } = places['sqlite']?.() ?? { to: '', ids: () => [] };
		const run = async (...flags: string[]) =>
			runCli(['run', '--to', to, '--detail', 'list', '--json', ...flags], { env: fakeEnv(fake) });
		const early = await run('--from', '2926-01-01');
		expect(early.code).toBe(3);
		const [error] = z
			.object({ errors: z.array(z.object({ code: z.string(), message: z.string() })) })
			.parse(JSON.parse(early.stdout)).errors;
		expect(error).toMatchObject({ code: 'SPAN_IN_FUTURE' });
		expect(error?.message).toContain('2926-01-01T00:00:00.000Z lies in the future');
		expect(error?.message).toContain(fake.clock.now().toISOString().slice(0, 10));
		expect(ids()).toEqual([]);
		// It has set no floor either.
		expect(summaryShape.parse(JSON.parse((await run()).stdout))).toMatchObject({
			...{ status: 'complete', since: BEGINNING, warnings: [] },
		});
		expect(ids().sort()).toEqual(fake.world.requests().sort());
	});
});

describe('The report', () => {
	it('says from when to when each partition is complete, and each run left it', async () => {
		const { fake, floor } = await startWorld();
		const { to } = places['sqlite']?.() ?? { to: '' };
		await runCli(['run', '--to', to, '--detail', 'list', '--from', floor], { env: fakeEnv(fake) });
		const out = join(makeWorkspace('floor'), 'page.html');
		await runCli(['report', '--to', to, '--out', out]);
		const page = readPage(readFileSync(out, 'utf8'));
		const shown = floor.slice(0, 19).replace('T', ' ');
		expect(readTable(page, 'The runs, newest first')).toMatchObject([{ 'complete from': shown }]);
		expect(
			readTable(page, 'Whose requests, and how far they are read: the one furthest behind first'),
		).toMatchObject([{ 'complete from': shown }]);
		expect(readFileSync(out, 'utf8')).toContain(`complete from ${shown} up to`);
	});
});

describe('start_date of the Singer tap', () => {
	it('is a floor as well: left out later, it is warned about; earlier, what lies before is read', async () => {
		const { fake, floor, edited } = await startWorld();
		const folder = makeWorkspace('floor-singer');
		const state = join(folder, 'state.json');
		writeFileSync(state, '');
		const tap = async (config: object) => {
			const file = join(folder, 'config.json');
			writeFileSync(file, JSON.stringify({ detail: 'list', ...config }), { mode: 0o600 });
			const { code, stdout, stderr } = await runCli(
				['singer', '--config', file, '--state', state],
				{ env: fakeEnv(fake) },
			);
			expect(code).toBe(0);
			const messages = stdout
				.trim()
				.split('\n')
				.map((line) => messageShape.parse(JSON.parse(line)));
			writeFileSync(state, JSON.stringify(messages.at(-1)?.value));
			const records = messages.filter(({ type }) => type === 'RECORD');
			return { ids: records.map(({ record }) => record?.id).sort(), stderr };
		};
		const first = await tap({ start_date: floor });
		expect(first).toMatchObject({ ids: edited });
		expect(first.stderr).not.toContain('SPAN_FLOOR');
		const plain = await tap({});
		expect(plain.ids).toEqual([]);
		expect(plain.stderr).toContain('SPAN_FLOOR');
		expect(plain.stderr).toContain('start_date');
		const rest = await tap({ start_date: '1970-01-01' });
		expect(rest.ids).toEqual(
			fake.world
				.requests()
				.filter((id) => !edited.includes(id))
				.sort(),
		);
	});
});

const messageShape = z.object({
	type: z.string(),
	record: z.object({ id: z.string() }).optional(),
	value: z.unknown(),
});
