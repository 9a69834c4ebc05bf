import { decimal } from '../../fake-concur/json';
import { openChildScene, type ChildScene } from '../support/n8n/child-scene';
import { describeList } from '../support/n8n/describe-list';
import { describeRefusals } from '../support/n8n/expect-refusals';
import { byId, jsonOf } from '../support/n8n/run-concur';

let scene: ChildScene;

beforeEach(async () => {
	scene = await openChildScene();
});

const resource = 'expectedExpense';

describe('Expected Expense: Get', () => {
	it('gets the ten most useful fields, flat', async () => {
		const id = scene.addExpense({
			approvedAmount: { value: decimal('12345678901234567.25'), currency: 'IDR' },
			businessPurpose: 'Flight',
			location: { city: 'Berlin, GERMANY', name: 'Berlin' },
		});
		expect(jsonOf(await scene.run(resource, 'get', { expenseId: id }))).toEqual([
			{
				id,
				expenseTypeId: 'AIRFR',
				expenseTypeName: 'Airfare',
				transactionDate: '2026-11-21',
				transactionAmount: 120.5,
				currency: 'EUR',
				approvedAmount: '12345678901234567.25',
				approvedCurrency: 'IDR',
				businessPurpose: 'Flight',
				location: 'Berlin, GERMANY',
			},
		]);
		expect(scene.sent()).toMatchObject([
			{
				method: 'GET',
				path: `/travelrequest/v4/expenses/${id}`,
				query: { userId: scene.traveler },
				body: undefined,
			},
		]);
	});

	it('gets all that Concur has, where it is not to simplify', async () => {
		const tripData = { tripType: 'ONE_WAY', legs: [{ returnLeg: false }] };
		const expenseId = scene.addExpense({ tripData });
		const items = jsonOf(await scene.run(resource, 'get', { expenseId, simplify: false }));
		expect(items).toMatchObject([
			{ id: expenseId, transactionAmount: { value: 120.5, currency: 'EUR' }, tripData },
		]);
	});

	it('pairs each expense with its item', async () => {
		const ids = [scene.addExpense(), scene.addExpense()];
		const run = await scene.run(
			resource,
			'get',
			{ expenseId: '={{ $json.id }}' },
			{ items: ids.map((id) => ({ id })) },
		);
		expect(run.items).toMatchObject(
			ids.map((id, item) => ({ json: { id }, pairedItem: { item } })),
		);
	});

	describeRefusals({
		resource,
		operation: 'get',
		scene: () => scene,
		parameters: () => ({ expenseId: scene.addExpense() }),
		idParameter: 'expenseId',
		needsUser: false,
	});
});

describe('Expected Expense: Get Many', () => {
	beforeEach(() => {
		scene.addExpense({ businessPurpose: 'Flight' });
		scene.addExpense({ businessPurpose: 'Hotel' });
	});

	describeList({
		resource,
		scene: () => scene,
		path: 'expenses',
		expected: () => [
			{ businessPurpose: 'Flight', transactionAmount: 120.5, location: null },
			{ businessPurpose: 'Hotel', transactionAmount: 120.5, location: null },
		],
	});

	it('gets all that Concur has, where it is not to simplify', async () => {
		const items = jsonOf(await scene.run(resource, 'getAll', { simplify: false }));
		expect(items).toMatchObject([{ expenseType: { id: 'AIRFR' } }, { allocations: [] }]);
	});

	describeRefusals({ resource, operation: 'getAll', scene: () => scene, needsUser: false });
});

describe('Expected Expense: Delete', () => {
	it('deletes the expense of each item, and says so', async () => {
		const ids = [scene.addExpense(), scene.addExpense()];
		const run = await scene.run(
			resource,
			'delete',
			{ expenseId: '={{ $json.id }}' },
			{ items: ids.map((id) => ({ id })) },
		);
		expect(run.items).toEqual(
			ids.map((id, item) => ({ json: { deleted: true, id }, pairedItem: { item } })),
		);
		expect(scene.sent()).toMatchObject(
			ids.map((id) => ({
				method: 'DELETE',
				path: `/travelrequest/v4/expenses/${id}`,
				query: { userId: scene.traveler },
			})),
		);
		expect(jsonOf(await scene.run(resource, 'getAll'))).toEqual([]);
	});

	it('keeps the expense where Concur refuses', async () => {
		const expenseId = scene.addExpense();
		await scene.run(resource, 'delete', { expenseId, userId: byId('') });
		expect(jsonOf(await scene.run(resource, 'getAll'))).toHaveLength(1);
	});

	describeRefusals({
		resource,
		operation: 'delete',
		scene: () => scene,
		parameters: () => ({ expenseId: scene.addExpense() }),
		idParameter: 'expenseId',
	});
});
