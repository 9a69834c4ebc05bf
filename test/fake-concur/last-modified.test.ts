import { ids, member, objects, startClient, stopAll, text, type Client } from './client';

afterEach(stopAll);

describe('lastModified', () => {
	test.each([
		[
			'an edit of the header',
			(c: Client, id: string) => {
				c.fake.world.edit(id, { name: 'New' });
			},
			true,
		],
		[
			'a comment',
			(c: Client, id: string) => {
				c.fake.world.addComment(id, 'Hello');
			},
			true,
		],
		['an expense', (c: Client, id: string) => void c.fake.world.addExpense(id, {}), true],
		[
			'a workflow action',
			(c: Client, id: string) => {
				c.fake.world.act(id, 'submit');
			},
			true,
		],
		['a cash advance', (c: Client, id: string) => void c.fake.world.addCashAdvance(id, {}), false],
		[
			'an exception',
			(c: Client, id: string) => {
				c.fake.world.addException(id);
			},
			false,
		],
	])('after %s has moved: %#', async (_name, change, moves) => {
		const client = await startClient({ requests: 0 });
		const { world, clock } = client.fake;
		const id = world.create({ name: 'x' });
		const before = world.truth(id);
		clock.advance(60_000);
		change(client, id);
		const after = world.truth(id);
		expect(text(after?.request, 'lastModified') > text(before?.request, 'lastModified')).toBe(
			moves,
		);
		expect(after).not.toEqual(before);
		const listed = ids(await client.list({ modifiedAfter: '2026-03-01T12:00:30Z' }));
		expect(listed).toEqual(moves ? [id] : []);
		expect(world.touched).toContain(id);
	});

	test('of the request moves with an edited expense, and nothing else of it', async () => {
		const client = await startClient({ requests: 100 });
		const { world, clock } = client.fake;
		const id =
			world.requests().find((each) => objects(world.truth(each)?.expenses).length > 1) ?? '';
		const before = world.truth(id);
		clock.advance(60_000);
		world.editExpense(text(before?.expenses, 0, 'id'), { businessPurpose: 'New' });
		const after = world.truth(id);
		expect(text(after?.expenses, 0, 'businessPurpose')).toBe('New');
		expect(member(after?.expenses, 1)).toEqual(member(before?.expenses, 1));
		expect(after?.comments).toEqual(before?.comments);
		const stamped = { lastModified: text(after?.request, 'lastModified') };
		expect(after?.request).toEqual(Object.assign({}, before?.request, stamped));
	});

	test('stays when a cash advance is edited', async () => {
		const client = await startClient({ requests: 0 });
		const { world, clock } = client.fake;
		const id = world.create({ name: 'x' });
		const advance = world.addCashAdvance(id, { comment: 'old' });
		const before = world.truth(id)?.request;
		clock.advance(60_000);
		world.editCashAdvance(advance, { comment: 'new' });
		expect(world.truth(id)?.request).toEqual(before);
		expect(text(world.truth(id)?.cashAdvances, 0, 'comment')).toBe('new');
	});

	test.each([
		['zeroMillis', '2026-03-01T12:00:00.000Z'],
		['seconds', '2026-03-01T12:00:00Z'],
		['fraction', '2026-03-01T12:00:00.437Z'],
	] as const)('is written as %s', async (timestamps, expected) => {
		const client = await startClient({ requests: 0 });
		client.fake.quirks.timestamps = timestamps;
		const id = client.fake.world.create({ name: 'x' });
		client.fake.world.backdate(id, new Date('2026-03-01T12:00:00.437Z'));
		expect(text(client.fake.world.truth(id)?.request, 'lastModified')).toBe(expected);
	});

	test('of comments and cash advances may lack the zone', async () => {
		const client = await startClient({ requests: 0 });
		client.fake.quirks.zonelessChildren = true;
		const id = client.fake.world.create({ name: 'x' });
		client.fake.world.addComment(id, 'Hello');
		const comment = text(client.fake.world.truth(id)?.comments, 0, 'creationDateTime');
		expect(comment).toMatch(/\d\d\.000$/);
	});

	test('of a late change appears in lists only after the delay', async () => {
		const client = await startClient({ requests: 5 });
		const { world, clock, quirks } = client.fake;
		quirks.visibilityDelayMs = 60_000;
		const created = world.create({ name: 'late' });
		const [edited = ''] = world.requests();
		world.edit(edited, { name: 'late too' });
		const window = { modifiedAfter: '2026-03-01T12:00:00Z' };
		expect(ids(await client.list(window))).toEqual([]);
		expect(ids(await client.list())).toContain(edited);
		clock.advance(61_000);
		expect(new Set(ids(await client.list(window)))).toEqual(new Set([created, edited]));
	});
});
