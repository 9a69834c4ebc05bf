import { openChildScene, shownOf, type ChildScene } from '../support/n8n/child-scene';
import { byId, jsonOf } from '../support/n8n/run-concur';

let scene: ChildScene;

beforeAll(async () => {
	scene = await openChildScene();
});

describe('Policy: Get Many', () => {
	it('gets the policies of a user, one item each', async () => {
		const items = jsonOf(await scene.run('policy', 'getAll'));
		expect(items).toMatchObject([
			{ name: 'Travel Request Policy', allowParticipants: false },
			{ name: 'International Travel', allowParticipants: false },
			{ id: '5D5A08E5C4AA4B4A9F7A6C7F0A1B2C3D', name: 'Event Budget', allowParticipants: true },
		]);
		expect(scene.sent().at(-1)).toMatchObject({
			method: 'GET',
			path: '/travelrequest/v4/userpolicies',
			query: { userId: scene.traveler },
		});
	});

	it('gets no more than the limit, paired with the items', async () => {
		const run = await scene.run(
			'policy',
			'getAll',
			{ userId: byId('={{ $json.user }}'), limit: 2 },
			{ items: [{ user: scene.traveler }, { user: scene.approver }] },
		);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	it.each([
		['no user', '', 'missingRequiredParam', 'With a company token name the user'],
		['a login', 'ada@example.com', 'invalidUuid', 'Check the id'],
		[
			'an unknown user',
			'00000000-0000-4000-a000-000000000000',
			'userNotFound',
			'Check the user ID',
		],
	])('shows what Concur says of %s', async (_, user, code, advice) => {
		const shown = shownOf(await scene.run('policy', 'getAll', { userId: byId(user) }));
		expect(shown).toMatch(
			new RegExp(`^Concur answered 400 ${code} .+ ${advice}.+Correlation ID: …`),
		);
	});
});
