import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import type { FakeConcur } from '../../../fake-concur';

/** One call as it reached the fake. */
export interface SentCall {
	readonly method: string;
	readonly path: string;
	readonly query: Record<string, string>;
	/** The JSON of the body; undefined where there was none. */
	readonly body: unknown;
	readonly contentType: string | undefined;
	readonly correlationId: string | undefined;
}

const CHANNEL = 'http.server.request.start';

/** Records the calls of Travel Request with their bodies, which the fake's own list leaves out. */
export function recordSent(fake: FakeConcur): { calls(): SentCall[]; stop(): void } {
	const { host } = new URL(fake.baseUrl);
	const received: { request: IncomingMessage; chunks: Uint8Array[] }[] = [];

	function record(message: unknown): void {
		if (typeof message !== 'object' || message === null || !('request' in message)) return;
		const { request } = message;
		if (!(request instanceof IncomingMessage) || request.headers.host !== host) return;
		if (!request.url?.startsWith('/travelrequest/')) return;
		const chunks: Uint8Array[] = [];
		request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
		received.push({ request, chunks });
	}

	subscribe(CHANNEL, record);
	return {
		calls: () =>
			received.map(({ request, chunks }) => {
				const url = new URL(request.url ?? '', fake.baseUrl);
				const text = Buffer.concat(chunks).toString('utf8');
				const correlationId = request.headers['concur-correlationid'];
				return {
					method: request.method ?? '',
					path: url.pathname,
					query: Object.fromEntries(url.searchParams),
					body: text === '' ? undefined : (JSON.parse(text) as unknown),
					contentType: request.headers['content-type'],
					correlationId: typeof correlationId === 'string' ? correlationId : undefined,
				};
			}),
		stop: () => unsubscribe(CHANNEL, record),
	};
}
