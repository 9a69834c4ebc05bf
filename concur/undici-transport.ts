import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { isLoopback } from './hosts';
import {
	defaultTimeouts,
	type Transport,
	type TransportRequest,
	type TransportResponse,
} from './transport';

export interface UndiciTransportOptions {
	/** Connections kept per host; 64 unless told. */
	readonly connections?: number;
	readonly connectMs?: number;
	/** For tests: sends everything through this dispatcher. */
	readonly dispatcher?: Dispatcher;
}

/**
 * The transport of the command line and the library: undici with kept connections. The proxies
 * named in the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) are used, except for this
 * machine. Redirects are not followed, so a token never leaves for another host.
 */
export function createUndiciTransport(options: UndiciTransportOptions = {}): Transport {
	const settings = {
		connections: options.connections ?? 64,
		connect: { timeout: options.connectMs ?? defaultTimeouts.connectMs },
	};
	let direct: Dispatcher | undefined = options.dispatcher;
	let outward: Dispatcher | undefined = options.dispatcher;

	function choose(url: URL): Dispatcher {
		if (isLoopback(url)) return (direct ??= new Agent(settings));
		return (outward ??= new EnvHttpProxyAgent(settings));
	}

	return {
		async send(call: TransportRequest): Promise<TransportResponse> {
			const url = new URL(call.url);
			const answer = await request(url, {
				method: call.method,
				headers: call.headers,
				body: call.body ?? null,
				dispatcher: choose(url),
				headersTimeout: call.timeouts.headersMs,
				bodyTimeout: call.timeouts.bodyMs,
				...(call.signal && { signal: call.signal }),
			});
			const headers = joinHeaders(answer.headers);
			return { status: answer.statusCode, headers, body: decode(answer.body, headers) };
		},
		async close() {
			await direct?.destroy();
			if (outward !== direct) await outward?.destroy();
		},
	};
}

function joinHeaders(
	raw: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(raw)) {
		if (value !== undefined) {
			headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
		}
	}
	return headers;
}

/** We ask for no compression, but a gateway may compress all the same. */
function decode(body: Readable, headers: Record<string, string>): AsyncIterable<Uint8Array> {
	const decoder = decoderFor(headers['content-encoding']);
	if (!decoder) return body;
	// The announced length counted the compressed bytes.
	delete headers['content-length'];
	delete headers['content-encoding'];
	body.on('error', (error) => decoder.destroy(error));
	decoder.on('close', () => body.destroy());
	return body.pipe(decoder);
}

function decoderFor(encoding: string | undefined) {
	switch (encoding?.trim().toLowerCase()) {
		case 'gzip':
		case 'x-gzip':
			return createGunzip();
		case 'deflate':
			return createInflate();
		case 'br':
			return createBrotliDecompress();
		default:
			return undefined;
	}
}
