import { ConfigurationError } from '../../concur/errors';
import { searchUsers, type UserSearch } from '../../concur/identity/search-users';
import { countCalls, startFake, startServer } from './fake-client';
import { containing, failureOf, json } from './serve';

/** The body a search sends. */
async function bodyOf(search: UserSearch): Promise<unknown> {
	const { client, server } = await startServer((response) => {
		json(response, { totalResults: 0, Resources: [] });
	});
	await searchUsers(client, search);
	expect(server.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
		'POST /profile/identity/v4.1/Users/.search',
	]);
	return JSON.parse(server.calls[0]?.body ?? '');
}

const always = {
	schemas: ['urn:ietf:params:scim:api:messages:concur:2.0:SearchRequest'],
	attributes: ['id', 'active', 'userName', 'displayName'],
};

test.each([
	['doe', '"doe"'],
	['  John Doe ', '"John Doe"'],
	['von "Berg"', '"von \\"Berg\\""'],
	['a\\b', '"a\\\\b"'],
	['\\"', '"\\\\\\""'],
	['" or active eq true or id eq "', '"\\" or active eq true or id eq \\""'],
	['a\nb', '"a\\nb"'],
	['健太', '"健太"'],
])('the text %j is sought as %s', async (text, quoted) => {
	expect(await bodyOf({ text })).toEqual({
		...always,
		filter: `userName co ${quoted} or displayName co ${quoted}`,
	});
});

test.each<[UserSearch, object]>([
	[{}, {}],
	[{ text: '' }, {}],
	[{ text: ' \t' }, {}],
	[
		{ count: 25, cursor: 'dTo1' },
		{ count: 25, cursor: 'dTo1' },
	],
])('%j asks for everybody, page by page', async (search, expected) => {
	expect(await bodyOf(search)).toEqual({ ...always, ...expected });
});

test('users are found by a part of either name, whatever its case', async () => {
	const { fake, client } = await startFake({ users: 30 });
	const nameOf = (index: number) =>
		`${fake.world.users[index]?.firstName} ${fake.world.users[index]?.lastName}`;
	for (const text of ['DOE', 'von "berg"', "o'brien", 'user1', 'Łukasz', 'nobody', '\\']) {
		const wanted = fake.world.users.filter(({ loginId, index }) =>
			[loginId, nameOf(index)].some((name) => name.toLowerCase().includes(text.toLowerCase())),
		);
		const { users, nextCursor } = await searchUsers(client, { text });
		expect(users.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
		expect(nextCursor).toBeUndefined();
	}
	const { users } = await searchUsers(client, { text: 'von "Berg"' });
	expect(users.length).toBeGreaterThan(0);
	expect(users[0]).toEqual({
		id: expect.any(String),
		active: true,
		userName: expect.any(String),
		displayName: containing('von "Berg"'),
	});
});

test.each([undefined, 'user'])('the pages of %p follow their cursor to the end', async (text) => {
	const { fake, client } = await startFake({ users: 25 });
	const sizes: number[] = [];
	const seen = new Set<string>();
	let cursor: string | undefined;
	do {
		const page = await searchUsers(client, { text, count: 10, cursor });
		sizes.push(page.users.length);
		for (const { id } of page.users) seen.add(id);
		expect(page.total).toBeGreaterThanOrEqual(page.users.length);
		cursor = page.nextCursor;
	} while (cursor !== undefined);
	const wanted = fake.world.users.filter(({ loginId }) => loginId.includes(text ?? ''));
	expect([...seen]).toEqual(wanted.map(({ id }) => id));
	expect(sizes.slice(0, 2)).toEqual([10, 10]);
});

test.each(['rateLimit', 'unavailable', 'resetBefore', 'resetAfter'] as const)(
	'a search is repeated after %s, since it only reads',
	async (kind) => {
		const { fake, client } = await startFake();
		fake.faults.set({ kind, method: 'POST', times: 1 });
		expect((await searchUsers(client, { text: 'doe' })).users.length).toBeGreaterThan(0);
		expect(countCalls(fake, 'POST', /search$/)).toBe(2);
	},
);

test('a user token is refused, with advice', async () => {
	const { client } = await startServer((response) => {
		json(response, { status: '403', detail: 'Forbidden' }, 403);
	});
	expect(await failureOf(searchUsers(client))).toMatchObject({
		code: 'CONCUR_FORBIDDEN',
		advice: containing('company token'),
	});
});

test.each([0, 1001, 1.5])('a count of %p is refused before anything is sent', async (count) => {
	const { client, server } = await startServer((response) => {
		json(response, {});
	});
	expect(await failureOf(searchUsers(client, { count }))).toBeInstanceOf(ConfigurationError);
	expect(server.calls).toEqual([]);
});
