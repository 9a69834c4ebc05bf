import { playTable } from './scene';
import { changeItems, isList } from './twists';

playTable('A gateway', [
	{
		server: 'it passes everything on',
		comesOut: 'the world as it is',
		async play({ run, missing, gateway }) {
			const { code, summary } = await run();
			expect(code).toBe(0);
			expect(summary).toMatchObject({ status: 'complete', errors: [], warnings: [] });
			expect(missing()).toEqual([]);
			expect(gateway.calls.length).toBe(summary.calls);
		},
	},
	{
		server: 'it hides one and the same record',
		comesOut: 'all but that one, as a test of the test',
		async play({ fake, gateway, run, missing }) {
			const [hidden] = fake.world.requests();
			gateway.twist(async (call, pass) =>
				isList(call)
					? changeItems(await pass(), (items) => items.filter(({ id }) => id !== hidden))
					: pass(),
			);
			await run();
			expect(missing()).toEqual([hidden]);
		},
	},
]);
