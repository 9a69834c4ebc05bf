import { openChildScene, type ChildScene } from '../support/n8n/child-scene';
import { describeRefusals } from '../support/n8n/expect-refusals';
import { byId, jsonOf } from '../support/n8n/run-concur';

let scene: ChildScene;
let expenseId: string;

beforeAll(async () => {
	scene = await openChildScene();
	expenseId = scene.addExpense();
});

describe('Cost Object: Get Many', () => {
	it('gets one item for each, and none where there are none', async () => {
		const run = await scene.run(
			'costObject',
			'getAll',
			{ requestId: byId('={{ $json.id }}') },
			{ items: [{ id: scene.request() }, { id: scene.requestId }] },
		);
		expect(run.items).toMatchObject([
			{
				json: { name: 'Cost center 00123', expenses: [{ id: expenseId }] },
				pairedItem: { item: 1 },
			},
		]);
		expect(scene.sent()).toContainEqual(
			expect.objectContaining({
				method: 'GET',
				path: `/travelrequest/v4/requests/${scene.requestId}/costobjects`,
				query: { userId: scene.traveler },
			}),
		);
	});

	it('speaks for the company where no user is named', async () => {
		const parameters = { userId: byId(''), returnAll: true };
		expect(jsonOf(await scene.run('costObject', 'getAll', parameters))).toHaveLength(1);
		expect(scene.sent().at(-1)?.query).toEqual({});
	});

	describeRefusals({
		resource: 'costObject',
		operation: 'getAll',
		scene: () => scene,
		needsUser: false,
	});
});
