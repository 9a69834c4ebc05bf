import type { Credentials } from '../../concur/auth/credentials';
import type { ConcurClient, ConcurClientOptions } from '../../concur/client';
import { json, serve, testClient, type Answer, type TestServer } from './serve';

export const app = { clientId: 'the-client-id', clientSecret: 'the-client-secret' };
/** A company's request token. */
export const company: Credentials = {
	grantType: 'password',
	...app,
	username: 'company-uuid',
	password: 'request-token-1',
	credentialType: 'authtoken',
};
export const refresh: Credentials = {
	grantType: 'refresh_token',
	...app,
	refreshToken: 'refresh-0',
};
export const get = { method: 'GET', path: '/x' } as const;
const ok: Answer = (response) => {
	json(response, {});
};

/** What the test leaves to close. */
export const open: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of open.splice(0)) await close();
});

/** A server and a client of it end with the test. */
export async function serveTokens(answerToken?: Answer, answer: Answer = ok): Promise<TestServer> {
	const server = await serve(answer, answerToken);
	open.push(() => server.close());
	return server;
}

export function clientOf(
	server: TestServer,
	options: Partial<ConcurClientOptions> = {},
): ConcurClient {
	const client = testClient(server, options);
	open.push(() => client.close());
	return client;
}

/** The form of a token call. */
export function formOf(server: TestServer, call = 0): Record<string, string> {
	return Object.fromEntries(new URLSearchParams(server.tokenCalls[call]?.body));
}
