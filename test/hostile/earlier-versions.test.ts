import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { playTable, type Scene } from './scene';

const MINUTE = 60_000;
const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** What a target stores of how far it has come, as far as a wrong `Date` shows in it. */
const windows = z.array(z.object({ from: z.number(), to: z.number(), listedAt: z.number() }));
const summary = z.object({ watermark: z.string() }).passthrough();

/**
 * Makes the target what an earlier version would have left, which believed the `Date` of one answer:
 * its windows reach further by so much, and bear no mark; its ledger says the same.
 */
function ageTarget(scene: Scene, aheadMs: number): void {
	if (scene.kind === 'sqlite') ageDatabase(scene.path, aheadMs);
	else ageFolder(scene.path, aheadMs);
}

function ageDatabase(path: string, aheadMs: number): void {
	const database = new DatabaseSync(path);
	database.prepare(`DELETE FROM _sap_concur_meta WHERE name LIKE '%server_time%'`).run();
	for (const { windows: text } of database
		.prepare('SELECT windows FROM _sap_concur_coverage')
		.all())
		database
			.prepare('UPDATE _sap_concur_coverage SET windows = ?')
			.run(JSON.stringify(ageWindows(JSON.parse(String(text)), aheadMs)));
	for (const { run_id: id, summary: text } of database
		.prepare('SELECT run_id, summary FROM _sap_concur_runs')
		.all())
		database
			.prepare('UPDATE _sap_concur_runs SET summary = ? WHERE run_id = ?')
			.run(JSON.stringify(ageSummary(JSON.parse(String(text)), aheadMs)), String(id));
	database.close();
}

const manifest = z
	.object({
		facts: z.record(z.string()).optional(),
		partitions: z.array(z.object({ coverage: z.unknown() }).passthrough()),
		runs: z.array(z.object({ summary: z.unknown() }).passthrough()),
	})
	.passthrough();

function ageFolder(path: string, aheadMs: number): void {
	for (const run of readdirSync(path).filter((name) => name.startsWith('run='))) {
		const file = join(path, run, '_manifest.json');
		const stored = manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
		const { server_time: _, ...facts } = stored.facts ?? {};
		const aged = {
			...stored,
			facts,
			partitions: stored.partitions.map((state) => ({
				...state,
				coverage: ageWindows(state.coverage, aheadMs),
			})),
			runs: stored.runs.map((each) => ({ ...each, summary: ageSummary(each.summary, aheadMs) })),
		};
		writeFileSync(file, JSON.stringify(aged));
	}
}

function ageWindows(stored: unknown, aheadMs: number) {
	const ahead = aheadMs / 1000;
	return windows.parse(stored).map(({ from, to, listedAt }, place, all) => {
		const isLast = place === all.length - 1;
		return { from, to: isLast ? to + ahead : to, listedAt: listedAt + ahead };
	});
}

function ageSummary(stored: unknown, aheadMs: number) {
	const told = summary.parse(stored);
	return { ...told, watermark: new Date(Date.parse(told.watermark) + aheadMs).toISOString() };
}

function edit({ fake }: Scene, place: number): string {
	const id = fake.world.requests()[place] ?? '';
	fake.world.edit(id, { name: `Edited ${place}` });
	return id;
}

function nameOf({ rows }: Scene, id: string): unknown {
	return rows().findLast((row) => row['id'] === id)?.['name'];
}

function warningsOf({ summary: { warnings } }: { summary: { warnings: { code: string }[] } }) {
	return warnings.map(({ code }) => code);
}

playTable('Targets of versions that believed one Date', [
	...[15 * MINUTE, 60 * MINUTE, YEAR].map((ahead) => ({
		server: `every Date was ${ahead / MINUTE} minutes ahead`,
		comesOut: 'what was missed is read, once, and the run says so',
		async play(scene: Scene) {
			const { fake, run } = scene;
			fake.clock.advance(60 * MINUTE);
			await run();
			ageTarget(scene, ahead);
			fake.clock.advance(2 * MINUTE);
			const missed = edit(scene, 3);
			fake.clock.advance(3 * DAY);
			const mended = await run();
			expect(mended.code).toBe(0);
			expect(warningsOf(mended)).toEqual(['COVERAGE_REOPENED']);
			expect(nameOf(scene, missed)).toBe('Edited 3');
			expect(scene.missing()).toEqual([]);
			const next = edit(scene, 4);
			fake.clock.advance(20 * MINUTE);
			const again = await run();
			expect(warningsOf(again)).toEqual([]);
			expect(nameOf(scene, next)).toBe('Edited 4');
		},
	})),
	{
		server: 'every Date was right',
		comesOut: 'nothing is read again',
		async play(scene) {
			const { fake, run, gateway } = scene;
			fake.clock.advance(60 * MINUTE);
			await run();
			ageTarget(scene, 0);
			fake.clock.advance(3 * DAY);
			gateway.twist(undefined);
			const sound = await run();
			expect(warningsOf(sound)).toEqual([]);
			expect(gateway.calls.length).toBeLessThanOrEqual(2);
		},
	},
	{
		server: 'all is well, but the local clock was a year ahead once, then a day behind',
		comesOut: 'a later row still has a later stamp',
		async play(scene) {
			const { fake, run, rows } = scene;
			const streams = ['travel-requests', 'connection-requests'].flatMap((name) => [
				'--stream',
				name,
			]);
			const latest = (table: string): string =>
				rows(table)
					.map((row) => String(row['_extracted_at']))
					.reduce((a, b) => (a > b ? a : b));
			const tables = ['travel_requests', 'connection_requests'];
			let before = new Map<string, string>();
			for (const ahead of [YEAR, -DAY, 0]) {
				scene.setLocalClock(ahead);
				edit(scene, 5);
				fake.clock.advance(20 * MINUTE);
				const { code } = await run(streams);
				expect(code).toBe(0);
				for (const table of tables) expect(latest(table) > (before.get(table) ?? '')).toBe(true);
				before = new Map(tables.map((table) => [table, latest(table)]));
			}
			const [newest] = [...rows()].sort((a, b) =>
				String(a['_extracted_at']) < String(b['_extracted_at']) ? 1 : -1,
			);
			expect(newest?.['name']).toBe('Edited 5');
		},
	},
]);
