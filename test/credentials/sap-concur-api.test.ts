import type { IDataObject } from 'n8n-workflow';
import { readStoredAccess } from '../../credentials/stored-access';
import type { FakeConcur } from '../../fake-concur';
import { formFor, jsonOf, openBench } from '../support/n8n/run-concur';
import { startFake } from '../support/start-fake';

const READ = ['travelRequest', 'getAll', { view: 'ALL', limit: 1 }] as const;

const tokenCalls = (fake: FakeConcur) =>
	fake.calls.filter(({ path }) => path === '/oauth2/v0/token').length;

/** The four ways to sign in, as a person fills the form. */
function grantsOf(fake: FakeConcur): Record<string, IDataObject> {
	const { username, password, companyId, companyRequestToken, refreshToken } = fake.credentials;
	return {
		'client credentials': { grant: 'clientCredentials' },
		'a company request token': {
			grant: 'requestToken',
			companyId,
			requestToken: companyRequestToken,
		},
		'a user name and password': { grant: 'password', username, password },
		'a refresh token': { grant: 'refreshToken', refreshToken },
	};
}

const grantNames = [
	'client credentials',
	'a company request token',
	'a user name and password',
	'a refresh token',
];

describe('The credential SAP Concur API', () => {
	it.each(grantNames)('signs in with %s, once for many items and runs', async (name) => {
		const fake = await startFake({ seed: 5, requests: 10 });
		const bench = openBench(fake, grantsOf(fake)[name]);
		jsonOf(await bench.run(...READ, { items: [{}, {}, {}, {}, {}, {}] }));
		jsonOf(await bench.run(...READ));
		expect(tokenCalls(fake)).toBe(1);
	});

	it.each(grantNames)('signs in again with %s when the token dies', async (name) => {
		const fake = await startFake({ seed: 5, requests: 10 });
		const bench = openBench(fake, grantsOf(fake)[name]);
		jsonOf(await bench.run(...READ));
		fake.revokeAccess();
		jsonOf(await bench.run(...READ, { items: [{}, {}, {}, {}, {}, {}] }));
		expect(tokenCalls(fake)).toBe(2);
	});

	it.each(['a company request token', 'a refresh token'])(
		'keeps the rotated token that came with %s, long after the first has died',
		async (name) => {
			const fake = await startFake({ seed: 5, requests: 10 });
			fake.quirks.rotateRefreshTokens = true;
			const bench = openBench(fake, grantsOf(fake)[name]);
			const seen = new Set<unknown>();
			for (let month = 0; month < 9; month++) {
				jsonOf(await bench.run(...READ));
				seen.add(bench.store.read(bench.credential)['currentRefreshToken']);
				fake.clock.advance(30 * 86_400_000);
			}
			expect(seen.size).toBe(9);
		},
	);

	it('never spends a refresh token where a password does', async () => {
		const fake = await startFake({ seed: 5, requests: 10 });
		const bench = openBench(fake, grantsOf(fake)['a user name and password']);
		jsonOf(await bench.run(...READ));
		expect(bench.store.read(bench.credential)['currentRefreshToken']).toBe('');
	});

	it('renews ahead of the end, so that no call is spent on a dead token', async () => {
		const fake = await startFake({ seed: 5, requests: 10, accessTokenSeconds: 20 });
		const bench = openBench(fake);
		jsonOf(await bench.run(...READ));
		const { accessTokenGoodUntil } = readStoredAccess(bench.store.read(bench.credential));
		expect(Date.parse(accessTokenGoodUntil) - Date.now()).toBeLessThan(20_000);
		bench.store.update(bench.credential, { accessTokenGoodUntil: new Date(0).toISOString() });
		jsonOf(await bench.run(...READ));
		expect(tokenCalls(fake)).toBe(2);
		expect(fake.calls.filter(({ status }) => status === 401)).toEqual([]);
	});

	it('goes where Concur says the account lives, and stays there', async () => {
		const fake = await startFake({ seed: 5, requests: 10 });
		fake.faults.moved = true;
		const bench = openBench(fake);
		jsonOf(await bench.run(...READ));
		jsonOf(await bench.run(...READ));
		expect(bench.store.read(bench.credential)['geolocation']).toBe(fake.movedUrl);
		expect(
			fake.calls.filter(({ path }) => !path.startsWith('/oauth2')).map(({ host }) => host),
		).toEqual(['moved', 'moved']);
	});

	it('does not use the token of another company after the form has changed', async () => {
		const before = await startFake({ seed: 5, requests: 10 });
		const after = await startFake({ seed: 6, requests: 10 });
		const bench = openBench(before);
		jsonOf(await bench.run(...READ));
		bench.store.update(bench.credential, formFor(after));
		jsonOf(await bench.run(...READ));
		expect(tokenCalls(after)).toBe(1);
		expect(after.calls.filter(({ status }) => status === 401)).toEqual([]);
	});

	it('stores no secret in a field that n8n shows', async () => {
		const fake = await startFake({ seed: 5, requests: 10 });
		for (const name of grantNames) {
			const bench = openBench(fake, grantsOf(fake)[name]);
			jsonOf(await bench.run(...READ));
			const { properties } = bench.store.typeByName('sapConcurApi');
			const shown = properties
				.filter(({ typeOptions }) => typeOptions?.password !== true)
				.map((property) => bench.store.read(bench.credential)[property.name]);
			const text = JSON.stringify(shown);
			expect(fake.secrets().filter((secret) => text.includes(secret))).toEqual([]);
		}
	});
});
