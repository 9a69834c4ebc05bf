import { decimal } from '../../fake-concur/json';
import { openChildScene, shownOf, type ChildScene } from '../support/n8n/child-scene';
import { describeRefusals } from '../support/n8n/expect-refusals';
import { jsonOf } from '../support/n8n/run-concur';

let scene: ChildScene;

beforeEach(async () => {
	scene = await openChildScene();
});

const resource = 'expectedExpense';

describe('Expected Expense: Create', () => {
	const needed = {
		expenseTypeId: 'RAILF',
		transactionDate: '2026-12-24T23:30:00',
		amount: 122.38,
		currency: 'eur',
	};
	const body = {
		expenseType: { id: 'RAILF' },
		transactionDate: '2026-12-24',
		transactionAmount: { value: 122.38, currency: 'EUR' },
	};

	it('sends what Concur needs, and gives the new expense', async () => {
		const items = jsonOf(await scene.run(resource, 'create', needed));
		expect(items).toMatchObject([
			{
				id: expect.stringMatching(/^[0-9A-F]{32}$/) as unknown,
				expenseTypeId: 'RAILF',
				transactionAmount: 122.38,
			},
		]);
		expect(scene.sent()).toMatchObject([
			{
				method: 'POST',
				path: `/travelrequest/v4/requests/${scene.requestId}/expenses`,
				query: { userId: scene.traveler },
			},
		]);
		expect(scene.sent()[0]?.body).toEqual(body);
	});

	it.each([
		[
			'a purpose and a comment',
			{ businessPurpose: ' Train ', lastComment: 'Saver fare' },
			{ businessPurpose: 'Train', lastComment: 'Saver fare' },
		],
		[
			'fields left empty',
			{ businessPurpose: ' ', vendorName: '', location: {}, customFields: {}, moreFields: '' },
			{},
		],
		[
			'a vendor',
			{ vendorId: 'V1', vendorName: 'Deutsche Bahn' },
			{ vendor: { id: 'V1', name: 'Deutsche Bahn' } },
		],
		['a way to pay', { paymentTypeId: 'CASH' }, { paymentType: { id: 'CASH' } }],
		[
			'a place',
			{ location: { place: { iataCode: 'LYS', city: '' } } },
			{ location: { iataCode: 'LYS' } },
		],
		[
			'an exchange rate',
			{ exchangeRate: { rate: { value: 1.25, method: 'DIVIDE' } } },
			{ exchangeRate: { value: 1.25, operation: 'DIVIDE' } },
		],
		[
			'custom fields and organization units',
			{
				customFields: {
					customField: [
						{ field: 'custom40', value: 'X' },
						{ field: 'orgUnit6', value: 7 },
						{ field: 'custom1', value: '' },
					],
				},
			},
			{ custom40: { value: 'X' }, orgUnit6: { value: '7' } },
		],
		[
			'JSON, which has the last word',
			{
				businessPurpose: 'Train',
				moreFields: '{"businessPurpose": "Bus", "tripData": {"legs": [{"returnLeg": false}]}}',
			},
			{ businessPurpose: 'Bus', tripData: { legs: [{ returnLeg: false }] } },
		],
	])('sends %s', async (_, additionalFields, more) => {
		const run = await scene.run(resource, 'create', { ...needed, additionalFields });
		expect(jsonOf(run)).toHaveLength(1);
		expect(scene.sent()[0]?.body).toEqual({ ...body, ...more });
	});

	it('sends every digit of an amount that comes as a text, and gives it back so', async () => {
		const amount = '={{ "12345678901234567.25" }}';
		const run = await scene.run(resource, 'create', { ...needed, amount });
		expect(jsonOf(run)).toMatchObject([{ transactionAmount: '12345678901234567.25' }]);
	});

	it('pairs each new expense with its item, in their order', async () => {
		const run = await scene.run(
			resource,
			'create',
			{ ...needed, amount: '={{ $json.price }}' },
			{ items: [{ price: 3 }, { price: '2.50' }] },
		);
		expect(run.items).toMatchObject([
			{ json: { transactionAmount: 3 }, pairedItem: { item: 0 } },
			{ json: { transactionAmount: 2.5 }, pairedItem: { item: 1 } },
		]);
	});

	it.each([
		['no amount', { amount: '={{ "" }}' }, /'Amount' is empty/],
		[
			'an amount with a comma',
			{ amount: '={{ "1,5" }}' },
			/'Amount' is not a number Write it as 120\.5/,
		],
		['an amount that is none', { amount: '={{ NaN }}' }, /'Amount' is (empty|not a number)/],
		['a currency sign', { currency: '={{ "€" }}' }, /'Currency' is not the code of a currency/],
		['no day', { transactionDate: '={{ "" }}' }, /'Transaction Date' is empty/],
		[
			'a day that is none',
			{ transactionDate: '={{ "tomorrow" }}' },
			/'Transaction Date' is not a date/,
		],
		['no expense type', { expenseTypeId: '={{ "" }}' }, /'Expense Type ID' is empty/],
		[
			'an expense with an ID',
			{ additionalFields: { moreFields: '{"id": "A"}' } },
			/^A new expected expense cannot have an id/,
		],
		[
			'an unknown way of exchange',
			{ additionalFields: { exchangeRate: { rate: { value: 1, method: 'ADD' } } } },
			/'Method' has a value that is not offered/,
		],
		[
			'an unknown custom field',
			{ additionalFields: { customFields: { customField: [{ field: 'custom41', value: 'X' }] } } },
			/'Custom Fields' names a field that is not offered/,
		],
	])('refuses %s before anything is sent', async (_, parameters, message) => {
		const run = await scene.run(resource, 'create', { ...needed, ...parameters });
		expect(shownOf(run)).toMatch(message);
		expect(scene.sent()).toEqual([]);
	});

	describeRefusals({ resource, operation: 'create', scene: () => scene, parameters: () => needed });
});

describe('Expected Expense: Update', () => {
	const amounts = { value: 120.5, currency: 'EUR' };
	const fields = {
		approvedAmount: amounts,
		postedAmount: amounts,
		remainingAmount: amounts,
		businessPurpose: 'Flight',
		lastComment: 'Too dear',
		lastModifiedDate: '2026-11-20T10:00:00.000Z',
		vendor: { name: 'Lufthansa' },
		allocations: [
			{ allocationId: 'A', percentage: 100, allocationAmount: amounts, postedAmount: amounts },
		],
	};
	let expenseId: string;

	beforeEach(() => {
		expenseId = scene.addExpense(fields);
	});

	const changed = async (parameters: object): Promise<unknown> => {
		jsonOf(await scene.run(resource, 'update', { expenseId, ...parameters }));
		return scene.sent()[1]?.body;
	};

	it('reads the expense and sends all of it back, as Concur wants it', async () => {
		const updateFields = { businessPurpose: 'Train' };
		const items = jsonOf(await scene.run(resource, 'update', { expenseId, updateFields }));
		expect(items).toMatchObject([{ id: expenseId, businessPurpose: 'Train' }]);
		const path = `/travelrequest/v4/expenses/${expenseId}`;
		const query = { userId: scene.traveler };
		expect(scene.sent()).toMatchObject([
			{ method: 'GET', path, query },
			{ method: 'PUT', path, query },
		]);
		expect(scene.sent()[1]?.body).toEqual({
			id: expenseId,
			expenseType: { id: 'AIRFR', name: 'Airfare' },
			transactionDate: '2026-11-21',
			transactionAmount: amounts,
			approvedAmount: amounts,
			postedAmount: amounts,
			remainingAmount: amounts,
			businessPurpose: 'Train',
			vendor: { name: 'Lufthansa' },
			allocations: fields.allocations,
		});
	});

	it.each([
		['the amount', { amount: 99 }, { value: 99, currency: 'EUR' }],
		['the currency', { currency: 'USD' }, { value: 120.5, currency: 'USD' }],
		['the exchange rate', { exchangeRate: { rate: { value: 2 } } }, amounts],
	])('leaves to Concur what follows from %s', async (_, updateFields, transactionAmount) => {
		const body = await changed({ updateFields });
		expect(body).toMatchObject({
			transactionAmount,
			allocations: [{ allocationId: 'A', percentage: 100 }],
			businessPurpose: 'Flight',
		});
		expect(JSON.stringify(body)).not.toMatch(/(approved|posted|remaining|allocation)Amount/);
	});

	it('keeps the amounts that are given in the JSON', async () => {
		const moreFields = '{"transactionAmount": {"value": 9}, "approvedAmount": {"value": 8}}';
		expect(await changed({ updateFields: { moreFields } })).toMatchObject({
			transactionAmount: { value: 9, currency: 'EUR' },
			approvedAmount: { value: 8 },
		});
	});

	it('sends a number that no double holds back as it came', async () => {
		const id = scene.addExpense({
			transactionAmount: { value: decimal('12345678901234567.25'), currency: 'IDR' },
		});
		await scene.run(resource, 'update', { expenseId: id, updateFields: { lastComment: 'Fine' } });
		const stored = JSON.stringify(scene.fake.world.findExpense(id)?.expense);
		expect(stored).toContain('12345678901234567.25');
		expect(stored).toContain('Fine');
	});

	it('changes type and day, and clears fields', async () => {
		const updateFields = { expenseTypeId: 'RAILF', transactionDate: '2026-12-24' };
		const clearFields = ['vendor', 'custom40', 'orgUnit1'];
		expect(await changed({ updateFields, clearFields })).toMatchObject({
			expenseType: { id: 'RAILF' },
			transactionDate: '2026-12-24',
			vendor: null,
			custom40: null,
			orgUnit1: null,
		});
	});

	it('changes the expenses of several items', async () => {
		const run = await scene.run(
			resource,
			'update',
			{ expenseId, updateFields: { businessPurpose: '={{ $json.why }}' }, simplify: false },
			{ items: [{ why: 'One' }, { why: 'Two' }] },
		);
		expect(run.items).toMatchObject([
			{ json: { id: expenseId, businessPurpose: 'One' }, pairedItem: { item: 0 } },
			{ json: { id: expenseId, businessPurpose: 'Two' }, pairedItem: { item: 1 } },
		]);
		expect(scene.sent().map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET', 'PUT']);
	});

	it.each([
		['nothing', {}, /'Update Fields' changes nothing/],
		[
			'a field that is to be cleared too',
			{ updateFields: { vendorName: 'A' }, clearFields: ['vendor'] },
			/'Clear Fields' has 'Vendor', which is to be set too/,
		],
		[
			'what cannot be cleared',
			{ clearFields: '={{ ["transactionDate"] }}' },
			/'Clear Fields' names a field that is not offered/,
		],
		[
			'an amount in words',
			{ updateFields: { amount: '={{ "much" }}' } },
			/'Amount' is not a number/,
		],
		[
			'no expense',
			{ expenseId: '={{ "" }}', updateFields: { amount: 1 } },
			/'Expected Expense ID' is empty/,
		],
	])('refuses to change %s before anything is sent', async (_, parameters, message) => {
		const run = await scene.run(resource, 'update', { expenseId, ...parameters });
		expect(shownOf(run)).toMatch(message);
		expect(scene.sent()).toEqual([]);
	});

	describeRefusals({
		resource,
		operation: 'update',
		scene: () => scene,
		parameters: () => ({ expenseId, updateFields: { amount: 1 } }),
		idParameter: 'expenseId',
	});
});
