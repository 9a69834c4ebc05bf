import { listUsers } from '../../concur/identity/list-users';
import type { ConcurUser } from '../../concur/identity/user-page';
import { IncompleteUserListError } from '../../concur/errors';
import { containing, failureOf, json, serve, testClient, type Answer } from './serve';

async function list(answer: Answer, count?: number) {
	const server = await serve(answer);
	const client = testClient(server);
	const pages: ConcurUser[][] = [];
	async function collect(): Promise<void> {
		for await (const page of listUsers(client, count === undefined ? {} : { count }))
			pages.push(page);
	}
	try {
		await collect();
		return { pages, calls: server.calls };
	} finally {
		await client.close();
		await server.close();
	}
}

const users = Array.from({ length: 5 }, (_, index) => ({
	id: `u${index}`,
	active: index !== 3,
	userName: `user${index}@x.example`,
	displayName: null,
}));

/** Pages of `count`, with a cursor that says where the next begins. */
const paged =
	(totalResults = users.length): Answer =>
	(response, { query }) => {
		const count = Number(query.get('count'));
		const at = Number(query.get('cursor') ?? '0');
		const more = at + count < users.length;
		json(response, {
			totalResults,
			itemsPerPage: count,
			Resources: users.slice(at, at + count),
			...(more && { nextCursor: String(at + count) }),
		});
	};

test('all pages, inactive users too', async () => {
	const { pages, calls } = await list(paged(), 2);
	expect(pages.map((page) => page.map(({ id }) => id))).toEqual([
		['u0', 'u1'],
		['u2', 'u3'],
		['u4'],
	]);
	expect(pages[1]?.[1]).toEqual({ id: 'u3', active: false, userName: 'user3@x.example' });
	expect(calls.map(({ path }) => path)).toEqual(Array(3).fill('/profile/identity/v4.1/Users'));
	expect(Object.fromEntries(calls[1]?.query ?? [])).toEqual({
		attributes: 'id,active,userName,displayName',
		count: '2',
		cursor: '2',
	});
});

test('a thousand a page unless told', async () => {
	const { pages, calls } = await list(paged());
	expect(pages).toHaveLength(1);
	expect(calls[0]?.query.get('count')).toBe('1000');
	expect(calls[0]?.query.has('cursor')).toBe(false);
});

test('nobody at all is no page', async () => {
	const { pages } = await list((response) => {
		json(response, { totalResults: 0, Resources: [] });
	});
	expect(pages).toEqual([]);
});

test('pages that end early are an error, not missing people', async () => {
	const failure = await failureOf(list(paged(6), 2));
	expect(failure).toBeInstanceOf(IncompleteUserListError);
	expect(failure).toMatchObject({
		message: 'Concur announced 6 users but its pages ended after 5.',
	});
});

test('a cursor that comes again is an error, not a loop', async () => {
	const failure = await failureOf(
		list((response) => {
			json(response, { totalResults: 5, Resources: users.slice(0, 2), nextCursor: 'again' });
		}, 2),
	);
	expect(failure).toBeInstanceOf(IncompleteUserListError);
});

test('a cursor that is new each time and leads to nobody new is an error, not a loop', async () => {
	let page = 0;
	const endless: Answer = (response) => {
		json(response, { Resources: users.slice(0, 2), nextCursor: `c${page++}` });
	};
	const failure = await failureOf(list(endless, 2));
	expect(failure).toBeInstanceOf(IncompleteUserListError);
	expect(failure).toMatchObject({ message: containing('nobody new after 2') });
	expect(page).toBeLessThan(6);
});

test('a user without an id is told after all others were handed out', async () => {
	const server = await serve((response) => {
		json(response, { totalResults: 3, Resources: [{ id: 'a' }, null, { userName: 'x' }] });
	});
	const client = testClient(server);
	const seen: string[] = [];
	async function collect(): Promise<void> {
		for await (const page of listUsers(client)) seen.push(...page.map(({ id }) => id));
	}
	const failure = await failureOf(collect());
	expect(failure).toMatchObject({ message: containing('2 of the users') });
	expect(seen).toEqual(['a']);
	await client.close();
	await server.close();
});

test.each<[unknown, number]>([
	[{ totalResults: 5 }, 200],
	[{ totalResults: 5, Resources: null }, 200],
	[{ Resources: {} }, 200],
	[{}, 200],
	[null, 200],
	[{ totalResults: 0, Resources: [] }, 202],
	[{ totalResults: 0, Resources: [] }, 206],
])('the answer %j with status %d does not say that nobody is there', async (body, status) => {
	const answer: Answer = (response) => {
		json(response, body, status);
	};
	expect(await failureOf(list(answer))).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY' });
});

test('nobody may come without an array', async () => {
	const { pages } = await list((response) => {
		json(response, { totalResults: 0 });
	});
	expect(pages).toEqual([]);
});

test('a token of the wrong kind gets advice', async () => {
	const failure = await failureOf(
		list((response) => {
			json(response, { status: '403', detail: 'Forbidden' }, 403);
		}),
	);
	expect(failure).toMatchObject({ code: 'CONCUR_FORBIDDEN', advice: containing('company token') });
});
