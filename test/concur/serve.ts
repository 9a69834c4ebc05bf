import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
	createConcurClient,
	type ConcurClient,
	type ConcurClientOptions,
} from '../../concur/client';
import type { Credentials } from '../../concur/auth/credentials';

export interface SeenCall {
	readonly method: string;
	readonly url: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
}

export type Answer = (response: ServerResponse, call: SeenCall) => void;

export interface TestServer {
	readonly origin: string;
	/** API calls; token calls are in `tokenCalls`. */
	readonly calls: SeenCall[];
	readonly tokenCalls: SeenCall[];
	close(): Promise<void>;
}

/** A server that answers token calls by itself and gives everything else to `answer`. */
export async function serve(answer: Answer, answerToken?: Answer): Promise<TestServer> {
	const calls: SeenCall[] = [];
	const tokenCalls: SeenCall[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('error', () => undefined);
		request.on('end', () => {
			const url = new URL(request.url ?? '/', 'http://test');
			const call: SeenCall = {
				method: request.method ?? '',
				url: request.url ?? '',
				path: url.pathname,
				query: url.searchParams,
				headers: request.headers,
				body: Buffer.concat(chunks).toString(),
			};
			if (call.path === '/oauth2/v0/token') {
				tokenCalls.push(call);
				if (answerToken) answerToken(response, call);
				else json(response, { access_token: `access-${tokenCalls.length}`, expires_in: '3600' });
			} else {
				calls.push(call);
				answer(response, call);
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('no address');
	return {
		origin: `http://127.0.0.1:${address.port}`,
		calls,
		tokenCalls,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => {
					resolve();
				});
			}),
	};
}

export function json(
	response: ServerResponse,
	body: unknown,
	status = 200,
	headers: Record<string, string> = {},
): void {
	const text = JSON.stringify(body);
	response.writeHead(status, {
		'content-type': 'application/json',
		'content-length': String(Buffer.byteLength(text)),
		...headers,
	});
	response.end(text);
}

export const appCredentials: Credentials = {
	grantType: 'client_credentials',
	clientId: 'the-client-id',
	clientSecret: 'the-client-secret',
};

/** Waits of retries and pauses, asked for but not spent. */
export interface FakeSleep {
	readonly waits: number[];
	readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export function fakeSleep(): FakeSleep {
	const waits: number[] = [];
	return {
		waits,
		sleep: (ms) => {
			waits.push(ms);
			return new Promise((resolve) => setImmediate(resolve));
		},
	};
}

/** A client of a test server whose retries take no time. */
export function testClient(
	server: TestServer,
	options: Partial<ConcurClientOptions> = {},
): ConcurClient {
	const { sleep } = fakeSleep();
	return createConcurClient({
		baseUrl: server.origin,
		credentials: appCredentials,
		...options,
		retry: { sleep, random: () => 0.5, ...options.retry },
	});
}

/** What a promise rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
	try {
		await promise;
	} catch (error) {
		return error;
	}
	throw new Error('It should have failed.');
}

/** A matcher for a text that holds `part`. */
export function containing(part: string): unknown {
	return expect.stringContaining(part);
}
