import { member, objects, startClient, stopAll, text, type Reply } from './client';

afterEach(stopAll);

const path = '/profile/identity/v4.1/Users';
const schemas = ['urn:ietf:params:scim:api:messages:concur:2.0:SearchRequest'];

describe('users of the company', () => {
	test('come in pages with a cursor that is absent on the last', async () => {
		const client = await startClient({ users: 25 });
		const seen: string[] = [];
		const sizes: number[] = [];
		let cursor = '';
		do {
			const reply = await client.get(`${path}?count=10${cursor && `&cursor=${cursor}`}`);
			sizes.push(resources(reply).length);
			seen.push(...resources(reply).map((user) => text(user, 'id')));
			expect(member(reply.json, 'totalResults')).toBe(25);
			cursor = text(reply.json, 'nextCursor');
		} while (cursor);
		expect(sizes).toEqual([10, 10, 5]);
		expect(seen).toEqual(client.fake.world.users.map((user) => user.id));
	});

	test('have no cursor after a last page that is exactly full', async () => {
		const client = await startClient({ users: 10 });
		expect(text((await client.get(`${path}?count=10`)).json, 'nextCursor')).toBe('');
	});

	test('are a hundred a page unless told otherwise, at most a thousand', async () => {
		const client = await startClient({ users: 120 });
		expect(resources(await client.get(path))).toHaveLength(100);
		expect((await client.get(`${path}?count=1001`)).status).toBe(400);
	});

	test.each([
		['?attributes=userName', ['id', 'schemas', 'userName']],
		[
			'?excludedAttributes=emails,meta,name',
			['active', 'displayName', 'id', 'schemas', 'userName'],
		],
	])('have the attributes asked for by %s', async (query, expected) => {
		const client = await startClient();
		const [user] = resources(await client.get(path + query));
		expect(Object.keys(user ?? {}).sort()).toEqual(expected);
	});

	test.each([
		['userName eq "user1@fake-concur.example"', 1],
		['emails.value eq "USER1@fake-concur.example"', 1],
		['displayName co "doe"', 1],
		['displayName co "nobody"', 0],
		['userName co "john.doe" or displayName CO "DOE" or id eq "none"', 1],
		['userName co "user" or displayName co "doe"', 3],
		['displayName co "\\" or id eq \\""', 0],
		['displayName co "\\u0044oe"', 1],
	])('are found by %s', async (filter, count) => {
		const client = await startClient();
		expect(
			resources(await client.call('POST', `${path}/.search`, { schemas, filter })),
		).toHaveLength(count);
	});

	test.each([
		['an unsupported filter', { schemas, filter: 'active pr' }],
		['terms without an or', { schemas, filter: 'id eq "a" id eq "b"' }],
		['a text that ends early', { schemas, filter: 'id eq "a" or "b"' }],
		['a text that is no JSON text', { schemas, filter: 'id eq "\\x"' }],
		['a search without its schema', { filter: 'id eq "a"' }],
	])('are not found by %s', async (_name, search) => {
		const client = await startClient();
		const reply = await client.call('POST', `${path}/.search`, search);
		expect(reply.status).toBe(400);
	});

	test('are shown one by one', async () => {
		const client = await startClient();
		const id = client.fake.world.users[0]?.id;
		expect(text((await client.get(`${path}/${id}`)).json, 'displayName')).toBe('John Doe');
		expect((await client.get(`${path}/nobody`)).status).toBe(404);
	});

	test('are refused to a user token', async () => {
		const client = await startClient({ tokenKind: 'user' });
		expect((await client.get(path)).status).toBe(403);
	});
});

function resources(reply: Reply) {
	return objects(member(reply.json, 'Resources'));
}
