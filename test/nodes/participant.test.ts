import { openChildScene, shownOf, type ChildScene } from '../support/n8n/child-scene';
import { describeList } from '../support/n8n/describe-list';
import { describeRefusals } from '../support/n8n/expect-refusals';
import { jsonOf } from '../support/n8n/run-concur';

let scene: ChildScene;

beforeEach(async () => {
	scene = await openChildScene();
	const { approver, stranger } = scene;
	await scene.run('participant', 'update', { addUserIds: [approver, stranger] });
});

async function idsNow(): Promise<unknown[]> {
	const items = jsonOf(await scene.run('participant', 'getAll', { returnAll: true }));
	return items.map(({ participant }) => participant);
}

describe('Participant: Get Many', () => {
	describeList({
		resource: 'participant',
		scene: () => scene,
		path: 'participants',
		expected: () => [
			{ participant: { id: scene.approver }, requests: [] },
			{ participant: { id: scene.stranger }, requests: [] },
		],
	});
	describeRefusals({
		resource: 'participant',
		operation: 'getAll',
		scene: () => scene,
		needsUser: false,
	});
});

describe('Participant: Update', () => {
	it('adds and removes in one call, and tells whom', async () => {
		const { approver, requestId, stranger, traveler } = scene;
		const parameters = { addUserIds: [traveler], removeUserIds: [approver] };
		expect(jsonOf(await scene.run('participant', 'update', parameters))).toEqual([
			{ updated: true, travelRequestId: scene.requestId, added: [traveler], removed: [approver] },
		]);
		expect(scene.sent().at(-1)).toMatchObject({
			method: 'PATCH',
			path: `/travelrequest/v4/requests/${requestId}/participants`,
			query: { userId: traveler },
			contentType: 'application/merge-patch+json',
			body: { value: [{ id: traveler }, { id: approver, '@deleted': true }] },
		});
		expect(await idsNow()).toMatchObject([{ id: stranger }, { id: traveler }]);
	});

	it.each([
		['a list', '={{ [$json.one, $json.other, $json.one] }}'],
		['a text with commas', '={{ $json.one + ", " + $json.other }}'],
		['lines', '={{ $json.one + "\\n" + $json.other + "\\n" }}'],
	])('takes the users from %s', async (_, removeUserIds) => {
		const { approver: one, stranger: other } = scene;
		const run = await scene.run(
			'participant',
			'update',
			{ removeUserIds },
			{ items: [{ one, other }] },
		);
		expect(run.items).toMatchObject([
			{ json: { added: [], removed: [one, other] }, pairedItem: { item: 0 } },
		]);
		expect(await idsNow()).toEqual([]);
	});

	it('changes the requests of several items one by one, in their order', async () => {
		const { approver, requestId, stranger, traveler } = scene;
		const run = await scene.run(
			'participant',
			'update',
			{ addUserIds: '={{ $json.add }}', removeUserIds: '={{ $json.remove }}' },
			{ items: [{ remove: [approver, stranger] }, { add: traveler }] },
		);
		expect(run.items).toMatchObject([
			{ json: { travelRequestId: requestId }, pairedItem: { item: 0 } },
			{ json: { travelRequestId: requestId }, pairedItem: { item: 1 } },
		]);
		expect(await idsNow()).toMatchObject([{ id: traveler }]);
	});

	it.each([
		['nobody', {}, /'User IDs to Add' is empty Give a user ID/],
		['nobody, in many ways', { addUserIds: ['', ' , '] }, /'User IDs to Add' is empty/],
		['one user twice', { addUserIds: ['A'], removeUserIds: ['A'] }, /names A, who is to be added/],
		['what is no ID', { addUserIds: '={{ [{ id: 1 }] }}' }, /holds something that is no user ID/],
	])('refuses to change %s before anything is sent', async (_, parameters, message) => {
		const before = scene.sent().length;
		expect(shownOf(await scene.run('participant', 'update', parameters))).toMatch(message);
		expect(scene.sent()).toHaveLength(before);
	});

	it('shows what Concur says of an unknown user', async () => {
		const parameters = { addUserIds: ['00000000-0000-4000-a000-000000000000'] };
		expect(shownOf(await scene.run('participant', 'update', parameters))).toMatch(
			/^Concur answered 400 userNotFound .+ Check the user ID/,
		);
	});

	describeRefusals({
		resource: 'participant',
		operation: 'update',
		scene: () => scene,
		parameters: () => ({ addUserIds: [scene.approver] }),
	});
});
