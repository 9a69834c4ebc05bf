import { z } from 'zod';
import type { FakeConcur } from '../../fake-concur';
import { formFor } from '../support/n8n/run-concur';
import { startFake } from '../support/start-fake';
import { errorOf, outputOf, type Execution } from './execution';
import { N8nApi } from './n8n-api';
import { chain, MANUAL_TRIGGER, type CredentialReference, type NodeSketch } from './workflow';

const n8n = new N8nApi();

function concurNode(type: string, credential: CredentialReference): NodeSketch {
	return {
		name: 'Concur',
		type: 'n8n-nodes-sap-concur.sapConcur',
		parameters: {
			authentication: type,
			resource: 'travelRequest',
			operation: 'getAll',
			view: 'ALL',
			limit: 5,
		},
		credentials: { [type]: credential },
	};
}

function httpNode(type: string, credential: CredentialReference, url: string): NodeSketch {
	return {
		name: 'HTTP',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: type },
		credentials: { [type]: credential },
	};
}

function run(node: NodeSketch): Promise<Execution> {
	return n8n.runWorkflow(chain(node.name, MANUAL_TRIGGER, node));
}

async function expectRuns(node: NodeSketch, times = 1): Promise<void> {
	const executions = await Promise.all(Array.from({ length: times }, () => run(node)));
	for (const execution of executions) {
		expect(errorOf(execution, node.name)).toBeUndefined();
		expect(outputOf(execution, node.name)).toHaveLength(5);
	}
}

const tokenCalls = (fake: FakeConcur) =>
	fake.calls.filter(({ path }) => path === '/oauth2/v0/token');

describe('The credential SAP Concur API in a real n8n', () => {
	it.each(['clientCredentials', 'requestToken', 'password', 'refreshToken'])(
		'signs in with %s, is stored by n8n, and lives on when tokens die and rotate',
		async (grant) => {
			const fake = await startFake({ seed: 5, requests: 20 });
			fake.quirks.rotateRefreshTokens = true;
			const { companyId, companyRequestToken: requestToken, ...rest } = fake.credentials;
			const form = formFor(fake, { ...rest, grant, companyId, requestToken });
			const credential = await n8n.createCredential('sapConcurApi', grant, form);
			expect(await n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
			for (let day = 0; day < 3; day++) {
				await expectRuns(concurNode('sapConcurApi', credential), 3);
				fake.clock.advance(86_400_000);
			}
			expect(tokenCalls(fake).every(({ status }) => status === 200)).toBe(true);
		},
	);

	it('tells the editor nothing secret', async () => {
		const fake = await startFake({ seed: 5, requests: 20 });
		const { refreshToken } = fake.credentials;
		const form = formFor(fake, { grant: 'refreshToken', refreshToken });
		const credential = await n8n.createCredential('sapConcurApi', 'Hidden', form);
		await expectRuns(concurNode('sapConcurApi', credential));
		const shown = await n8n.http.text('GET', `/rest/credentials/${credential.id}?includeData=true`);
		expect(shown).toContain(fake.baseUrl);
		expect(fake.secrets().filter((secret) => shown.includes(secret))).toEqual([]);
	});

	it.each([
		['a wrong secret', { clientSecret: 'not-this-one' }, /client ID and client secret/],
		[
			'an expired request token',
			{ grant: 'requestToken', companyId: 'x', requestToken: 'long-gone' },
			/request token dies after 24 hours/,
		],
		['a foreign host', { baseUrl: 'https://evil.example' }, /evil\.example is not allowed/],
	])('says in its dialog what is wrong with %s', async (_, fields, says) => {
		const fake = await startFake({ seed: 5, requests: 1 });
		const form = formFor(fake, fields);
		const credential = await n8n.createCredential('sapConcurApi', 'Wrong', form);
		const result = await n8n.testCredential(credential);
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(says) });
	});

	it('says in its dialog which scope is missing', async () => {
		const fake = await startFake({ seed: 5, requests: 1 });
		fake.quirks.grantedScopes = 'expense.report.read';
		const credential = await n8n.createCredential('sapConcurApi', 'No scope', formFor(fake));
		const { message } = await n8n.testCredential(credential);
		expect(message).toMatch(/lacks the scope.*travelrequest\.write/);
	});

	it("works in n8n's HTTP Request node, but for Concur only", async () => {
		const fake = await startFake({ seed: 5, requests: 20 });
		const other = await startFake({ seed: 6, requests: 1 });
		const credential = await n8n.createCredential('sapConcurApi', 'HTTP', formFor(fake));
		const ask = (url: string) => run(httpNode('sapConcurApi', credential, url));
		const path = '/travelrequest/v4/requests?limit=3';
		const good = await ask(`${fake.baseUrl}${path}`);
		expect(outputOf(good, 'HTTP')).toMatchObject([{ data: [{}, {}, {}] }]);
		const bad = await ask(`https://evil.example${path}`);
		expect(errorOf(bad, 'HTTP')?.message).toMatch(/evil\.example is not allowed/);
		expect(other.calls).toEqual([]);
	});
});

describe('The credential SAP Concur OAuth2 API in a real n8n', () => {
	/** Clicks "Connect my account"; the fake's sign-in page agrees at once. */
	async function connect(fake: FakeConcur): Promise<CredentialReference> {
		const { clientId, clientSecret } = fake.credentials;
		const credential = await n8n.createCredential('sapConcurOAuth2Api', 'Account', {
			region: 'custom',
			baseUrl: fake.baseUrl,
			clientId,
			clientSecret,
			scope: 'travelrequest.write',
		});
		const path = `/oauth2-credential/auth?id=${credential.id}`;
		const address = new URL(await n8n.http.call(z.string(), 'GET', path));
		expect(address.origin + address.pathname).toBe(`${fake.baseUrl}/oauth2/v0/authorize`);
		const page = await fetch(address, { redirect: 'manual' });
		const back = new URL(page.headers.get('location') ?? '');
		expect(await n8n.http.text('GET', back.pathname + back.search)).toMatch(/success/i);
		return credential;
	}

	it("works in n8n's HTTP Request node, but for Concur only", async () => {
		const fake = await startFake({ seed: 5, requests: 20, users: 1 });
		const credential = await connect(fake);
		const ask = (url: string) => run(httpNode('sapConcurOAuth2Api', credential, url));
		const path = '/travelrequest/v4/requests?limit=3';
		expect(outputOf(await ask(`${fake.baseUrl}${path}`), 'HTTP')).toMatchObject([
			{ data: [{}, {}, {}] },
		]);
		expect(errorOf(await ask(`https://evil.example${path}`), 'HTTP')?.message).toMatch(
			/not allowed/i,
		);
	});

	it('connects an account, and renews it once for many workflows at the same moment', async () => {
		const fake = await startFake({ seed: 5, requests: 40, users: 1 });
		fake.quirks.rotateRefreshTokens = true;
		const node = concurNode('sapConcurOAuth2Api', await connect(fake));
		await expectRuns(node);
		for (let round = 0; round < 3; round++) {
			fake.revokeAccess();
			const before = tokenCalls(fake).length;
			await expectRuns(node, 5);
			expect(
				tokenCalls(fake)
					.slice(before)
					.map(({ status }) => status),
			).toEqual([200]);
		}
	});
});
