import type { IDataObject } from 'n8n-workflow';
import type { FakeConcur } from '../../fake-concur';
import { openBench } from '../support/n8n/run-concur';
import { testCredential } from '../support/n8n/test-credential';
import { startFake } from '../support/start-fake';

interface Case {
	readonly what: string;
	readonly form?: (fake: FakeConcur) => IDataObject;
	readonly prepare?: (fake: FakeConcur) => void;
	readonly says: RegExp;
}

const companyForm = ({ credentials }: FakeConcur): IDataObject => ({
	grant: 'requestToken',
	companyId: credentials.companyId,
	requestToken: credentials.companyRequestToken,
});

const cases: readonly Case[] = [
	{
		what: 'a wrong client ID',
		form: () => ({ clientId: 'e010e25d-0000-4000-a000-000000000000' }),
		says: /client not found.*Check the client ID and client secret.*data center/,
	},
	{
		what: 'a wrong client secret',
		form: () => ({ clientSecret: 'not-this-one' }),
		says: /Check the client ID and client secret/,
	},
	{
		what: 'an expired company request token',
		form: companyForm,
		prepare: (fake) => fake.clock.advance(25 * 3_600_000),
		says: /request token.*24 hours.*new one/,
	},
	{
		what: 'a request token of another company',
		form: (fake) => ({ ...companyForm(fake), companyId: '00000000-0000-4000-8000-000000000000' }),
		says: /issued to/,
	},
	{
		what: 'a wrong password',
		form: ({ credentials }) => ({
			grant: 'password',
			username: credentials.username,
			password: 'not-this-one',
		}),
		says: /Check the user name and the password/,
	},
	{
		what: 'a dead refresh token',
		form: () => ({ grant: 'refreshToken', refreshToken: 'long-gone-token' }),
		says: /refresh token.*Connect the app again/,
	},
	{
		what: 'a missing field',
		form: () => ({ grant: 'refreshToken', refreshToken: '' }),
		says: /incomplete or wrong: refreshToken/,
	},
	{
		what: 'a host that is not Concur',
		form: () => ({ baseUrl: 'https://concur.example' }),
		says: /concur\.example is not allowed.*api\.concursolutions\.com/,
	},
	{
		what: 'plain http to another machine',
		form: () => ({ baseUrl: 'http://us2.api.concursolutions.com' }),
		says: /plain http is for this machine only/,
	},
	{
		what: 'an address with a path',
		form: (fake) => ({ baseUrl: `${fake.baseUrl}/travelrequest/v4` }),
		says: /give only https:\/\/ and the host/,
	},
	{
		what: 'a scope that is missing',
		prepare: (fake) => (fake.quirks.grantedScopes = 'expense.report.read'),
		says: /sign-in works.*lacks the scope.*travelrequest\.write.*CONREQ/,
	},
	{
		what: 'an address where nothing answers',
		form: () => ({ baseUrl: 'http://127.0.0.1:1' }),
		says: /could not be reached|refused the connection/i,
	},
];

describe('The test of the credential SAP Concur API', () => {
	it('is green where the sign-in works, for apps, companies and suppliers', async () => {
		for (const scopes of ['travelrequest.write', 'travelrequest.write CONREQ', 'CONREQ']) {
			const fake = await startFake({ seed: 5, requests: 1 });
			fake.quirks.grantedScopes = scopes;
			for (const form of [{}, companyForm(fake)]) {
				const { store, credential } = openBench(fake, form);
				expect(await testCredential(store, credential)).toMatchObject({ status: 'OK' });
			}
			// The queue would hand out request tokens.
			expect(fake.calls.filter(({ path }) => path.endsWith('/connectionrequests'))).toEqual([]);
		}
	});

	it('keeps the refresh token it got, so that a test ends no connection', async () => {
		const fake = await startFake({ seed: 5, requests: 1 });
		fake.quirks.rotateRefreshTokens = true;
		const { refreshToken } = fake.credentials;
		const { store, credential } = openBench(fake, { grant: 'refreshToken', refreshToken });
		for (let tests = 0; tests < 4; tests++) {
			expect(await testCredential(store, credential)).toMatchObject({ status: 'OK' });
		}
	});

	it.each(cases)('says in words what is wrong with $what', async ({ form, prepare, says }) => {
		const fake = await startFake({ seed: 5, requests: 1 });
		prepare?.(fake);
		const { store, credential } = openBench(fake, form?.(fake));
		const { status, message } = await testCredential(store, credential);
		expect(status).toBe('Error');
		expect(message).toMatch(says);
		expect(fake.secrets().filter((secret) => message.includes(secret))).toEqual([]);
	});
});
