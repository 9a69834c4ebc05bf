import { openChildScene, shownOf, type ChildScene } from '../support/n8n/child-scene';
import { describeRefusals } from '../support/n8n/expect-refusals';

const id = '2EC038D7C3CBBE4ABA0914425064D34F';

let scene: ChildScene;

beforeAll(async () => {
	scene = await openChildScene();
});

describe('Travel Agency: Get', () => {
	it('gets an agency for each item', async () => {
		const run = await scene.run(
			'travelAgency',
			'get',
			{ travelAgencyId: '={{ $json.agency }}' },
			{ items: [{ agency: id }, { agency: ` ${id} ` }] },
		);
		const json = { id, name: 'Kiwi Travel "Worldwide"', customerAccountCode: '00042' };
		expect(run.items).toMatchObject([
			{ json, pairedItem: { item: 0 } },
			{ json, pairedItem: { item: 1 } },
		]);
		expect(scene.sent().at(-1)).toMatchObject({
			method: 'GET',
			path: `/travelrequest/v4/travelagencies/${id}`,
			query: {},
		});
	});

	it.each([
		['an empty ID', '={{ "" }}', /^The parameter 'Travel Agency ID' is empty/],
		['an ID that is a path', '={{ "../requests" }}', /^An id holds characters/],
	])('refuses %s before anything is sent', async (_, travelAgencyId, message) => {
		const before = scene.sent().length;
		expect(shownOf(await scene.run('travelAgency', 'get', { travelAgencyId }))).toMatch(message);
		expect(scene.sent()).toHaveLength(before);
	});

	describeRefusals({
		resource: 'travelAgency',
		operation: 'get',
		scene: () => scene,
		idParameter: 'travelAgencyId',
		needsUser: false,
		isPrivate: false,
	});
});
