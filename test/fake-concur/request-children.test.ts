import { firstUserId, member, objects, refusal, startClient, stopAll, text } from './client';

afterEach(stopAll);

const base = '/travelrequest/v4';

describe('expenses', () => {
	test('are created, replaced and deleted', async () => {
		const client = await startClient({ requests: 0 });
		const id = client.fake.world.create({ name: 'x' }, firstUserId(client));
		const query = `?userId=${firstUserId(client)}`;
		const body = {
			expenseType: { id: 'HOTEL' },
			transactionAmount: { value: 0.1, currency: 'EUR' },
			transactionDate: '2026-05-01',
		};
		const created = await client.call('POST', `${base}/requests/${id}/expenses${query}`, {
			...body,
			vendor: { id: '7' },
		});
		expect(created.status).toBe(201);
		const url = `${base}/expenses/${text(created.json, 'id')}`;
		const partial = await client.call('PUT', url + query, { businessPurpose: 'Sleep' });
		expect(refusal(partial).slice(0, 2)).toEqual([400, 'missingRequiredField']);
		const updated = await client.call('PUT', url + query, { ...body, businessPurpose: 'Sleep' });
		expect(updated.json).toEqual(
			Object.assign({}, created.json, { businessPurpose: 'Sleep', vendor: null }),
		);
		expect((await client.get(`${url}/comments${query}`)).json).toEqual([]);
		expect((await client.call('DELETE', url + query)).text).toBe('true');
		expect((await client.get(url)).status).toBe(404);
		expect((await client.get(`${base}/requests/${id}/expenses`)).json).toEqual([]);
	});

	test('of a seeded request keep their comments when one of them is deleted', async () => {
		const client = await startClient({ requests: 100 });
		const { world } = client.fake;
		const id =
			world.requests().find((each) => objects(world.truth(each)?.expenses).length > 2) ?? '';
		const before = world.truth(id);
		const [gone, ...rest] = objects(before?.expenses).map((each) => text(each, 'id'));
		world.deleteExpense(gone ?? '');
		const after = world.truth(id);
		expect(objects(after?.expenses).map((each) => text(each, 'id'))).toEqual(rest);
		for (const each of rest)
			expect(after?.expenseComments[each]).toEqual(before?.expenseComments[each]);
	});

	test.each([
		[true, 'array'],
		[false, 'object'],
	])('have allocations; allocationAsArray=%s answers an %s', async (asArray) => {
		const client = await startClient();
		client.fake.quirks.allocationAsArray = asArray;
		const { world } = client.fake;
		const allocations = (id: string) =>
			objects(world.truth(id)?.expenses).flatMap((each) => objects(each['allocations']));
		const id = world.requests().find((each) => allocations(each).length > 0) ?? '';
		const [known] = allocations(id);
		const url = `${base}/requests/${id}/allocations/${text(known, 'allocationId')}`;
		expect((await client.get(url)).json).toEqual(asArray ? [known] : known);
		const put = await client.call('PUT', url, { percentage: 12.5 });
		expect(member(asArray ? member(put.json, 0) : put.json, 'percentage')).toBe(12.5);
		expect(member(allocations(id)[0], 'percentage')).toBe(12.5);
	});
});

test.each([
	[true, 'array'],
	[false, 'object'],
])('cashAdvanceAsArray=%s answers an %s', async (asArray) => {
	const client = await startClient({ requests: 0 });
	client.fake.quirks.cashAdvanceAsArray = asArray;
	const id = client.fake.world.addCashAdvance(client.fake.world.create({ name: 'x' }), {});
	const reply = await client.get(`${base}/cashadvances/${id}`);
	expect(Array.isArray(reply.json)).toBe(asArray);
});

test('participants are added and removed by a merge patch', async () => {
	const client = await startClient({ requests: 0 });
	const { world } = client.fake;
	const url = `${base}/requests/${world.create({ name: 'x' }, firstUserId(client))}/participants?userId=${firstUserId(client)}`;
	const type = { 'content-type': 'application/merge-patch+json' };
	const value = world.users.map(({ id }) => ({ id }));
	expect((await client.call('PATCH', url, { value }, type)).status).toBe(204);
	const gone = [{ id: firstUserId(client), '@deleted': true }];
	await client.call('PATCH', url, { value: gone }, type);
	const left = objects((await client.get(url)).json).map((each) => text(each, 'participant', 'id'));
	expect(left).toEqual(world.users.slice(1).map(({ id }) => id));
});

test('agency proposals are kept unless they are only tested', async () => {
	const client = await startClient({ requests: 0 });
	const url = `${base}/requests/${client.fake.world.create({ name: 'x' })}/agencyproposals`;
	const body = { agencyProposalEntries: [], booked: true, importDate: '2026-03-01' };
	const user = `userId=${firstUserId(client)}`;
	expect((await client.call('POST', `${url}?test=true&${user}`, body)).status).toBe(201);
	expect((await client.call('POST', url, body)).status).toBe(400);
	expect((await client.get(url)).json).toEqual([]);
	await client.call('POST', `${url}?${user}`, body);
	expect(objects((await client.get(url)).json)).toHaveLength(1);
});
