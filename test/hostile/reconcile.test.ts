import { html, isList, change, detailOf, notFound } from './twists';
import type { Twist } from './gateway';
import { setScene, type HostileRow } from './scene';

const emptyLists: Twist = async (call, pass) =>
	isList(call)
		? change(await pass(), (page) => ({ ...page, data: [], operations: [] }))
		: detailOf(call) === undefined
			? pass()
			: notFound();

const rows: HostileRow[] = [
	{
		server: 'an outage answers with empty lists, and notFound for everything',
		comesOut: 'nothing is marked, however the requests are spread over users',
		world: { requests: 300, users: 20 },
		async play({ run, gateway, deleted, living, fake }) {
			const users = fake.world.users.flatMap(({ id }) => ['--user', id]);
			expect(await run([...users, '--detail', 'list'])).toMatchObject({ code: 0 });
			gateway.twist(emptyLists);
			const { code, summary } = await run(users, 'reconcile');
			expect([code, summary.status]).toEqual([1, 'failed']);
			const [error] = summary.errors;
			expect(error).toMatchObject({ code: 'RECONCILE_TOO_MANY_MISSING' });
			expect(error?.message).toMatch(/Of 300 requests .* at least 31 .* --max-missing 10%/);
			expect(error?.['advice']).toContain('--max-missing');
			expect([deleted(), living().length]).toEqual([[], 300]);
		},
	},
	{
		server: 'a gateway answers 404 in HTML for what the list does not show',
		comesOut: 'whether it was deleted is not known, and said',
		async play({ run, gateway, deleted, fake }) {
			await run();
			const [gone = '', hidden = ''] = fake.world.requests();
			fake.world.delete(gone);
			gateway.twist(async (call, pass) => {
				if (detailOf(call) === gone || detailOf(call) === hidden) return html(404, 'Not Found');
				return pass();
			});
			const { code, summary } = await run([], 'reconcile');
			expect([code, summary['unconfirmed'], deleted()]).toEqual([3, 1, []]);
			gateway.twist(undefined);
			expect((await run([], 'reconcile')).code).toBe(0);
			expect(deleted()).toEqual([gone]);
		},
	},
	{
		server: 'six of sixty requests are deleted, then seven more',
		comesOut: 'a tenth is believed, more only with --max-missing',
		world: { requests: 60 },
		async play({ run, deleted, fake }) {
			await run(['--detail', 'list']);
			const ids = fake.world.requests();
			for (const id of ids.slice(0, 6)) fake.world.delete(id);
			expect((await run([], 'reconcile')).code).toBe(0);
			expect(deleted()).toHaveLength(6);
			for (const id of ids.slice(6, 13)) fake.world.delete(id);
			const { code, summary } = await run([], 'reconcile');
			expect([code, summary.errors[0]?.code]).toEqual([1, 'RECONCILE_TOO_MANY_MISSING']);
			expect(deleted()).toHaveLength(6);
			for (const most of ['6', '12%'])
				expect((await run(['--max-missing', most], 'reconcile')).code).toBe(1);
			expect((await run(['--max-missing', '7'], 'reconcile')).code).toBe(0);
			expect(deleted()).toHaveLength(13);
		},
	},
];

// Journals are never searched, so that reconcile refuses them.
describe('A reconcile, of sqlite', () => {
	test.each(rows)('$server: $comesOut', async (row) => {
		await row.play(await setScene('sqlite', row));
	});
});
