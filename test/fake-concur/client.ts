import { startFakeConcur, type FakeConcur, type FakeConcurOptions } from '../../fake-concur/index';
import { isObject, parsePlainJson, type JsonObject, type JsonValue } from '../../fake-concur/json';

/** The time at which the tests' worlds start, so that they are the same on every day. */
export const testNow = new Date('2026-03-01T12:00:00Z');

/** What came back from a call. */
export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	json: JsonValue;
}

/** A bare client of a fake: no retry, no cleverness. */
export class Client {
	token = '';

	constructor(readonly fake: FakeConcur) {}

	/** Calls the fake; an object body is sent as JSON. */
	async call(method: string, path: string, body?: JsonValue, headers = {}): Promise<Reply> {
		const response = await fetch(path.startsWith('http') ? path : this.fake.baseUrl + path, {
			method,
			headers: {
				accept: 'application/json',
				...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			body: body === undefined ? null : JSON.stringify(body),
		});
		return readReply(response);
	}

	/** GET. */
	get(path: string, headers = {}): Promise<Reply> {
		return this.call('GET', path, undefined, headers);
	}

	/** GET /requests with these parameters. */
	list(parameters: Record<string, string | number> = {}): Promise<Reply> {
		const query = new URLSearchParams();
		for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
		return this.get(`/travelrequest/v4/requests?${query.toString()}`);
	}

	/** Asks for a token; the form is completed with the client's credentials. */
	async requestToken(form: Record<string, string>, base = this.fake.baseUrl): Promise<Reply> {
		const { clientId, clientSecret } = this.fake.credentials;
		const complete = { client_id: clientId, client_secret: clientSecret, ...form };
		const filled = Object.entries(complete).filter(([, value]) => value !== '');
		const body = new URLSearchParams(filled);
		return readReply(await fetch(`${base}/oauth2/v0/token`, { method: 'POST', body }));
	}

	/** Logs in and keeps the access token. */
	async logIn(form: Record<string, string> = { grant_type: 'client_credentials' }): Promise<void> {
		this.token = text((await this.requestToken(form)).json, 'access_token');
	}
}

const running: FakeConcur[] = [];

/** Starts a fake with a frozen clock and logs in. */
export async function startClient(options: FakeConcurOptions = {}): Promise<Client> {
	const fake = await startFakeConcur({ now: testNow, documentedExamples: false, ...options });
	running.push(fake);
	// Frozen, so that a slow machine tests the same as a fast one.
	fake.clock.set(options.now ?? testNow);
	fake.clock.freeze();
	const client = new Client(fake);
	await client.logIn();
	return client;
}

/** Stops every fake a test started. */
export async function stopAll(): Promise<void> {
	await Promise.all(running.splice(0).map((fake) => fake.close()));
}

/** A member of an object, null when there is none. */
export function member(value: JsonValue | undefined, ...names: (string | number)[]): JsonValue {
	let at: JsonValue | undefined = value;
	for (const name of names) {
		if (Array.isArray(at)) at = at[Number(name)];
		else at = isObject(at) ? at[String(name)] : undefined;
	}
	return at ?? null;
}

/** A text member, empty when there is none. */
export function text(value: JsonValue | undefined, ...names: (string | number)[]): string {
	const found = member(value, ...names);
	return typeof found === 'string' ? found : '';
}

/** The objects of a list. */
export function objects(value: JsonValue | undefined): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The rows of a request list. */
export function rows(reply: Reply): JsonObject[] {
	return objects(member(reply.json, 'data'));
}

/** The ids of a request list. */
export function ids(reply: Reply): string[] {
	return rows(reply).map((row) => text(row, 'id'));
}

/** The rels of a list's links. */
export function rels(reply: Reply): string[] {
	return objects(member(reply.json, 'operations')).map((link) => text(link, 'rel'));
}

/** Code and message of a Travel Request refusal. */
export function refusal(reply: Reply): [number, string, string] {
	const first = member(reply.json, 'errors', 0);
	return [reply.status, text(first, 'errorCode'), text(first, 'errorMessage')];
}

/** The items of a connection-request list. */
export function connectionItems(reply: Reply): JsonObject[] {
	return objects(member(reply.json, 'Items'));
}

/** The id of the first user of the world. */
export function firstUserId(client: Client): string {
	return client.fake.world.users[0]?.id ?? '';
}

async function readReply(response: Response): Promise<Reply> {
	const { status, headers } = response;
	const body = await response.text();
	let json: JsonValue = null;
	try {
		json = parsePlainJson(body);
	} catch {
		// Not JSON: the tests look at the text.
	}
	return { status, headers, text: body, json };
}
