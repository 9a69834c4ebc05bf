import type { ConcurClient } from '../../concur/client';
import { ConfigurationError } from '../../concur/errors';
import { createConnectionRequest } from '../../concur/connection-request/create-connection-request';
import { getConnectionRequest } from '../../concur/connection-request/get-connection-request';
import { listConnectionRequests } from '../../concur/connection-request/list-connection-requests';
import { startFake, startServer } from './fake-client';
import { failureOf, json } from './serve';

const noEmails = { email1: null, email2: null, email3: null, email4: null, email5: null };
const camel = {
	ID: '5d2804fb',
	URI: 'https://us.concursolutions.com/api/v3.2/common/connectionrequests/5d2804fb',
	firstName: 'Maria',
	middleName: null,
	lastName: 'Müller',
	loyaltyNumber: '0012',
	status: 'Pending',
	requestToken: 'the-request-token',
	lastModified: '2022-11-09T05:57:29',
	emailAddresses: { ...noEmails, email1: 'maria@example.com' },
	userId: 'U',
};
const pascal = {
	ID: camel.ID,
	URI: camel.URI,
	FirstName: 'Maria',
	MiddleName: null,
	LastName: 'Müller',
	LoyaltyNumber: '0012',
	Status: 'Pending',
	RequestToken: 'the-request-token',
	LastModified: '2022-11-09T05:57:29',
};
const read = {
	id: camel.ID,
	uri: camel.URI,
	firstName: 'Maria',
	middleName: null,
	lastName: 'Müller',
	loyaltyNumber: '0012',
	status: 'Pending',
	lastModified: '2022-11-09T05:57:29',
};

test.each([
	['3.2', camel, { ...read, emailAddresses: camel.emailAddresses, userId: 'U' }],
	[
		'3.1',
		{ ...pascal, EmailAddresses: { Email1: 'maria@example.com', Email2: null } },
		{ ...read, emailAddresses: camel.emailAddresses, userId: null },
	],
	['3.0', pascal, { ...read, emailAddresses: noEmails, userId: null }],
] as const)('a request of version %s has the one shape', async (version, body, expected) => {
	const { server, client } = await startServer((response) => {
		json(response, body);
	});
	expect(await getConnectionRequest(client, '5d2804fb', { version })).toEqual(expected);
	const withToken = { version, includeRequestToken: true };
	expect(await getConnectionRequest(client, '5d2804fb', withToken)).toEqual({
		...expected,
		requestToken: 'the-request-token',
	});
	const path = `/api/v${version}/common/connectionrequests/5d2804fb`;
	expect(server.calls.map(({ url }) => url)).toEqual([path, path]);
	expect(server.calls[0]?.headers.accept).toBe('application/json');
});

test.each<[string, unknown, string[]]>([
	['an array', [camel, { ...camel, ID: 'B' }], [camel.ID, 'B']],
	['a single object', camel, [camel.ID]],
	['an empty array', [], []],
])('Items may be %s', async (_name, items, ids) => {
	const { client } = await startServer((response) => {
		json(response, { Items: items, NextPage: null });
	});
	const page = await listConnectionRequests(client);
	expect(page.items.map(({ id }) => id)).toEqual(ids);
	expect(page.next).toBeUndefined();
	expect(page.sentAt).toBeGreaterThan(0);
});

test.each<[unknown, object | undefined]>([
	[
		'https://evil.example/api/v3.2/common/connectionrequests/?limit=5&offset=5',
		{ offset: '5', limit: 5 },
	],
	[
		'https://us.concursolutions.com/x?offset=5d2804fb-0a&limit=10',
		{ offset: '5d2804fb-0a', limit: 10 },
	],
	['hhttps://https://us?limit=3&amp;offset=a%2Fb%3D', { offset: 'a/b=', limit: 3 }],
	['/x?offset=%zz', { offset: '%zz' }],
	['/x?Offset=7&limit=99', { offset: '7' }],
	['', undefined],
	[null, undefined],
	[undefined, undefined],
])('NextPage %j', async (NextPage, expected) => {
	const { client } = await startServer((response) => {
		json(response, { Items: [], NextPage });
	});
	expect((await listConnectionRequests(client)).next).toEqual(expected);
});

test.each<unknown>([
	[],
	'text',
	null,
	{ Items: 'x' },
	{ Items: null },
	{ NextPage: null },
	{ Items: [3] },
	{ Items: [{ ...camel, ID: null }] },
	{ Items: [{ requestToken: 'the-request-token' }] },
	{ Items: [], NextPage: 'https://us.concursolutions.com/x?limit=5' },
	{ Items: [], NextPage: 7 },
])('the answer %j is unexpected, and no token shows', async (body) => {
	const { client, server } = await startServer((response) => {
		json(response, body);
	});
	const failure = await failureOf(listConnectionRequests(client));
	expect(failure).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY' });
	expect(JSON.stringify(failure)).not.toContain('the-request-token');
	expect(server.calls).toHaveLength(1);
});

test('every parameter arrives in the query', async () => {
	const { client, server } = await startServer((response) => {
		json(response, { Items: [] });
	});
	await listConnectionRequests(client, { offset: 'a/b&c', limit: 10, status: 'Retry' });
	await listConnectionRequests(client);
	expect(Object.fromEntries(server.calls[0]?.query ?? [])).toEqual({
		offset: 'a/b&c',
		limit: '10',
		status: 'Retry',
	});
	expect(server.calls[1]?.url).toBe('/api/v3.2/common/connectionrequests');
});

test.each<[string, (client: ConcurClient) => Promise<unknown>]>([
	['a limit of 0', (c) => listConnectionRequests(c, { limit: 0 })],
	['a limit of 11', (c) => listConnectionRequests(c, { limit: 11 })],
	['a limit of 1.5', (c) => listConnectionRequests(c, { limit: 1.5 })],
	['an id that leads elsewhere', (c) => getConnectionRequest(c, '../x')],
	['a creation for nobody', (c) => createConnectionRequest(c, ' ')],
])('%s is refused before anything is sent', async (_name, call) => {
	const { client, server } = await startServer((response) => {
		json(response, {});
	});
	expect(await failureOf(call(client))).toBeInstanceOf(ConfigurationError);
	expect(server.calls).toEqual([]);
});

test('a request that does not exist is not found', async () => {
	const { client } = await startFake();
	expect(await failureOf(getConnectionRequest(client, 'nobody'))).toMatchObject({
		code: 'CONCUR_NOT_FOUND',
	});
});
