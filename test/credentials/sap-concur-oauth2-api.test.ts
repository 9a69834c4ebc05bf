import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { SapConcurOAuth2Api } from '../../credentials/SapConcurOAuth2Api.credentials';
import type { FakeConcur } from '../../fake-concur';
import { SapConcur } from '../../nodes/SapConcur/SapConcur.node';
import { createAdditionalData } from '../support/n8n/additional-data';
import { createCredentialStore, type CredentialStore } from '../support/n8n/credential-store';
import { jsonOf } from '../support/n8n/run-concur';
import { runNode } from '../support/n8n/run-node';
import { startFake } from '../support/start-fake';

const tokenData = z.record(z.union([z.string(), z.number()]));

const TYPE = 'sapConcurOAuth2Api';
const GLOBAL = 'https://glz.api.concursolutions.com/oauth2/v0/token';
const EU = 'https://eu2.api.concursolutions.com';

/** The addresses n8n gets for a form: its expressions evaluated by n8n. */
async function addressesOf(form: IDataObject): Promise<[unknown, unknown]> {
	const store = createCredentialStore([new SapConcurOAuth2Api()]);
	const credential = store.add(TYPE, form);
	const additionalData = createAdditionalData(store);
	const { authUrl, accessTokenUrl } = await additionalData.credentialsHelper.getDecrypted(
		additionalData,
		credential,
		TYPE,
		'internal',
	);
	return [authUrl, accessTokenUrl];
}

/** What n8n holds after the person has signed in. */
async function signIn(fake: FakeConcur): Promise<IDataObject> {
	const { clientId, clientSecret } = fake.credentials;
	const redirect = `${fake.baseUrl}/rest/oauth2-credential/callback`;
	const query = new URLSearchParams({
		client_id: clientId,
		response_type: 'code',
		redirect_uri: redirect,
		state: 's',
	});
	const page = await fetch(`${fake.baseUrl}/oauth2/v0/authorize?${query.toString()}`, {
		redirect: 'manual',
	});
	const back = new URL(page.headers.get('location') ?? '');
	expect(back.searchParams.get('state')).toBe('s');
	const answer = await fetch(`${fake.baseUrl}/oauth2/v0/token`, {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			code: back.searchParams.get('code') ?? '',
			redirect_uri: redirect,
			client_id: clientId,
			client_secret: clientSecret,
		}),
	});
	return {
		region: 'custom',
		baseUrl: fake.baseUrl,
		clientId,
		clientSecret,
		grantType: 'authorizationCode',
		oauthTokenData: tokenData.parse(await answer.json()),
	};
}

function run(store: CredentialStore, credential: { id: string | null; name: string }) {
	return runNode({
		nodeType: new SapConcur(),
		store,
		credentials: { [TYPE]: credential },
		parameters: {
			authentication: TYPE,
			resource: 'travelRequest',
			operation: 'getAll',
			view: 'ALL',
			limit: 1,
		},
		items: [{}, {}, {}],
	});
}

describe('The addresses of the credential SAP Concur OAuth2 API', () => {
	const token = (geolocation: string) => ({ oauthTokenData: { geolocation } });

	it.each<[string, IDataObject, string, string]>([
		['a region', { region: 'eu2' }, 'https://www-eu2.api.concursolutions.com', GLOBAL],
		[
			'a region, once Concur has said where the account lives',
			{ region: 'us2', ...token(EU) },
			'https://www-us2.api.concursolutions.com',
			`${EU}/oauth2/v0/token`,
		],
		[
			'a region and a geolocation that is no Concur host',
			{ region: 'us2', ...token('https://evil.example') },
			'https://www-us2.api.concursolutions.com',
			GLOBAL,
		],
		[
			'a region and a geolocation that only looks like Concur',
			{ region: 'us2', ...token('https://x.api.concursolutions.com.evil.example') },
			'https://www-us2.api.concursolutions.com',
			GLOBAL,
		],
		[
			'an address on this machine',
			{ region: 'custom', baseUrl: 'http://127.0.0.1:9/' },
			'http://127.0.0.1:9',
			'http://127.0.0.1:9/oauth2/v0/token',
		],
		[
			'an address on this machine and a geolocation at Concur',
			{ region: 'custom', baseUrl: 'http://localhost:9', ...token(EU) },
			'http://localhost:9',
			'http://localhost:9/oauth2/v0/token',
		],
	])('are right for %s', async (_, form, origin, tokenUrl) => {
		expect(await addressesOf(form)).toEqual([`${origin}/oauth2/v0/authorize`, tokenUrl]);
	});

	it.each([
		'https://evil.example',
		'http://us2.api.concursolutions.com',
		'ftp://localhost',
		'',
		'x',
	])('are empty for the base address "%s", which is not allowed', async (baseUrl) => {
		expect(await addressesOf({ region: 'custom', baseUrl })).toEqual(['', '']);
	});
});

describe('The credential SAP Concur OAuth2 API', () => {
	it('works for a person who has signed in, and calls where the account lives', async () => {
		const fake = await startFake({ seed: 5, requests: 10 });
		const store = createCredentialStore([new SapConcurOAuth2Api()]);
		const form = await signIn(fake);
		fake.faults.moved = true;
		const credential = store.add(TYPE, {
			...form,
			oauthTokenData: { ...Object(form['oauthTokenData']), geolocation: fake.movedUrl },
		});
		expect(jsonOf(await run(store, credential))).toHaveLength(3);
		expect(fake.calls.filter(({ host }) => host === 'moved')).toHaveLength(3);
	});

	it('is renewed once when several nodes find the token dead, and keeps the rotated one', async () => {
		const fake = await startFake({ seed: 5, requests: 10 });
		fake.quirks.rotateRefreshTokens = true;
		const store = createCredentialStore([new SapConcurOAuth2Api()]);
		const credential = store.add(TYPE, await signIn(fake));
		for (let round = 0; round < 3; round++) {
			fake.revokeAccess();
			const before = fake.calls.length;
			const runs = await Promise.all([run(store, credential), run(store, credential)]);
			for (const one of runs) expect(jsonOf(one)).toHaveLength(3);
			const renewals = fake.calls.slice(before).filter(({ path }) => path === '/oauth2/v0/token');
			expect(renewals.map(({ status }) => status)).toEqual([200]);
		}
	});

	it('refuses a base address that is not Concur before anything is sent', async () => {
		const fake = await startFake({ seed: 5, requests: 1 });
		const store = createCredentialStore([new SapConcurOAuth2Api()]);
		const credential = store.add(TYPE, {
			...(await signIn(fake)),
			baseUrl: 'https://evil.example',
		});
		const { error } = await run(store, credential);
		expect(error?.message).toContain('evil.example is not allowed');
	});
});
