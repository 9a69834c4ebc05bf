import { documentedParameters } from '../../fake-concur/http/parameters';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { isObject, parsePlainJson, type JsonObject, type JsonValue } from '../../fake-concur/json';
import { objects, refusal, startClient, stopAll, text, type Client, type Reply } from './client';
import {
	connectionCorrections,
	correctSpec,
	objectAt,
	sharedCorrections,
	travelRequestCorrections,
	type SpecCorrection,
} from './spec-corrections';

const travel = load('TravelRequest.v4.ConcurRequest.swagger2.json', travelRequestCorrections);
const early = load('TravelRequest.v4.ConcurRequest-ea.swagger2.json', sharedCorrections);
const connectionSpecs: [string, JsonObject][] = [
	['3.0', load('ConnectionRequests.v3.0.concur-legacy.swagger2.json', connectionCorrections)],
	['3.1', load('ConnectionRequests.v3.1.concur-legacy.swagger.json', connectionCorrections)],
	['3.2', load('ConnectionRequests.v3.2.sap-docs-current.swagger.json', connectionCorrections)],
];

afterAll(stopAll);

describe('Travel Request v4 keeps the contract of the specification', () => {
	test.each(operationsOf(travel))('%s %s', async (method, path) => {
		const { client, reply } = await callTravelRequest(method, path);
		const successes = responsesOf(travel, path, method).filter((code) => code.startsWith('2'));
		expect([reply.status, reply.text]).toEqual([Number(successes[0]), expect.anything()]);
		expectToFit(travel, path, method, reply);
		expect(client.fake.calls.at(-1)?.status).toBe(reply.status);
	});

	test.each(operationsOf(travel))('refuses %s %s without a token', async (method, path) => {
		const client = await startClient();
		client.token = '';
		const reply = await client.call(method, `/travelrequest/v4${path.replace(/\{\w+\}/g, 'X')}`);
		expect(refusal(reply).slice(0, 2)).toEqual([401, 'invalidUser']);
		expectDefinition(travel, 'ErrorResponse', reply.json);
	});

	test('GET /requests/{id}/costobjects of the early-access specification', async () => {
		const client = await startClient();
		const id = findRich(client);
		const reply = await client.get(`/travelrequest/v4/requests/${id}/costobjects`);
		expect(reply.status).toBe(200);
		expectToFit(early, '/requests/{requestUuid}/costobjects', 'GET', reply);
	});

	test('all details and children of a whole world', async () => {
		const client = await startClient({ requests: 150, documentedExamples: true });
		for (const id of client.fake.world.requests()) {
			const truth = client.fake.world.truth(id);
			expectDefinition(travel, 'RequestDetails', truth?.request ?? null);
			expectDefinition(travel, 'Request', truth?.listItem ?? null);
			for (const each of objects(truth?.expenses)) expectDefinition(travel, 'Expense', each);
			for (const each of objects(truth?.comments)) expectDefinition(travel, 'Comment', each);
			for (const each of objects(truth?.cashAdvances)) {
				expectDefinition(travel, 'CashAdvance', each);
			}
			for (const each of objects(truth?.exceptions)) {
				expectDefinition(travel, 'RequestException', each);
			}
		}
	});
});

describe.each(connectionSpecs)('Connection Requests v%s keeps the contract', (version, spec) => {
	test.each(operationsOf(spec))('%s %s', async (method, path) => {
		const client = await startClient({ users: 40 });
		const { connections, world } = client.fake;
		const id = connections.all[0]?.id ?? '';
		const free = world.users.find((user) => !connections.pendingOf(user));
		const query = method === 'POST' ? `?user=${free?.loginId}` : '';
		const body = version === '3.2' ? { status: 'CRSUC' } : { Status: 'CRSUC' };
		const url = `/api/v${version}${path.replace('{id}', id)}${query}`;
		const reply = await client.call(method, url, method === 'PUT' ? body : undefined);
		const expected = responsesOf(spec, path, method).find((code) => code.startsWith('2'));
		expect(reply.status).toBe(Number(expected));
		expectToFit(spec, path, method, reply);
	});
});

function firstUser(client: Client) {
	const [user] = client.fake.world.users;
	if (!user) throw new Error('a world without users');
	return user;
}

const LIST = 'GET /travelrequest/v4/requests';

/** Finds or makes what a path needs, and calls it. */
async function callTravelRequest(
	method: string,
	path: string,
): Promise<{ client: Client; reply: Reply }> {
	const client = await startClient({ requests: 200 });
	const { world } = client.fake;
	const id = method === 'DELETE' ? world.create({ name: 'to go' }) : findRich(client);
	const owner = text(world.truth(id)?.request, 'owner', 'id');
	const truth = world.truth(id);
	const expense = objects(truth?.expenses).find((each) => objects(each['allocations']).length > 0);
	const cashAdvance = world.addCashAdvance(id, {
		amountRequested: { value: 10.5, currency: 'USD' },
		approvalStatus: { code: 'C_PEND', name: 'Pending' },
	});
	const action = /\{action\}$/.test(path);
	const draft = action ? world.create({ name: 'draft' }, owner) : id;
	const draftExpense = world.addExpense(world.create({ name: 'x' }, owner), sampleExpense)['id'];
	const filled = path
		.replace('{requestUuid}', draft)
		.replace('{expenseUuid}', method === 'GET' ? text(expense, 'id') : text(draftExpense))
		.replace('{allocationUuid}', text(expense, 'allocations', 0, 'allocationId'))
		.replace('{cashAdvanceUuid}', cashAdvance)
		.replace('{agencyUuid}', '2EC038D7C3CBBE4ABA0914425064D34F')
		.replace('{action}', 'submit');
	const route = `${method} /travelrequest/v4${path.replace('{action}', 'submit')}`;
	const takesUser = documentedParameters[route]?.includes('userId') && route !== LIST;
	const userId = takesUser ? `?userId=${owner}` : '';
	const patch = method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {};
	const body = bodyFor(method, path, client);
	return {
		client,
		reply: await client.call(method, `/travelrequest/v4${filled}${userId}`, body, patch),
	};
}

const sampleExpense: JsonObject = {
	expenseType: { id: 'AIRFR' },
	transactionAmount: { value: 213.06, currency: 'USD' },
	transactionDate: '2026-04-01',
};

function bodyFor(method: string, path: string, client: Client): JsonValue | undefined {
	if (method === 'PATCH') return { value: [{ id: firstUser(client).id }] };
	if (method !== 'POST' && method !== 'PUT') return undefined;
	if (path.endsWith('agencyproposals')) {
		return { agencyProposalEntries: [], booked: false, importDate: '2026-03-01' };
	}
	if (path.includes('allocations')) return { percentage: 50 };
	if (path.includes('expenses')) return sampleExpense;
	return path.endsWith('{action}')
		? undefined
		: { name: 'Trip', comment: null, custom1: { value: 'a' } };
}

/** A request that has expenses with allocations. */
function findRich(client: Client): string {
	const { world } = client.fake;
	const rich = world
		.requests()
		.find((id) =>
			objects(world.truth(id)?.expenses).some((each) => objects(each['allocations']).length > 0),
		);
	if (!rich) throw new Error('no request with allocations');
	return rich;
}

function load(name: string, corrections: readonly SpecCorrection[]): JsonObject {
	const file = join(__dirname, '../fixtures/specs', name);
	const spec = parsePlainJson(readFileSync(file, 'utf8'));
	return correctSpec(objectAt(spec), corrections);
}

function operationsOf(spec: JsonObject): [string, string][] {
	return Object.entries(objectAt(spec, 'paths')).flatMap(([path, methods]) =>
		Object.keys(objectAt(methods)).map((method): [string, string] => [method.toUpperCase(), path]),
	);
}

function responsesOf(spec: JsonObject, path: string, method: string): string[] {
	return Object.keys(objectAt(spec, 'paths', path, method.toLowerCase(), 'responses'));
}

function expectToFit(spec: JsonObject, path: string, method: string, reply: Reply): void {
	const response = objectAt(
		spec,
		...['paths', path, method.toLowerCase(), 'responses', String(reply.status)],
	);
	const { schema } = response;
	if (!isObject(schema) || reply.status === 204) return;
	expectSchema(spec, schema, reply.json);
}

function expectDefinition(spec: JsonObject, name: string, value: JsonValue): void {
	expectSchema(spec, { $ref: `#/definitions/${name}` }, value);
}

const validators = new Map<string, ReturnType<Ajv['compile']>>();

function expectSchema(spec: JsonObject, schema: JsonObject, value: JsonValue): void {
	const key = `${JSON.stringify(spec['info'])}${JSON.stringify(schema)}`;
	const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
	const definitions = spec['definitions'] ?? {};
	const validate = validators.get(key) ?? ajv.compile({ ...schema, definitions });
	validators.set(key, validate);
	void validate(value);
	expect({ errors: validate.errors ?? [], value }).toEqual({ errors: [], value });
}
