import { startFakeConcur, type FakeConcur, type FakeConcurOptions } from '../../fake-concur/index';
import type { Credentials } from '../../concur/auth/credentials';
import {
	createConcurClient,
	type ConcurClient,
	type ConcurClientOptions,
} from '../../concur/client';
import { clockOf } from '../support/follow-clock';
import { fakeSleep, serve, testClient, type Answer, type TestServer } from './serve';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of open.splice(0).reverse()) await close();
});

export interface FakeAndClient {
	readonly fake: FakeConcur;
	/** With a company token, whose retries take no time. */
	readonly client: ConcurClient;
}

/** A fake Concur that ends with the test. */
export async function startFakeOnly(options: FakeConcurOptions = {}): Promise<FakeConcur> {
	const fake = await startFakeConcur({ requests: 40, users: 3, ...options });
	open.push(() => fake.close());
	return fake;
}

/** A client of a fake that ends with the test; its retries take no time. */
export function connectTo(
	fake: FakeConcur,
	options: Partial<ConcurClientOptions> = {},
): ConcurClient {
	const client = createConcurClient({
		baseUrl: fake.baseUrl,
		credentials: companyOf(fake),
		clock: clockOf(fake),
		...options,
		retry: { sleep: fakeSleep().sleep, ...options.retry },
	});
	open.push(() => client.close());
	return client;
}

/** Both at once. */
export async function startFake(
	options: FakeConcurOptions = {},
	clientOptions: Partial<ConcurClientOptions> = {},
): Promise<FakeAndClient> {
	const fake = await startFakeOnly(options);
	return { fake, client: connectTo(fake, clientOptions) };
}

/** A small server and a client of it, which end with the test. */
export async function startServer(
	answer: Answer,
): Promise<{ readonly server: TestServer; readonly client: ConcurClient }> {
	const server = await serve(answer);
	open.push(() => server.close());
	const client = testClient(server);
	open.push(() => client.close());
	return { server, client };
}

/** A company token's credentials. */
export function companyOf(fake: FakeConcur): Credentials {
	const { clientId, clientSecret, companyId, companyRequestToken } = fake.credentials;
	return {
		grantType: 'password',
		clientId,
		clientSecret,
		username: companyId,
		password: companyRequestToken,
		credentialType: 'authtoken',
	};
}

/** How often the fake was called like this. */
export function countCalls(fake: FakeConcur, method: string, path: RegExp): number {
	return fake.calls.filter((call) => call.method === method && path.test(call.path)).length;
}
