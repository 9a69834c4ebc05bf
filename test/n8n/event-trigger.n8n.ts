import { formFor } from '../support/n8n/run-concur';
import { startFake } from '../support/start-fake';
import { outputOf } from './execution';
import { N8nApi } from './n8n-api';
import { chain } from './workflow';

const n8n = new N8nApi();

describe('The SAP Concur Event Trigger in a real n8n', () => {
	it('subscribes when published, starts once for each signed event, and unsubscribes', async () => {
		const fake = await startFake({ seed: 5, users: 3, requests: 10 });
		const credential = await n8n.createCredential('sapConcurApi', 'Events', formFor(fake));
		const workflow = await n8n.createWorkflow(
			chain('Events', {
				name: 'Event',
				type: 'n8n-nodes-sap-concur.sapConcurEventTrigger',
				webhookId: 'sap-concur-events',
				parameters: {
					authentication: 'sapConcurApi',
					publicKey: fake.events.publicKey,
					fetchRequest: true,
				},
				credentials: { sapConcurApi: credential },
			}),
		);
		await n8n.activate(workflow);
		const subscriptions = [...fake.events.subscriptions.values()];
		expect(subscriptions).toHaveLength(1);
		const endpoint = subscriptions[0]?.endpoint ?? '';

		const id = fake.world.create({ name: 'Training in Lyon' }, fake.world.users[0]?.id);
		fake.world.act(id, 'submit');
		await fake.events.settled();
		const [execution] = await n8n.waitForExecutions(workflow, 1);
		expect(execution && outputOf(execution, 'Event')).toMatchObject([
			{ requestUuid: id, status: expect.any(String), isRecall: false, request: { id } },
		]);

		// A hundred more deliveries of the same event start nothing.
		fake.events.deliver(100, 'at once');
		await fake.events.settled();
		const forged = await fetch(endpoint, { method: 'POST', body: '{"id":"made-up"}' });
		expect([forged.status, await forged.text()]).toEqual([401, '']);
		expect(await n8n.waitForExecutions(workflow, 1)).toHaveLength(1);

		await n8n.deactivate(workflow);
		expect(fake.events.subscriptions.size).toBe(0);
	});
});
