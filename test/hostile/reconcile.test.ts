import { html, isList, change, detailOf, json, notFound } from './twists';
import type { Twist } from './gateway';
import { fakeEnv, runCli } from '../support/run-cli';
import { startFake } from '../support/start-fake';
import { setScene, targetKinds, type HostileRow } from './scene';

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
		server: 'thirty users before all others are refused',
		comesOut: 'the others are reconciled',
		async play({ run, gateway, deleted, fake }) {
			const gone = Array.from({ length: 30 }, (_, n) => ['--user', `gone-${n}`]).flat();
			const users = [...gone, ...fake.world.users.flatMap(({ id }) => ['--user', id])];
			const isGone: Twist = (call, pass) =>
				call.query.get('userId')?.startsWith('gone-') === true
					? json({ data: [], operations: [] })
					: pass();
			gateway.twist(isGone);
			expect((await run(users)).code).toBe(0);
			const [deletedId = ''] = fake.world.requests();
			fake.world.delete(deletedId);
			gateway.twist((call, pass) =>
				call.query.get('userId')?.startsWith('gone-') === true ? html(403, 'No') : pass(),
			);
			const { code, summary } = await run(users, 'reconcile');
			expect([code, summary['partitions']]).toMatchObject([3, { complete: 3, incomplete: 30 }]);
			expect(deleted()).toEqual([deletedId]);
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

describe('A target', () => {
	const other = 'aaaaaaaa-8ffc-49d6-9417-be2d69aa075f';

	test.each(targetKinds)('of one company refuses another one’s credentials (%s)', async (kind) => {
		const scene = await setScene(kind);
		await scene.run();
		const before = scene.rows();
		const stranger = await startFake({ requests: 5, companyId: other, documentedExamples: false });
		for (const command of kind === 'sqlite' ? ['run', 'reconcile'] : ['run']) {
			const { code, stdout, stderr } = await runCli([command, '--to', scene.target, '--json'], {
				env: fakeEnv(stranger),
			});
			expect(code).toBe(2);
			expect(stdout + stderr).toContain('TARGET_OTHER_COMPANY');
			for (const id of [other, scene.fake.credentials.companyId])
				expect(stdout + stderr).toContain(id);
		}
		expect(scene.rows()).toEqual(before);
		expect((await scene.run()).code).toBe(0);
	});

	test.each(targetKinds)('of one user refuses the own requests of another (%s)', async (kind) => {
		const scene = await setScene(kind, { world: { tokenKind: 'user' } });
		await scene.run();
		const { fake } = scene;
		const asCompany = await startFake({ requests: 5, documentedExamples: false });
		const { code, stdout, stderr } = await runCli(['run', '--to', scene.target, '--json'], {
			env: fakeEnv(asCompany),
		});
		expect(code).toBe(2);
		expect(stdout + stderr).toContain('TARGET_OTHER_USER');
		// Users who are named are whoever they are, with any token of the company.
		const named = ['run', '--to', scene.target, '--json', '--user', fake.world.users[1]?.id ?? ''];
		expect((await runCli(named, { env: fakeEnv(asCompany) })).code).toBe(0);
	});
});
