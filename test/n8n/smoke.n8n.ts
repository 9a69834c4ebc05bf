import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { outputRoot } from '../support/workspace';
import { startFake } from '../support/start-fake';
import { errorOf, itemsOf, outputOf } from './execution';
import { N8nApi } from './n8n-api';
import { chain, MANUAL_TRIGGER } from './workflow';

const n8n = new N8nApi();

/** What a process prints up to the line with a word. */
async function readUntil(stream: Readable, word: string): Promise<string> {
	let printed = '';
	for await (const chunk of stream) {
		printed += String(chunk);
		if (printed.slice(printed.indexOf(word)).includes('\n') && printed.includes(word)) break;
	}
	return printed;
}

describe('a real n8n with the packed package', () => {
	it('shows our nodes in the list its editor loads', async () => {
		const names = (await n8n.nodeTypes()).map(({ name }) => name);
		expect(names).toContain('n8n-nodes-sap-concur.sapConcur');
		// Usable by AI agents, too.
		expect(names).toContain('n8n-nodes-sap-concur.sapConcurTool');
	});

	it('shows our credentials', async () => {
		const names = (await n8n.credentialTypes()).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['sapConcurApi', 'sapConcurOAuth2Api']));
	});

	it('brings the fake Concur along, as the README says', async () => {
		const main = join(
			outputRoot(),
			'n8n-user/.n8n/nodes/node_modules/n8n-nodes-sap-concur/dist/pipelines/cli/main.js',
		);
		const fake = spawn(process.execPath, [main, 'fake', '--port', '0']);
		try {
			const printed = await readUntil(fake.stdout, 'SAP_CONCUR_CLIENT_SECRET');
			const setting = (name: string) =>
				new RegExp(`${name}=['"]?([^'"\\s]+)`).exec(printed)?.[1] ?? '';
			const credential = await n8n.createCredential('sapConcurApi', 'Fake', {
				region: 'custom',
				baseUrl: setting('SAP_CONCUR_BASE_URL'),
				grant: 'clientCredentials',
				clientId: setting('SAP_CONCUR_CLIENT_ID'),
				clientSecret: setting('SAP_CONCUR_CLIENT_SECRET'),
			});
			expect(await n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		} finally {
			fake.kill();
		}
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
