import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { playTable, type Scene } from './scene';
import { detailOf } from './twists';

/** Takes the target away while the first details are read. */
async function takeAway({ gateway, kind, target, run }: Scene, put: (path: string) => void) {
	const path = target.slice(kind.length + 1);
	let taken = false;
	gateway.twist((call, pass) => {
		if (!taken && detailOf(call) !== undefined) {
			taken = true;
			rmSync(path, { recursive: true });
			put(path);
		}
		return pass();
	});
	const outcome = await run();
	gateway.twist(undefined);
	for (const ending of ['-wal', '-shm']) rmSync(path + ending, { force: true });
	return { ...outcome, path };
}

playTable('What becomes of a target', [
	{
		server: 'somebody deletes it while a run writes to it',
		comesOut: 'the run fails and names it, and the next one reads everything',
		async play(scene) {
			const { code, summary, stderr, stdout, path } = await takeAway(scene, () => undefined);
			expect(code).toBe(1);
			expect(summary.status).toBe('failed');
			expect(stdout + stderr).toContain(path);
			expect((await scene.run()).code).toBe(0);
			expect(scene.missing()).toEqual([]);
		},
	},
	{
		server: 'somebody puts an empty one in its place',
		comesOut: 'the run fails and names it, and the next one reads everything',
		async play(scene) {
			// A folder that lost what earlier runs put there must not be called complete.
			expect((await scene.run(['--until', '2026-01-01'])).code).toBe(0);
			const { code, stdout, stderr, path } = await takeAway(scene, (place) => {
				if (scene.kind === 'csv') mkdirSync(place);
				else writeFileSync(place, '');
			});
			expect(code).toBe(1);
			expect(stdout + stderr).toContain(path);
			expect(stdout).toContain('TARGET_LOST');
			expect((await scene.run()).code).toBe(0);
			expect(scene.missing()).toEqual([]);
		},
	},
]);
