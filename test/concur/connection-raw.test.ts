import { inspect } from 'node:util';
import {
	drainRawConnectionRequests,
	getRawConnectionRequest,
	listRawConnectionRequests,
	type RawConnectionRequest,
} from '../../concur/connection-request/raw-connection-requests';
import { startFake, startServer } from './fake-client';
import { failureOf, json } from './serve';

const camel = {
	ID: 'A',
	URI: 'https://us.concursolutions.com/api/v3.2/common/connectionrequests/A',
	firstName: 'Maria',
	middleName: null,
	loyaltyNumber: '0012',
	emailAddresses: { email1: null, email2: 'maria@example.com' },
	userId: 'U',
	fieldOfTomorrow: [1, { deep: true }],
};
const pascal = { ID: 'A', FirstName: 'Maria', MiddleName: null, EmailAddresses: { Email1: null } };

test.each([
	['3.2', camel, 'requestToken'],
	['3.1', pascal, 'RequestToken'],
	['3.0', { ID: 'A', FirstName: 'Maria' }, 'RequestToken'],
] as const)('version %s keeps its own names, but no request token', async (version, rest, name) => {
	const sent = { ...rest, [name]: 'the-request-token' };
	const { client } = await startServer((response, { path }) => {
		json(response, path.endsWith('/A') ? sent : { Items: [sent], NextPage: null });
	});
	expect(await getRawConnectionRequest(client, 'A', { version })).toEqual(rest);
	expect((await listRawConnectionRequests(client, {}, { version })).items).toEqual([rest]);
	const withToken = { version, includeRequestToken: true };
	expect(await getRawConnectionRequest(client, 'A', withToken)).toEqual(sent);
	expect((await listRawConnectionRequests(client, {}, withToken)).items).toEqual([sent]);
});

test.each([true, false])('all pages are read, each request once (tokens: %p)', async (wanted) => {
	for (const version of ['3.2', '3.1', '3.0'] as const) {
		const { fake, client } = await startFake({ connectionRequests: 23 });
		fake.quirks.omitLastNextPage = true;
		const read: RawConnectionRequest[] = [];
		const options = { version, includeRequestToken: wanted };
		for await (const page of drainRawConnectionRequests(client, { limit: 4 }, options)) {
			expect(page.length).toBeLessThanOrEqual(4);
			read.push(...page);
		}
		expect(read.map(({ ID }) => ID)).toEqual(fake.connections.all.map(({ id }) => id));
		const name = version === '3.2' ? 'requestToken' : 'RequestToken';
		for (const request of read) expect(name in request).toBe(wanted);
		expect(read[0]).toHaveProperty(version === '3.2' ? 'firstName' : 'FirstName');
		expect(fake.trapped).toEqual([]);
	}
});

test.each<unknown>([
	{ Items: [{ requestToken: 'the-request-token' }] },
	{ Items: [{ ID: '', RequestToken: 'the-request-token' }] },
	{ Items: [{ ID: null }] },
	{ Items: 'x' },
	'text',
])('the answer %j is unexpected, and no token shows', async (body) => {
	const { client } = await startServer((response) => {
		json(response, body);
	});
	const failure = await failureOf(listRawConnectionRequests(client));
	expect(failure).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY' });
	expect(inspect(failure, { depth: 9 })).not.toContain('the-request-token');
});
