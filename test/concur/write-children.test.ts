import { actOnRequest } from '../../concur/travel-request/act-on-request';
import { getAllocation, updateAllocation } from '../../concur/travel-request/allocations';
import { getExpense, listExpenses } from '../../concur/travel-request/children';
import { createRequest } from '../../concur/travel-request/create-request';
import { deleteRequest } from '../../concur/travel-request/delete-request';
import { getTravelAgency, listUserPolicies } from '../../concur/travel-request/lookups';
import { listParticipants, patchParticipants } from '../../concur/travel-request/participants';
import {
	createExpense,
	deleteExpense,
	updateExpense,
} from '../../concur/travel-request/write-expenses';
import { countCalls, startFake } from './fake-client';
import { failureOf } from './serve';

const expense = {
	transactionAmount: { value: 120.5, currency: 'EUR' },
	transactionDate: '2027-01-04',
	expenseType: { id: 'AIRFR' },
	businessPurpose: 'Flight',
};

async function startRequest() {
	const { fake, client } = await startFake();
	const userId = fake.world.users[0]?.id ?? '';
	const { id } = await createRequest(client, { name: 'Berlin' }, { userId });
	return { fake, client, id, userId };
}

test('an expected expense is created, changed, cleared and deleted', async () => {
	const { client, id, userId } = await startRequest();
	const created = await createExpense(client, id, expense, { userId });
	expect(created).toMatchObject(expense);
	expect(
		await updateExpense(client, created.id, { ...expense, businessPurpose: null }, { userId }),
	).toMatchObject({ id: created.id, businessPurpose: null, transactionDate: '2027-01-04' });
	expect(await listExpenses(client, id, { userId })).toHaveLength(1);
	await deleteExpense(client, created.id, { userId });
	expect(await listExpenses(client, id, { userId })).toEqual([]);
	expect(await failureOf(getExpense(client, created.id, { userId }))).toMatchObject({
		status: 404,
	});
});

test('an amount that no double holds goes back as it came', async () => {
	const { client, id, userId } = await startRequest();
	const amount = JSON.rawJSON('12345678901234567.12345678');
	const { id: expenseId } = await createExpense(
		client,
		id,
		{ ...expense, transactionAmount: { value: amount, currency: 'EUR' } },
		{ userId },
	);
	const read = await getExpense(client, expenseId, { userId });
	expect(JSON.stringify(read['transactionAmount'])).toContain('12345678901234567.12345678');
});

test('an expected expense whose answer is lost is created once; its change and deletion are repeated', async () => {
	const { fake, client, id, userId } = await startRequest();
	fake.faults.set({ kind: 'resetAfter', method: 'POST', times: 1 });
	expect(await failureOf(createExpense(client, id, expense, { userId }))).toMatchObject({
		code: 'CONCUR_OUTCOME_UNKNOWN',
	});
	expect(countCalls(fake, 'POST', /expenses$/)).toBe(1);
	const [only, ...others] = await listExpenses(client, id, { userId });
	expect(others).toEqual([]);
	const expenseId = String(only?.['id']);
	fake.faults.set(
		{ kind: 'resetAfter', method: 'PUT', times: 1 },
		{ kind: 'resetAfter', method: 'DELETE', times: 1 },
	);
	await updateExpense(client, expenseId, { ...expense, businessPurpose: 'Train' }, { userId });
	await deleteExpense(client, expenseId, { userId });
	expect(countCalls(fake, 'PUT', /./)).toBe(2);
	expect(countCalls(fake, 'DELETE', /./)).toBe(2);
});

test('an expected expense without its required fields, or for nobody, is explained', async () => {
	const { client, id, userId } = await startRequest();
	expect(await failureOf(createExpense(client, id, {}, { userId }))).toMatchObject({
		concurCode: 'missingRequiredField',
	});
	expect(await failureOf(createExpense(client, id, expense))).toMatchObject({
		concurCode: 'missingRequiredParam',
	});
});

test.each([true, false])('an allocation is read and changed (array: %j)', async (asArray) => {
	const { fake, client, id, userId } = await startRequest();
	fake.quirks.allocationAsArray = asArray;
	const allocationId = '0123456789ABCDEF0123456789ABCDEF';
	const allocations = [{ allocationId, percentage: 100, expenseId: 'E' }];
	await createExpense(client, id, { ...expense, allocations }, { userId });
	expect(await getAllocation(client, id, allocationId, { userId })).toMatchObject({
		allocationId,
		percentage: 100,
	});
	fake.faults.set({ kind: 'resetAfter', method: 'PUT', times: 1 });
	const custom1 = { value: 'CC-7' };
	expect(await updateAllocation(client, id, allocationId, { custom1 })).toMatchObject({
		allocationId,
		custom1,
	});
	expect(await getAllocation(client, id, allocationId)).toMatchObject({ custom1 });
	expect(countCalls(fake, 'PUT', /\/v4\/requests\/\w+\/allocations\/\w+$/)).toBe(2);
});

test('participants come and go', async () => {
	const { fake, client, id, userId } = await startRequest();
	const [, second = '', third = ''] = fake.world.users.map((user) => user.id);
	const idsNow = async () =>
		(await listParticipants(client, id, { userId })).map(({ participant }) => participant);
	expect(await idsNow()).toEqual([]);
	await patchParticipants(client, id, [{ id: second }, { id: third }], { userId });
	expect(await idsNow()).toMatchObject([{ id: second }, { id: third }]);
	await patchParticipants(client, id, [{ id: second, deleted: true }], { userId });
	expect(await idsNow()).toMatchObject([{ id: third }]);
	fake.faults.set({ kind: 'resetAfter', method: 'PATCH', times: 1 });
	expect(
		await failureOf(patchParticipants(client, id, [{ id: second }], { userId })),
	).toMatchObject({ code: 'CONCUR_OUTCOME_UNKNOWN' });
	expect(await idsNow()).toHaveLength(2);
	expect(countCalls(fake, 'PATCH', /./)).toBe(3);
	expect(await failureOf(patchParticipants(client, id, [{ id: second }]))).toMatchObject({
		concurCode: 'missingRequiredParam',
	});
});

test('policies and a travel agency', async () => {
	const { client, userId } = await startRequest();
	const policies = await listUserPolicies(client, { userId });
	expect(policies).not.toHaveLength(0);
	for (const policy of policies) expect(policy).toMatchObject({ id: expect.any(String) });
	expect(await failureOf(listUserPolicies(client))).toMatchObject({
		concurCode: 'missingRequiredParam',
	});
	const agencyId = '2EC038D7C3CBBE4ABA0914425064D34F';
	expect(await getTravelAgency(client, agencyId)).toMatchObject({ id: agencyId });
	expect(await failureOf(getTravelAgency(client, agencyId.replace('2', '3')))).toMatchObject({
		code: 'CONCUR_NOT_FOUND',
	});
});

test('a submitted request is not deleted with its expenses', async () => {
	const { client, id, userId } = await startRequest();
	await createExpense(client, id, expense, { userId });
	await actOnRequest(client, id, 'submit', { userId });
	expect(await failureOf(deleteRequest(client, id, { userId }))).toMatchObject({
		code: 'CONCUR_FORBIDDEN',
	});
	expect(await listExpenses(client, id, { userId })).toHaveLength(1);
});
