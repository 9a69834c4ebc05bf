import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { FakeConcur } from '../../fake-concur';
import { listenLocally } from '../support/listen-locally';

/** A call as it reaches the gateway. */
export interface Call {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** Calls of this path so far, this one included. */
	readonly nth: number;
}

export interface Answer {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** What is no answer of HTTP: these bytes are sent, and the connection ends. */
export interface Bytes {
	readonly bytes: string;
}

/** Lets a call through, changed where told, and returns what the fake answers. */
export type Pass = (changed?: Partial<Pick<Call, 'path' | 'query' | 'headers'>>) => Promise<Answer>;

/** What a gateway does with a call: one thing that a server nobody here wrote may do. */
export type Twist = (call: Call, pass: Pass) => Promise<Answer | Bytes> | Answer | Bytes;

export interface Gateway {
	readonly origin: string;
	/** Every call but those for tokens. */
	readonly calls: readonly Call[];
	/** Replaces the twist; undefined: a gateway that only passes on. */
	twist(twist: Twist | undefined): void;
	close(): Promise<void>;
}

/**
 * Stands before a fake as gateways and proxies stand before Concur, and answers as it likes. Tokens
 * are passed on untwisted, unless the twist asks for them by `alsoTokens`, and name the gateway as
 * the place to call.
 */
export async function startGateway(
	fake: FakeConcur,
	{ alsoTokens = false }: { readonly alsoTokens?: boolean } = {},
): Promise<Gateway> {
	const calls: Call[] = [];
	const counts = new Map<string, number>();
	let twist: Twist | undefined;
	const server = createServer((request, response) => {
		void readCall(request, counts).then(async (call) => {
			const isToken = call.path === '/oauth2/v0/token';
			if (!isToken) calls.push(call);
			const pass: Pass = async (changed) => {
				const answer = await askFake(fake.baseUrl, { ...call, ...changed });
				return isToken
					? { ...answer, body: answer.body.replaceAll(fake.baseUrl, originOf(request)) }
					: answer;
			};
			const isTwisted = twist && (!isToken || alsoTokens);
			const answer = await (isTwisted ? twist?.(call, pass) : pass());
			send(response, answer, fake.clock.now());
		});
	});
	const port = await listenLocally(server);
	return {
		origin: `http://127.0.0.1:${port}`,
		calls,
		twist(next) {
			twist = next;
			calls.length = 0;
			counts.clear();
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			}),
	};
}

async function readCall(request: IncomingMessage, counts: Map<string, number>): Promise<Call> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
	const url = new URL(request.url ?? '/', 'http://gateway');
	const nth = (counts.get(url.pathname) ?? 0) + 1;
	counts.set(url.pathname, nth);
	return {
		method: request.method ?? '',
		path: url.pathname,
		query: url.searchParams,
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
		),
		body: Buffer.concat(chunks).toString(),
		nth,
	};
}

function originOf({ headers }: IncomingMessage): string {
	return `http://${headers.host ?? ''}`;
}

/** Headers that belong to one connection, or that the gateway writes anew. */
const HOP_HEADERS = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive']);

async function askFake(base: string, call: Call): Promise<Answer> {
	const query = call.query.size > 0 ? `?${call.query.toString()}` : '';
	const headers = Object.entries(call.headers).filter(
		([name]) => name !== 'host' && !HOP_HEADERS.has(name),
	);
	const response = await fetch(base + call.path + query, {
		method: call.method,
		headers: Object.fromEntries(headers),
		...(call.method !== 'GET' && { body: call.body }),
	});
	return {
		status: response.status,
		headers: Object.fromEntries([...response.headers].filter(([name]) => !HOP_HEADERS.has(name))),
		body: await response.text(),
	};
}

function send(response: ServerResponse, answer: Answer | Bytes | undefined, now: Date): void {
	if (!answer || 'bytes' in answer) {
		response.socket?.end(answer?.bytes ?? '');
		return;
	}
	const { status, headers, body } = answer;
	// A twist that wants no Date says so with an empty one.
	if (headers['date'] === '') response.sendDate = false;
	const said = Object.entries({ date: now.toUTCString(), ...headers }).filter(
		([name, value]) => name !== 'date' || value !== '',
	);
	const hasBody = status !== 204 && status !== 304;
	response.writeHead(status, {
		...Object.fromEntries(said),
		...(hasBody && { 'content-length': String(Buffer.byteLength(body)) }),
	});
	response.end(hasBody ? body : undefined);
}
