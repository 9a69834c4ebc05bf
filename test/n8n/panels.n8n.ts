import { statSync } from 'node:fs';
import { resources } from '../../nodes/SapConcur/resources';
import { formFor } from '../support/n8n/run-concur';
import { startFake } from '../support/start-fake';
import { Editor } from './editor';
import { describeWithBrowser } from './find-chromium';
import { N8nApi } from './n8n-api';
import { fillTemplate } from './template';
import { chain, MANUAL_TRIGGER, type CredentialReference } from './workflow';

/** Pictures for people to look at, beside what can be asserted of a panel. */
describeWithBrowser('In the editor, SAP Concur', () => {
	const n8n = new N8nApi();
	let editor: Editor;
	let credential: CredentialReference;

	beforeAll(async () => {
		const fake = await startFake({ seed: 5, users: 12, requests: 40 });
		credential = await n8n.createCredential('sapConcurApi', 'Concur', formFor(fake));
		editor = await Editor.open();
	});

	afterAll(() => editor.close());

	async function open(resource: string, operation: string): Promise<void> {
		const node = {
			name: 'SAP Concur',
			type: 'n8n-nodes-sap-concur.sapConcur',
			parameters: { authentication: 'sapConcurApi', resource, operation },
			credentials: { sapConcurApi: credential },
		};
		const workflow = await n8n.createWorkflow(chain(resource, MANUAL_TRIGGER, node));
		await editor.openNodePanel(workflow, node.name);
	}

	async function shoot(name: string): Promise<void> {
		expect(statSync(await editor.shoot(name, 'ndv')).size).toBeGreaterThan(0);
	}

	it.each(resources.map((resource) => [resource.name, resource] as const))(
		'offers for %s its operations, and shows what they ask',
		async (_, { value, operations }) => {
			await open(value, operations[0]?.value ?? '');
			const shown = await editor.optionsOf('operation');
			const names = operations.map(({ name }) => name);
			// n8n adds a way to the HTTP Request node, for credentials that it can use there.
			expect(shown).toEqual([...names, 'Custom API Call']);
			for (const operation of operations) {
				await editor.choose('operation', operation.name);
				const labels = await editor.shownParameters();
				for (const { displayName, displayOptions, type } of operation.properties) {
					if (displayOptions === undefined && type !== 'notice') {
						expect(labels).toContain(displayName);
					}
				}
				await shoot(`${value}-${operation.value}`);
			}
		},
	);

	it.each(['sapConcurTrigger', 'sapConcurEventTrigger'])('shows the panel of %s', async (type) => {
		const node = {
			name: 'Trigger',
			type: `n8n-nodes-sap-concur.${type}`,
			parameters: { authentication: 'sapConcurApi' },
			credentials: { sapConcurApi: credential },
		};
		await editor.openNodePanel(await n8n.createWorkflow(chain(type, node)), node.name);
		await shoot(type);
	});

	it.each(['supplier-connection.json', 'approval-notification.json'])(
		'draws the template %s',
		async (file) => {
			const credentials = { sapConcurApi: credential, postgres: credential };
			const template = fillTemplate(file, credentials, 'https://chat.example.com');
			await editor.openCanvas(await n8n.createWorkflow(template));
			expect(statSync(await editor.shoot(file.replace('.json', ''))).size).toBeGreaterThan(0);
		},
	);

	it('runs a step and shows its items', async () => {
		await open('travelRequest', 'getAll');
		await editor.executeStep();
		await shoot('ran-travelRequest-getAll');
	});

	it.each(['sapConcurApi', 'sapConcurOAuth2Api'])('shows the dialog of %s', async (type) => {
		const company = { grant: 'requestToken', companyId: 'x', requestToken: 'x' };
		const app = { clientId: 'x', clientSecret: 'x', region: 'us2' };
		const fields = type === 'sapConcurApi' ? { ...app, ...company } : app;
		const blank = await n8n.createCredential(type, type, fields);
		await editor.openCredential(blank);
		expect(statSync(await editor.shoot(type)).size).toBeGreaterThan(0);
	});
});
