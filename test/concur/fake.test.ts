import { inspect } from 'node:util';
import type { FakeConcur } from '../../fake-concur/index';
import { faultKinds } from '../../fake-concur/faults/fault';
import { MemoryTokenStore } from '../../concur/auth/token-store';
import type { Credentials } from '../../concur/auth/credentials';
import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import { listUsers } from '../../concur/identity/list-users';
import {
	getCashAdvance,
	listCashAdvanceIds,
	listExceptions,
	listExpenses,
	listRequestComments,
} from '../../concur/travel-request/children';
import { getRequest } from '../../concur/travel-request/get-request';
import { listRequests } from '../../concur/travel-request/list-requests';
import { companyOf, connectTo, startFakeOnly } from './fake-client';
import { failureOf } from './serve';

async function idsOf(client: ConcurClient, userId: string): Promise<string[]> {
	const ids: string[] = [];
	for (let start = 0; ; start += 5) {
		const page = await listRequests(client, {
			userId,
			start,
			limit: 5,
			sortField: 'requestId',
			sortOrder: 'ASC',
		});
		ids.push(...page.items.map(({ id }) => id));
		if (!page.hasNext) return ids.sort();
	}
}

test.each<[string, (fake: FakeConcur) => Credentials]>([
	['a company request token', companyOf],
	[
		'client credentials',
		({ credentials: { clientId, clientSecret } }) => ({
			grantType: 'client_credentials',
			clientId,
			clientSecret,
		}),
	],
	[
		'a user’s password',
		({ credentials: { clientId, clientSecret, username, password } }) => ({
			grantType: 'password',
			clientId,
			clientSecret,
			username,
			password,
			credentialType: 'password',
		}),
	],
	[
		'a refresh token',
		({ credentials: { clientId, clientSecret, refreshToken } }) => ({
			grantType: 'refresh_token',
			clientId,
			clientSecret,
			refreshToken,
		}),
	],
])('all requests of a user are listed with %s', async (_name, credentials) => {
	const fake = await startFakeOnly();
	const userId = fake.world.users[0]?.id ?? '';
	const client = connectTo(fake, { credentials: credentials(fake) });
	expect(await idsOf(client, userId)).toEqual([...fake.world.requests(userId)].sort());
});

test('a request and its children', async () => {
	const fake = await startFakeOnly();
	const client = connectTo(fake);
	const userId = fake.world.users[0]?.id ?? '';
	const id = fake.world.requests(userId)[0] ?? '';
	fake.world.addComment(id, 'First');
	fake.world.addException(id);
	fake.world.addCashAdvance(id, {});
	expect(await getRequest(client, id, { userId })).toMatchObject({ id });
	expect(await listRequestComments(client, id, { userId })).not.toHaveLength(0);
	expect(await listExceptions(client, id, { userId })).not.toHaveLength(0);
	expect(await listExpenses(client, id, { userId })).toBeInstanceOf(Array);
	for (const asArray of [false, true]) {
		fake.quirks.cashAdvanceAsArray = asArray;
		const ids = await listCashAdvanceIds(client, id, { userId });
		expect(ids).not.toHaveLength(0);
		for (const cashAdvanceId of ids) {
			expect(await getCashAdvance(client, cashAdvanceId)).toMatchObject({ cashAdvanceId });
		}
	}
	expect(fake.trapped).toEqual([]);
});

test('users', async () => {
	const fake = await startFakeOnly({ users: 25, requests: 0 });
	const ids: string[] = [];
	for await (const page of listUsers(connectTo(fake), { count: 10 }))
		ids.push(...page.map(({ id }) => id));
	expect(ids).toEqual(fake.world.users.map(({ id }) => id));
});

test.each(faultKinds.filter((kind) => kind !== 'hugeBody'))(
	'with %s now and then, a listing is whole and nothing leaks',
	async (kind) => {
		const fake = await startFakeOnly({ users: 2 });
		const lines: string[] = [];
		const log = (facts: object, message: string) => lines.push(inspect(facts), message);
		const client = connectTo(fake, {
			timeouts: { totalMs: kind.startsWith('stall') ? 100 : 10_000 },
			logger: { debug: log, info: log, warn: log },
		});
		fake.faults.set({ kind, calls: [1, 3, 5], scope: 'api' });
		const userId = fake.world.users[1]?.id ?? '';
		expect(await idsOf(client, userId)).toEqual([...fake.world.requests(userId)].sort());
		expect(fake.faults.struck(kind)).toBe(3);
		fake.faults.set({ kind, scope: 'api' });
		const failure = await failureOf(listRequests(client, { userId }));
		expect(failure).toBeInstanceOf(ConcurError);
		const shown = inspect([failure, lines], { depth: 10, maxStringLength: null });
		for (const secret of fake.secrets()) expect(shown).not.toContain(secret);
		expect(fake.trapped).toEqual([]);
	},
);

test('a geolocation move is followed', async () => {
	const fake = await startFakeOnly();
	fake.faults.moved = true;
	const userId = fake.world.users[0]?.id ?? '';
	await listRequests(connectTo(fake), { userId });
	expect(fake.calls.map(({ host, path }) => `${host} ${path}`)).toEqual([
		'home /oauth2/v0/token',
		'moved /oauth2/v0/token',
		'moved /travelrequest/v4/requests',
	]);
});

test('rotating refresh tokens survive revocations, and the request token dying', async () => {
	const fake = await startFakeOnly();
	fake.quirks.rotateRefreshTokens = true;
	const tokenStore = new MemoryTokenStore();
	const userId = fake.world.users[0]?.id ?? '';
	for (let run = 0; run < 3; run++) {
		const client = connectTo(fake, { tokenStore });
		await listRequests(client, { userId });
		fake.revokeAccess();
		await listRequests(client, { userId });
		fake.clock.advance(25 * 3_600_000);
	}
	expect(fake.calls.filter(({ status }) => status === 400)).toEqual([]);
});

test('a huge answer is refused in bounded memory, the next call works', async () => {
	const fake = await startFakeOnly();
	const client = connectTo(fake);
	const userId = fake.world.users[0]?.id ?? '';
	const id = fake.world.requests(userId)[0] ?? '';
	fake.faults.huge.set(id, 40);
	expect(await failureOf(getRequest(client, id, { userId }))).toMatchObject({
		code: 'CONCUR_BODY_TOO_LARGE',
	});
	fake.faults.huge.set(id, 8);
	expect(await getRequest(client, id, { userId })).toMatchObject({ id });
});

test('a missing userId is explained', async () => {
	const fake = await startFakeOnly();
	const id = fake.world.requests()[0] ?? '';
	expect(await failureOf(listExceptions(connectTo(fake), id))).toMatchObject({
		code: 'CONCUR_BAD_REQUEST',
		concurCode: 'missingRequiredParam',
	});
});

test('the time of a call follows the server’s clock', async () => {
	const fake = await startFakeOnly({ now: new Date('2031-05-06T07:08:09.900Z') });
	const client = connectTo(fake);
	const { sent } = await listRequests(client, { userId: fake.world.users[0]?.id });
	const sentAt = client.serverTime.at(sent);
	const now = fake.clock.now();
	expect(sentAt).toBeLessThanOrEqual(Number(now));
	expect(sentAt).toBeGreaterThan(Number(now) - 60_000);
});
