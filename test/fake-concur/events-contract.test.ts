import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parsePlainJson, type JsonObject, type JsonValue } from '../../fake-concur/json';
import { startClient, stopAll, type Client, type Reply } from './client';
import { correctSpec, objectAt } from './spec-corrections';

afterAll(stopAll);

const file = join(__dirname, '../fixtures/specs/EventSubscriptionService.v4.swagger.json');
const spec = correctSpec(objectAt(parsePlainJson(readFileSync(file, 'utf8'))), []);
const operations = Object.entries(objectAt(spec, 'paths')).flatMap(([path, methods]) =>
	Object.keys(objectAt(methods)).map((method): [string, string] => [method.toUpperCase(), path]),
);

const SUBSCRIPTION = {
	id: 'supplier.prod-1',
	topic: 'public.concur.request',
	filter: '.*',
	webHookConfig: { endpoint: 'https://example.com/push' },
};

describe('the Event Subscription Service v4 keeps the contract of the specification', () => {
	test.each(operations)('%s %s', async (method, path) => {
		const client = await startSubscribed();
		// The swagger answers an object; the array of SAP's example has a test of its own.
		client.fake.quirks.subscriptionAsArray = false;
		const reply = await call(client, method, path);
		expect(reply.status).toBe(200);
		const { schema } = objectAt(spec, 'paths', path, method.toLowerCase(), 'responses', '200');
		expectSchema(objectAt(schema ?? null), reply.json);
	});

	test.each(operations)('refuses %s %s without a token', async (method, path) => {
		const client = await startSubscribed();
		client.token = '';
		expect((await call(client, method, path)).status).toBe(401);
	});

	test('the body that it takes is that of the specification', () => {
		expectSchema({ $ref: '#/definitions/PublicWebhookSubscriptionApiAdapter' }, SUBSCRIPTION);
	});
});

async function startSubscribed(): Promise<Client> {
	const client = await startClient({ requests: 0 });
	await client.call('PUT', '/events/v4/subscriptions/webhook', SUBSCRIPTION);
	return client;
}

function call(client: Client, method: string, path: string): Promise<Reply> {
	const body = method === 'PUT' ? SUBSCRIPTION : undefined;
	return client.call(method, `/events${path.replace('{id}', SUBSCRIPTION.id)}`, body);
}

function expectSchema(schema: JsonObject, value: JsonValue): void {
	const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
	const validate = ajv.compile({ ...schema, definitions: spec['definitions'] ?? {} });
	void validate(value);
	expect({ errors: validate.errors ?? [], value }).toEqual({ errors: [], value });
}
