import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FakeConcur } from '../../fake-concur';
import { createCredentialStore, type CredentialStore } from '../support/n8n/credential-store';
import { formFor, jsonOf } from '../support/n8n/run-concur';
import { runNode } from '../support/n8n/run-node';
import type * as WorkerModule from '../support/n8n/worker';
import type { Worker } from '../support/n8n/worker';
import { startFake } from '../support/start-fake';

/** One more n8n process: its own copy of our code, and so of everything our code remembers. */
function startWorker(): Worker {
	const started: Worker[] = [];
	jest.isolateModules(() => {
		started.push(jest.requireActual<typeof WorkerModule>('../support/n8n/worker').loadPackage());
	});
	const [worker] = started;
	if (!worker) throw new Error('The worker did not start.');
	return worker;
}

/** The database that all workers share, as one of them sees it. */
function storeOf(database: CredentialStore, { types }: Worker): CredentialStore {
	return {
		...database,
		typeByName: (name) => types.find((type) => type.name === name) ?? database.typeByName(name),
	};
}

const TOKENS = '/oauth2/v0/token';

const READ: INodeParameters = {
	resource: 'travelRequest',
	operation: 'getAll',
	view: 'ALL',
	limit: 1,
};

async function race(fake: FakeConcur, form: IDataObject): Promise<void> {
	fake.quirks.rotateRefreshTokens = true;
	const workers = [startWorker(), startWorker(), startWorker()];
	const database = createCredentialStore(workers[0]?.types ?? []);
	const credential = database.add('sapConcurApi', formFor(fake, form));
	const runAll = () =>
		Promise.all(
			workers.map((worker) =>
				runNode({
					nodeType: worker.nodeType,
					store: storeOf(database, worker),
					credentials: { sapConcurApi: credential },
					parameters: { ...READ },
					items: [{}, {}, {}],
				}),
			),
		);
	// The first round takes the token of the form, the others the rotated ones.
	for (let round = 0; round < 4; round++) {
		for (const run of await runAll()) expect(jsonOf(run)).toHaveLength(3);
		fake.revokeAccess();
	}
}

describe('Workers that renew one credential at the same moment', () => {
	it('all go on with a rotating refresh token, and the connection lives on', async () => {
		const fake = await startFake({ seed: 5, requests: 10 });
		const { refreshToken } = fake.credentials;
		await race(fake, { grant: 'refreshToken', refreshToken });
		// The race was real: some have spent a token that another had spent before.
		const refused = fake.calls.filter(({ path, status }) => path === TOKENS && status === 400);
		expect(refused.length).toBeGreaterThan(0);
	});

	it('all go on with a company request token', async () => {
		const fake = await startFake({ seed: 5, requests: 10 });
		const { companyId, companyRequestToken } = fake.credentials;
		await race(fake, { grant: 'requestToken', companyId, requestToken: companyRequestToken });
	});
});
