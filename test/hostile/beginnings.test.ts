import { playTable, type Scene } from './scene';
import { isList, json } from './twists';

const OLD = new Date('1985-05-05T05:05:05Z');

/** Requests so old that they lie in the first windows of a first load. */
function backdateSome({ fake }: Scene): void {
	for (const id of fake.world.requests().slice(0, 3)) fake.world.backdate(id, OLD);
}

playTable('The beginning of a target', [
	{
		server: 'it refuses the oldest windows of the first load, and of no later one',
		comesOut: 'the next run reads them, as nobody told it to begin later',
		world: { requests: 400 },
		async play(scene) {
			backdateSome(scene);
			scene.gateway.twist((call, pass) => {
				const before = call.query.get('modifiedBefore') ?? '2';
				return isList(call) && before < '1995'
					? json({ errors: [{ errorCode: 'bad', errorMessage: 'not now' }] }, 400)
					: pass();
			});
			const first = await scene.run(['--detail', 'list']);
			expect(first.code).toBe(3);
			expect(first.summary).toMatchObject({ status: 'incomplete', since: null, watermark: null });
			expect(scene.missing()).toHaveLength(3);
			scene.gateway.twist(undefined);
			const second = await scene.run(['--detail', 'list']);
			expect(second.code).toBe(0);
			expect(second.summary).toMatchObject({
				...{ status: 'complete', since: '1970-01-01T00:00:00.000Z', warnings: [] },
			});
			expect(scene.missing()).toEqual([]);
		},
	},
	{
		server: 'it refuses the oldest windows of a run that was told to begin earlier',
		comesOut: 'the next plain run reads them',
		world: { requests: 400 },
		async play(scene) {
			backdateSome(scene);
			await scene.run(['--detail', 'list', '--from', '2020-01-01']);
			scene.gateway.twist((call, pass) =>
				isList(call) && (call.query.get('modifiedBefore') ?? '3') < '2020-02'
					? json({ errors: [{ errorCode: 'bad', errorMessage: 'not now' }] }, 400)
					: pass(),
			);
			const early = await scene.run(['--detail', 'list', '--from', '1980-01-01']);
			expect(early.code).not.toBe(0);
			expect(scene.missing()).toHaveLength(3);
			scene.gateway.twist(undefined);
			const plain = await scene.run(['--detail', 'list']);
			expect(scene.missing()).toEqual([]);
			expect(plain.summary).toMatchObject({
				since: '1980-01-01T00:00:00.000Z',
				warnings: [{ code: 'SPAN_FLOOR' }],
			});
		},
	},
]);
