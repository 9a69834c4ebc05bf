import type { IDataObject } from 'n8n-workflow';
import { SapConcurApi } from '../../../credentials/SapConcurApi.credentials';
import { SapConcurTrigger } from '../../../nodes/SapConcurTrigger/SapConcurTrigger.node';
import { createCredentialStore } from '../../support/n8n/credential-store';
import { openPoller } from '../../support/n8n/poll-node';
import { formFor, openBench } from '../../support/n8n/run-concur';
import { startFake } from '../../support/start-fake';
import { startGateway, type Gateway, type Twist } from '../gateway';
import { queueServers, WAITING } from '../queue-servers';

const opened: Gateway[] = [];

afterEach(async () => {
	for (const gateway of opened.splice(0)) await gateway.close();
});

async function openGateway(twist: Twist) {
	const fake = await startFake({ requests: 1, connectionRequests: WAITING });
	const gateway = await startGateway(fake);
	opened.push(gateway);
	gateway.twist(twist);
	return { fake, gateway, form: { baseUrl: gateway.origin } };
}

const idsOf = (records: readonly IDataObject[]) => new Set(records.map(({ id }) => id));

describe.each(queueServers)('Where a server $server', ({ read, says, twist }) => {
	const isWhole = read === WAITING;

	it.each([false, true])(
		'Get Many says what it could not read (tokens: %s)',
		async (withTokens) => {
			const { fake, gateway, form } = await openGateway(twist);
			const { items, hints, error } = await openBench(fake, form).run(
				'connectionRequest',
				'getAll',
				{
					returnAll: true,
					options: { includeRequestToken: withTokens },
				},
			);
			expect(idsOf(items.map(({ json }) => json)).size).toBe(read);
			expect(hints.map(({ message }) => message).join()).toMatch(read === 0 ? /^$/ : says);
			expect(error?.message ?? '').toMatch(read === 0 ? says : /^$/);
			expect(gateway.calls.length).toBeLessThan(40);
		},
	);

	it('the trigger tells of all that it could read, and later of the rest', async () => {
		const { fake, gateway, form } = await openGateway(twist);
		const store = createCredentialStore([new SapConcurApi()]);
		const credential = store.add('sapConcurApi', formFor(fake, form));
		const poller = openPoller({
			...{ nodeType: new SapConcurTrigger(), store, engine: 'durable' },
			credentials: { sapConcurApi: credential },
			parameters: { event: 'newConnectionRequest', version: '3.2' },
		});
		if (read === 0) await expect(poller.poll()).rejects.toThrow(says);
		else expect(await poller.poll()).toHaveLength(read);
		gateway.twist(undefined);
		const rest = (await poller.poll()) ?? [];
		expect(rest).toHaveLength(isWhole ? 0 : WAITING - read);
	});
});
