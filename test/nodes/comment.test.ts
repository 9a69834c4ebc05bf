import { isJsonObject } from '../../concur/json';
import { openChildScene, shownOf, type ChildScene } from '../support/n8n/child-scene';
import { describeRefusals } from '../support/n8n/expect-refusals';
import { byId, jsonOf } from '../support/n8n/run-concur';

let scene: ChildScene;
let expenseId: string;

beforeAll(async () => {
	scene = await openChildScene({ requests: 30 });
	expenseId = scene.addExpense();
	for (const text of ['One', 'Two', 'Three']) scene.fake.world.addComment(scene.requestId, text);
});

describe('Comment: Get Many, of a travel request', () => {
	it('gets one item for each comment, which names the request', async () => {
		const before = scene.sent().length;
		const items = jsonOf(await scene.run('comment', 'getAll'));
		expect(items).toMatchObject([
			{ travelRequestId: scene.requestId, value: 'Three', isLatest: true },
			{ travelRequestId: scene.requestId, value: 'Two', isLatest: false },
			{ travelRequestId: scene.requestId, value: 'One', isLatest: false },
		]);
		expect(scene.sent().slice(before)).toMatchObject([
			{
				method: 'GET',
				path: `/travelrequest/v4/requests/${scene.requestId}/comments`,
			},
		]);
		// Its page lists no user.
		expect(scene.sent().at(-1)?.query).toEqual({});
	});

	it.each([
		['the first two', { limit: 2 }, 2],
		['all', { limit: 2, returnAll: true }, 3],
	])('gets %s of them', async (_, parameters, count) => {
		expect(jsonOf(await scene.run('comment', 'getAll', parameters))).toHaveLength(count);
	});

	it('pairs the comments with the items they were asked for by', async () => {
		const other = scene.request();
		scene.fake.world.addComment(other, 'Elsewhere');
		const run = await scene.run(
			'comment',
			'getAll',
			{ requestId: byId('={{ $json.id }}'), limit: 1 },
			{ items: [{ id: scene.requestId }, { id: other }] },
		);
		expect(run.items).toMatchObject([
			{ json: { value: 'Three' }, pairedItem: { item: 0 } },
			{ json: { value: 'Elsewhere', travelRequestId: other }, pairedItem: { item: 1 } },
		]);
	});

	it('needs no user', async () => {
		const items = jsonOf(await scene.run('comment', 'getAll', { userId: byId('') }));
		expect(items).toHaveLength(3);
		expect(scene.sent().at(-1)?.query).toEqual({});
	});

	describeRefusals({
		resource: 'comment',
		operation: 'getAll',
		scene: () => scene,
		needsUser: false,
		isPrivate: false,
	});
});

describe('Comment: Get Many, of an expected expense', () => {
	const parameters = () => ({ commentsOf: 'expectedExpense', expenseId });

	it('gets one item for each comment, which names the expense', async () => {
		const { world } = scene.fake;
		const [id = '', comments = []] =
			world
				.requests()
				.flatMap((each) => Object.entries(world.truth(each)?.expenseComments ?? {}))
				.map(([expense, list]) => [expense, Array.isArray(list) ? list : []] as const)
				.find(([, list]) => list.length > 1) ?? [];
		const owner = world.ownerOf(world.findExpense(id)?.index ?? 0)?.id ?? '';
		const run = await scene.run('comment', 'getAll', {
			...parameters(),
			expenseId: id,
			userId: byId(owner),
		});
		expect(jsonOf(run)).toEqual(
			comments.map((each) => ({ expenseId: id, ...(isJsonObject(each) && each) })),
		);
		expect(comments.length).toBeGreaterThan(1);
		expect(scene.sent().at(-1)).toMatchObject({
			method: 'GET',
			path: `/travelrequest/v4/expenses/${id}/comments`,
			query: { userId: owner },
		});
	});

	describeRefusals({
		resource: 'comment',
		operation: 'getAll',
		scene: () => scene,
		parameters,
		idParameter: 'expenseId',
	});
});

describe('Comment: Get Many with parameters that cannot be', () => {
	it.each([
		[
			'what has no comments',
			{ commentsOf: '={{ "trip" }}', expenseId: 'A', requestId: byId('0'.repeat(32)) },
			/'Of' has a value that is not/,
		],
		['a limit of zero', { limit: '={{ 0 }}' }, /'Limit' is not a whole number above 0/],
		[
			'an expense without an ID',
			{ commentsOf: 'expectedExpense', expenseId: '={{ " " }}' },
			/'Expected Expense ID' is empty/,
		],
		['a request without an ID', { requestId: byId('={{ "" }}') }, /'Travel Request' is empty/],
	])('refuses %s before anything is sent', async (_, parameters, message) => {
		const before = scene.sent().length;
		expect(shownOf(await scene.run('comment', 'getAll', parameters))).toMatch(message);
		expect(scene.sent()).toHaveLength(before);
	});
});
