import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FakeConcur } from '../../fake-concur';
import { connectionVersions } from '../../concur/connection-request/versions';
import { jsonOf, openBench, textOf, type ConcurBench } from '../support/n8n/run-concur';
import { startFake } from '../support/start-fake';

const RESOURCE = 'connectionRequest';

async function open(options: Parameters<typeof startFake>[0] = {}) {
	const fake = await startFake({ seed: 3, users: 30, connectionRequests: 23, ...options });
	return { fake, bench: openBench(fake) };
}

const callsTo = (fake: FakeConcur, method: string) =>
	fake.calls.filter((call) => call.method === method && call.path.includes('connectionrequests'));

async function list(bench: ConcurBench, parameters: INodeParameters = {}): Promise<IDataObject[]> {
	return jsonOf(await bench.run(RESOURCE, 'getAll', { returnAll: true, ...parameters }));
}

const SIMPLE = [
	'email',
	'firstName',
	'id',
	'lastModified',
	'lastName',
	'loyaltyNumber',
	'middleName',
	'status',
	'userId',
];

describe('Connection Request, Get Many', () => {
	it.each(connectionVersions)(
		'brings all that wait, once each, with version %s',
		async (version) => {
			const { fake, bench } = await open();
			const items = await list(bench, { version });
			expect(new Set(items.map(({ id }) => id)).size).toBe(23);
			for (const item of items) expect(Object.keys(item).sort()).toEqual(SIMPLE);
			expect(callsTo(fake, 'GET').length).toBeGreaterThan(2);
			expect(callsTo(fake, 'PUT')).toEqual([]);
			expect(callsTo(fake, 'GET').every(({ path }) => path.includes(`/v${version}/`))).toBe(true);
		},
	);

	it.each(['queue', 'lease'] as const)('drains a %s', async (connectionQueue) => {
		const { bench } = await open({ connectionQueue });
		expect(await list(bench)).toHaveLength(23);
	});

	it('reads a page whose one item is an object, and a last page without NextPage', async () => {
		const { fake, bench } = await open({ connectionRequests: 21 });
		fake.quirks.singleItemAsObject = true;
		fake.quirks.omitLastNextPage = true;
		expect(await list(bench)).toHaveLength(21);
	});

	it.each([
		[1, 1],
		[10, 1],
		[11, 2],
	])('reads no further than the limit of %i', async (limit, calls) => {
		const { fake, bench } = await open();
		const items = jsonOf(await bench.run(RESOURCE, 'getAll', { limit }));
		expect(items).toHaveLength(limit);
		expect(callsTo(fake, 'GET')).toHaveLength(calls);
	});

	it.each([0, -1, 1.5])('refuses the limit %d in words', async (limit) => {
		const { bench } = await open();
		const { error } = await bench.run(RESOURCE, 'getAll', { limit: `={{ ${limit} }}` });
		expect(error?.message).toBe("The parameter 'Limit' is not a whole number above 0");
	});

	it('has one shape for all versions, all of it, where it is not simplified', async () => {
		const { bench } = await open();
		const shapes = await Promise.all(
			connectionVersions.map(async (version) => {
				const [first = {}] = await list(bench, { version, simplify: false });
				return [Object.keys(first), Object.keys(Object(first['emailAddresses']))];
			}),
		);
		expect(shapes[1]).toEqual(shapes[0]);
		expect(shapes[2]).toEqual(shapes[0]);
	});

	it.each([
		['3.2', 'firstName'],
		['3.0', 'FirstName'],
	])('gives version %s as Concur sent it where raw output is asked for', async (version, name) => {
		const { bench } = await open();
		const items = await list(bench, { version, options: { raw: true } });
		expect(items).toHaveLength(23);
		for (const item of items) {
			expect(Object.keys(item)).toEqual(expect.arrayContaining(['ID', name]));
			expect(JSON.stringify(item)).not.toMatch(/requesttoken/i);
		}
	});

	it('gives request tokens only where they are asked for', async () => {
		const { fake, bench } = await open();
		for (const options of [{}, { raw: true }]) {
			const text = JSON.stringify(await list(bench, { options, simplify: false }));
			expect(fake.secrets().filter((secret) => text.includes(secret))).toEqual([]);
		}
		const items = await list(bench, { options: { includeRequestToken: true } });
		const secrets = fake.secrets();
		expect(items.every(({ requestToken }) => secrets.includes(textOf(requestToken)))).toBe(true);
	});
});

describe('Connection Request, Get', () => {
	it.each(connectionVersions)('reads one by its ID with version %s', async (version) => {
		const { bench } = await open();
		const [wanted] = await list(bench, { version });
		const connectionRequestId = textOf(wanted?.['id']);
		const [got] = jsonOf(await bench.run(RESOURCE, 'get', { connectionRequestId, version }));
		expect(got).toMatchObject({ id: connectionRequestId, lastName: wanted?.['lastName'] });
	});

	it('says that one is not there, with what to do next', async () => {
		const { bench } = await open();
		const connectionRequestId = '00000000-0000-4000-8000-000000000000';
		const { error } = await bench.run(RESOURCE, 'get', { connectionRequestId });
		expect(error).toMatchObject({
			message: expect.stringContaining('Concur answered 404 to GET'),
			description: expect.stringMatching(/Check the id.*Correlation ID: [0-9a-f-]{36}/),
			httpCode: '404',
		});
	});
});

describe('Connection Request, Update Status', () => {
	it.each([
		['3.2', 'CRSUC', 204],
		['3.2', 'CRRET', 204],
		['3.2', 'CREU3', 204],
		['3.1', 'CREU1', 200],
		['3.0', 'CRPA1', 200],
	])('puts with version %s the code %s', async (version, status, answer) => {
		const { fake, bench } = await open();
		const items = await list(bench, { version });
		const run = await bench.run(
			RESOURCE,
			'updateStatus',
			{ connectionRequestId: '={{ $json.id }}', version, status },
			{ items: items.slice(0, 3) },
		);
		expect(jsonOf(run)).toEqual(
			items.slice(0, 3).map(({ id }) => ({ id, status, settledByReading: false })),
		);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(callsTo(fake, 'PUT').map((call) => call.status)).toEqual([answer, answer, answer]);
		expect(Math.max(...fake.connections.all.map(({ puts }) => puts.length))).toBe(1);
	});

	it('offers the codes CRPA only where the version knows them', async () => {
		const { bench } = await open();
		const { error } = await bench.run(RESOURCE, 'updateStatus', {
			connectionRequestId: 'x',
			version: '3.2',
			status: '={{ "CRPA1" }}',
		});
		expect(error).toMatchObject({
			message: "The parameter 'Status' has a value that is not offered",
			description: 'Use one of CRSUC, CRRET, CREU1, CREU2, CREU3.',
		});
	});

	it.each(connectionVersions)(
		'settles a lost answer by reading, with version %s, and e-mails nobody twice',
		async (version) => {
			const { fake, bench } = await open();
			const [first] = await list(bench, { version });
			fake.faults.set({ kind: 'resetAfter', calls: [1] });
			const connectionRequestId = textOf(first?.['id']);
			const run = await bench.run(RESOURCE, 'updateStatus', {
				connectionRequestId,
				version,
				status: 'CRSUC',
			});
			expect(jsonOf(run)).toEqual([
				{ id: connectionRequestId, status: 'CRSUC', settledByReading: true },
			]);
			expect(callsTo(fake, 'PUT')).toHaveLength(1);
		},
	);

	it('says that the request is not in the queue (any more)', async () => {
		const { bench } = await open();
		const connectionRequestId = '00000000-0000-4000-8000-000000000000';
		const run = await bench.run(RESOURCE, 'updateStatus', { connectionRequestId, status: 'CRSUC' });
		expect(run.error?.description).toMatch(/not in the queue \(any more\)/);
	});
});

describe('Connection Request, Exchange Request Token', () => {
	it('trades the token that was read for the one that is the connection', async () => {
		const { fake, bench } = await open();
		const waiting = await list(bench, { options: { includeRequestToken: true } });
		const run = await bench.run(RESOURCE, 'exchangeToken', {}, { items: waiting.slice(0, 2) });
		const [first, second] = jsonOf(run);
		expect(Object.keys(first ?? {})).toEqual(['userId', 'refreshToken', 'geolocation', 'scope']);
		expect(first).toMatchObject({ userId: waiting[0]?.['userId'], geolocation: fake.baseUrl });
		expect(second?.['refreshToken']).not.toBe(first?.['refreshToken']);
		expect(fake.secrets()).toContain(first?.['refreshToken']);
	});

	it('gives the access token too where it is asked for', async () => {
		const { bench } = await open();
		const [waiting = {}] = await list(bench, { options: { includeRequestToken: true } });
		const parameters = { includeAccessToken: true };
		const run = await bench.run(RESOURCE, 'exchangeToken', parameters, { items: [waiting] });
		const [grant = {}] = jsonOf(run);
		expect(textOf(grant['accessToken'])).toMatch(/^eyJ/);
		expect(Date.parse(textOf(grant['accessTokenExpires']))).toBeGreaterThan(Date.now());
	});

	it('says that a token has expired, and never shows it', async () => {
		const { fake, bench } = await open();
		const [waiting = {}] = await list(bench, { options: { includeRequestToken: true } });
		fake.clock.advance(25 * 3_600_000);
		const { error } = await bench.run(RESOURCE, 'exchangeToken', {}, { items: [waiting] });
		expect(error?.description).toMatch(/live for 24 hours at most/);
		expect(JSON.stringify(error)).not.toContain(textOf(waiting['requestToken']));
	});

	it('cannot work with the older versions, and says so', async () => {
		const { bench } = await open();
		const options = { includeRequestToken: true };
		const [waiting = {}] = await list(bench, { version: '3.0', options });
		const { error } = await bench.run(RESOURCE, 'exchangeToken', {}, { items: [waiting] });
		expect(error?.message).toBe("The parameter 'User ID' is empty");
	});
});

describe('Connection Request, Create and Delete', () => {
	it('makes one for a login, as tests and certification need', async () => {
		const { fake, bench } = await open({ connectionRequests: 0 });
		const loginId = fake.world.users[1]?.loginId ?? '';
		const run = await bench.run(RESOURCE, 'create', { loginId });
		expect(Object.keys(jsonOf(run)[0] ?? {})).toEqual(['id', 'uri']);
		expect(await list(bench)).toHaveLength(1);
	});

	it('takes one away, by the only version that can', async () => {
		const { fake, bench } = await open({ connectionRequests: 2 });
		const [first] = await list(bench);
		const connectionRequestId = textOf(first?.['id']);
		const run = await bench.run(RESOURCE, 'delete', { connectionRequestId });
		expect(jsonOf(run)).toEqual([{ deleted: true }]);
		expect(callsTo(fake, 'DELETE')[0]?.path).toMatch(/v3\.0/);
		expect(await list(bench)).toHaveLength(1);
	});
});
