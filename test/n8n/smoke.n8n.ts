import { startFake } from '../support/start-fake';
import { errorOf, itemsOf, outputOf } from './execution';
import { N8nApi } from './n8n-api';
import { chain, MANUAL_TRIGGER } from './workflow';

const n8n = new N8nApi();

describe('a real n8n with the packed package', () => {
	it('shows our nodes in the list its editor loads', async () => {
		const names = (await n8n.nodeTypes()).map(({ name }) => name);
		expect(names).toContain('n8n-nodes-sap-concur.sapConcur');
	});

	it('shows our credentials', async () => {
		const names = (await n8n.credentialTypes()).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['sapConcurApi', 'sapConcurOAuth2Api']));
	});

	it('runs a workflow by hand and tells what each node gave', async () => {
		const set = {
			name: 'Set',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: '={{ { answer: 6 * 7 } }}' },
		};
		const execution = await n8n.runWorkflow(chain('By hand', MANUAL_TRIGGER, set));
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Set')).toEqual([{ answer: 42 }]);
	});

	it('hands over the files that items carry', async () => {
		const convert = {
			name: 'To CSV',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: { operation: 'csv' },
		};
		const set = {
			name: 'Set',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: '{"id":"R1"}' },
		};
		const execution = await n8n.runWorkflow(chain('File', MANUAL_TRIGGER, set, convert));
		const file = await n8n.readFile(itemsOf(execution, 'To CSV')[0]);
		expect(file.toString()).toBe('\ufeffid\nR1');
	});

	it('reaches the fake Concur, and tells why a node failed', async () => {
		const fake = await startFake();
		const request = {
			name: 'Ask Concur',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: `${fake.baseUrl}/travelrequest/v4/requests` },
		};
		const execution = await n8n.runWorkflow(chain('Not signed in', MANUAL_TRIGGER, request));
		expect(execution.status).toBe('error');
		expect(errorOf(execution, 'Ask Concur')).toMatchObject({ httpCode: '401' });
	});

	it('starts a published workflow by its webhook', async () => {
		const webhook = {
			name: 'Called',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: 'smoke',
			parameters: { path: 'smoke', httpMethod: 'POST' },
		};
		const workflow = await n8n.createWorkflow(chain('By webhook', webhook));
		await n8n.activate(workflow);
		await fetch(`${n8n.http.session.baseUrl}/webhook/smoke`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: '{"hello":"n8n"}',
		});
		const [execution] = await n8n.waitForExecutions(workflow, 1);
		await n8n.deactivate(workflow);
		expect(execution && outputOf(execution, 'Called')).toMatchObject([{ body: { hello: 'n8n' } }]);
	});
});
