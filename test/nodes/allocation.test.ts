import { decimal } from '../../fake-concur/json';
import { openChildScene, shownOf, type ChildScene } from '../support/n8n/child-scene';
import { describeRefusals } from '../support/n8n/expect-refusals';
import { byId, jsonOf } from '../support/n8n/run-concur';

const allocationId = '933E4E76DB29634682ED94F0BAEEDDD5';
const other = '79249903DC18464AAAD61062EA383BD4';

let scene: ChildScene;

beforeEach(async () => {
	scene = await openChildScene();
	scene.addExpense({
		allocations: [
			{ allocationId, percentage: 70, custom2: { value: 'old' } },
			{ allocationId: other, percentage: decimal('30.123456789012345678') },
		],
	});
});

const path = (id: string) => `/travelrequest/v4/requests/${scene.requestId}/allocations/${id}`;

describe('Allocation: Get', () => {
	it.each([true, false])('gets one, which Concur sends in a list or not (%j)', async (asArray) => {
		scene.fake.quirks.allocationAsArray = asArray;
		const run = await scene.run(
			'allocation',
			'get',
			{ allocationId: '={{ $json.id }}' },
			{ items: [{ id: allocationId }, { id: other }] },
		);
		expect(run.items).toMatchObject([
			{ json: { allocationId, percentage: 70 }, pairedItem: { item: 0 } },
			{ json: { percentage: '30.123456789012345678' }, pairedItem: { item: 1 } },
		]);
		expect(scene.sent()).toContainEqual(
			expect.objectContaining({
				method: 'GET',
				path: path(allocationId),
				query: { userId: scene.traveler },
			}),
		);
	});

	describeRefusals({
		resource: 'allocation',
		operation: 'get',
		scene: () => scene,
		parameters: () => ({ allocationId }),
		needsUser: false,
	});
});

const field = (name: string, value: string) => ({ field: name, value });

describe('Allocation: Update', () => {
	it.each([
		['the percentage', { updateFields: { percentage: 40 } }, { percentage: 40 }],
		['a percentage of nothing', { updateFields: { percentage: 0 } }, { percentage: 0 }],
		[
			'custom fields',
			{
				updateFields: {
					customFields: { customField: [field('custom2', ' new '), field('custom20', 'CC-7')] },
				},
			},
			{ custom2: { value: 'new' }, custom20: { value: 'CC-7' } },
		],
		['a field to clear', { clearFields: ['custom2'] }, { custom2: null }],
		[
			'JSON, which has the last word',
			{ updateFields: { percentage: 40, moreFields: '{"percentage": 50, "custom1": null}' } },
			{ percentage: 50, custom1: null },
		],
	])('sends %s and nothing else', async (_, parameters, body) => {
		const run = await scene.run('allocation', 'update', { allocationId, ...parameters });
		expect(jsonOf(run)).toMatchObject([{ allocationId, ...body }]);
		expect(scene.sent()).toMatchObject([
			{ method: 'PUT', path: path(allocationId), query: { userId: scene.traveler } },
		]);
		expect(scene.sent()[0]?.body).toEqual(body);
	});

	it('speaks for the company, in a role, where no user is named', async () => {
		const parameters = {
			allocationId,
			userId: byId(''),
			updateFields: { percentage: 40 },
			options: { contextRoleType: 'PROCESSOR' },
		};
		expect(jsonOf(await scene.run('allocation', 'update', parameters))).toHaveLength(1);
		expect(scene.sent()[0]?.query).toEqual({ contextRoleType: 'PROCESSOR' });
	});

	it.each([
		['nothing', {}, /'Update Fields' changes nothing Fill in a field/],
		['fields left empty', { updateFields: { moreFields: '' } }, /'Update Fields' changes nothing/],
		[
			'a share left blank',
			{ updateFields: { percentage: '={{ " " }}' } },
			/'Update Fields' changes nothing/,
		],
		[
			'custom text that is an object',
			{ updateFields: { customFields: { customField: [field('custom1', '={{ ({ a: 1 }) }}')] } } },
			/'Custom 1' is not a text/,
		],
		[
			'a share in words',
			{ updateFields: { percentage: '={{ "half" }}' } },
			/'Percentage' is not a number/,
		],
		[
			'a field twice',
			{
				updateFields: {
					customFields: { customField: [field('custom1', 'a'), field('custom1', 'b')] },
				},
			},
			/'Custom Fields' has 'Custom 1' twice/,
		],
		[
			'a field that is to be cleared too',
			{ clearFields: ['custom1'], updateFields: { moreFields: '{"custom1": 1}' } },
			/'Clear Fields' has 'Custom 1', which is to be set too/,
		],
		[
			'a field that allocations lack',
			{ clearFields: '={{ ["custom21"] }}' },
			/'Clear Fields' names a field that is not offered/,
		],
		[
			'JSON that is a list',
			{ updateFields: { moreFields: '[]' } },
			/'More Fields' is not a JSON object/,
		],
		[
			'no allocation',
			{ allocationId: '={{ "" }}', updateFields: { percentage: 1 } },
			/'Allocation ID' is empty/,
		],
	])('refuses %s before anything is sent', async (_, parameters, message) => {
		const run = await scene.run('allocation', 'update', { allocationId, ...parameters });
		expect(shownOf(run)).toMatch(message);
		expect(scene.sent()).toEqual([]);
	});

	describeRefusals({
		resource: 'allocation',
		operation: 'update',
		scene: () => scene,
		parameters: () => ({ allocationId, updateFields: { percentage: 40 } }),
		needsUser: false,
	});
});
