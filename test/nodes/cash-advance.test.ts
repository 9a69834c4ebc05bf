import { decimal } from '../../fake-concur/json';
import { openChildScene, shownOf, type ChildScene } from '../support/n8n/child-scene';
import { describeRefusals } from '../support/n8n/expect-refusals';
import { byId, jsonOf } from '../support/n8n/run-concur';

const READ = '/travelrequest/v4/cashadvances';

let scene: ChildScene;
let ids: string[];

beforeAll(async () => {
	scene = await openChildScene();
	ids = ['100', '200', '300'].map((value) =>
		scene.fake.world.addCashAdvance(scene.requestId, {
			amountRequested: { value: Number(value), currency: 'EUR' },
		}),
	);
});

/** The paths of the calls that an action made, the first one first. */
async function pathsOf(action: () => Promise<unknown>): Promise<string[]> {
	const before = scene.sent().length;
	await action();
	return scene
		.sent()
		.slice(before)
		.map(({ method, path }) => `${method} ${path}`);
}

describe('Cash Advance: Get', () => {
	it.each([true, false])('gets one, which Concur sends in a list or not (%j)', async (asArray) => {
		scene.fake.quirks.cashAdvanceAsArray = asArray;
		const [id = ''] = ids;
		const items = jsonOf(await scene.run('cashAdvance', 'get', { cashAdvanceId: id }));
		expect(items).toMatchObject([
			{ cashAdvanceId: id, amountRequested: { value: 100, currency: 'EUR' } },
		]);
		expect(scene.sent().at(-1)).toMatchObject({ method: 'GET', path: `${READ}/${id}`, query: {} });
	});

	it('keeps every digit of an amount, as a text where a number would round it', async () => {
		const id = scene.fake.world.addCashAdvance(scene.request(), {
			amountRequested: { value: decimal('12345678901234567.25'), currency: 'IDR' },
		});
		const items = jsonOf(await scene.run('cashAdvance', 'get', { cashAdvanceId: id }));
		expect(items).toMatchObject([{ amountRequested: { value: '12345678901234567.25' } }]);
	});

	it('pairs each cash advance with its item', async () => {
		const run = await scene.run(
			'cashAdvance',
			'get',
			{ cashAdvanceId: '={{ $json.id }}' },
			{ items: ids.map((id) => ({ id })) },
		);
		expect(run.items).toMatchObject(
			ids.map((cashAdvanceId, item) => ({ json: { cashAdvanceId }, pairedItem: { item } })),
		);
	});

	it('refuses an empty ID before anything is sent', async () => {
		const before = scene.sent().length;
		const run = await scene.run('cashAdvance', 'get', { cashAdvanceId: '={{ "" }}' });
		expect(shownOf(run)).toBe("The parameter 'Cash Advance ID' is empty Fill it in.");
		expect(scene.sent()).toHaveLength(before);
	});

	describeRefusals({
		resource: 'cashAdvance',
		operation: 'get',
		scene: () => scene,
		idParameter: 'cashAdvanceId',
		needsUser: false,
		isPrivate: false,
	});
});

describe('Cash Advance: Get Many', () => {
	it('reads each of the cash advances that Concur only links to', async () => {
		let items: unknown;
		const paths = await pathsOf(async () => {
			items = jsonOf(await scene.run('cashAdvance', 'getAll'));
		});
		expect(items).toMatchObject([
			{ cashAdvanceId: ids[0], amountRequested: { value: 100 } },
			{ cashAdvanceId: ids[1], amountRequested: { value: 200 } },
			{ cashAdvanceId: ids[2], amountRequested: { value: 300 } },
		]);
		expect(paths).toHaveLength(4);
		expect(paths[0]).toBe(`GET /travelrequest/v4/requests/${scene.requestId}/cashadvances`);
		expect(new Set(paths.slice(1))).toEqual(new Set(ids.map((id) => `GET ${READ}/${id}`)));
	});

	it('reads no more than the limit', async () => {
		const paths = await pathsOf(() => scene.run('cashAdvance', 'getAll', { limit: 1 }));
		expect(paths.slice(1)).toEqual([`GET ${READ}/${ids[0]}`]);
	});

	it('reads none where the IDs are enough', async () => {
		let items: unknown;
		const paths = await pathsOf(async () => {
			const parameters = { returnAll: true, options: { idsOnly: true } };
			items = jsonOf(await scene.run('cashAdvance', 'getAll', parameters));
		});
		expect(items).toEqual(ids.map((cashAdvanceId) => ({ cashAdvanceId })));
		expect(paths).toHaveLength(1);
	});

	it('gives nothing for a request without cash advances', async () => {
		const requestId = byId(scene.request());
		expect(jsonOf(await scene.run('cashAdvance', 'getAll', { requestId }))).toEqual([]);
	});

	describeRefusals({ resource: 'cashAdvance', operation: 'getAll', scene: () => scene });
});
