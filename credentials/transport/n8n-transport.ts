import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { orAbort } from '../../concur/clock';
import { isErrorLike } from '../../concur/error-like';
import { ConcurError } from '../../concur/errors';
import { isJsonObject } from '../../concur/json';
import {
	NotTheNetwork,
	type Transport,
	type TransportRequest,
	type TransportResponse,
} from '../../concur/transport';

/** One of n8n's request helpers, bound to its context. */
export type SendRequest = (options: IHttpRequestOptions) => Promise<unknown>;

/**
 * A transport over n8n's own request helpers, so that n8n's proxy, egress rules and credential
 * renewal apply to everything the nodes send. Answers come as streams, every status but 401 as an
 * answer: on 401 the helper that authenticates renews the token and sends once more by itself.
 */
export function createN8nTransport(send: SendRequest): Transport {
	return {
		async send(request) {
			// The helper replaces our signal by the execution's, so ours can only stop the waiting.
			const sending = send(toOptions(request)).then(readAnswer, readRefusal);
			let arrived = false;
			try {
				const { status, headers, content } = await orAbort(sending, request.signal);
				arrived = true;
				return { status, headers, body: readBody(content, request.signal) };
			} finally {
				// An answer that comes when nobody waits for it any more is closed.
				if (!arrived) sending.then((answer) => close(answer.content), ignore);
			}
		},
	};
}

/** An answer whose content, a stream most times, is still to be read. */
interface Answer extends Omit<TransportResponse, 'body'> {
	readonly content: unknown;
}

function toOptions(request: TransportRequest): IHttpRequestOptions {
	const headers: IDataObject = { ...request.headers };
	return {
		method: request.method,
		url: request.url,
		headers,
		...(request.body !== undefined && { body: request.body }),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		// Concur APIs do not redirect: a token never leaves for a host that was not chosen.
		disableFollowRedirect: true,
		timeout: request.timeouts.headersMs,
	};
}

function readAnswer(answer: unknown): Answer {
	if (isJsonObject(answer)) {
		const { statusCode, headers, body } = answer;
		if (typeof statusCode === 'number' && isJsonObject(headers)) {
			return { status: statusCode, headers: joinHeaders(headers), content: body };
		}
	}
	throw new TypeError("n8n's request helper gave no full answer.");
}

/** A 401 that stayed one is an answer too; anything else is what really went wrong. */
function readRefusal(error: unknown): Answer {
	const failure = causeOf(error);
	const response = isJsonObject(failure) ? failure['response'] : undefined;
	if (isJsonObject(response) && typeof response['status'] === 'number') {
		const headers = isJsonObject(response['headers']) ? response['headers'] : {};
		return {
			status: response['status'],
			headers: joinHeaders(headers),
			content: response['data'],
		};
	}
	throw isOfHttp(failure) ? failure : new NotTheNetwork(failure);
}

/** n8n's helper also throws what has nothing to do with the exchange: a missing credential, say. */
function isOfHttp(failure: unknown): boolean {
	return (
		failure instanceof ConcurError ||
		(isErrorLike(failure) && ('code' in failure || 'isAxiosError' in failure))
	);
}

/** n8n wraps what went wrong; the cause knows the network's error code or is an error of ours. */
function causeOf(error: unknown): unknown {
	if (!isErrorLike(error) || 'response' in error || 'code' in error) return error;
	return isErrorLike(error.cause) ? causeOf(error.cause) : error;
}

function joinHeaders(raw: Readonly<Record<string, unknown>>): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(raw)) {
		const texts = (Array.isArray(value) ? value : [value]).filter((part) => part !== undefined);
		headers[name.toLowerCase()] = texts.join(', ');
	}
	// It counts the bytes before decompression, and Node has checked it already.
	delete headers['content-length'];
	return headers;
}

async function* readBody(
	content: unknown,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
	if (!isAsyncIterable(content)) {
		if (content !== undefined && content !== null && content !== '') yield toBytes(content);
		return;
	}
	const chunks = content[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await orAbort(chunks.next(), signal);
			if (next.done) return;
			yield toBytes(next.value);
		}
	} finally {
		close(content);
	}
}

function toBytes(chunk: unknown): Uint8Array {
	if (chunk instanceof Uint8Array) return chunk;
	return new TextEncoder().encode(typeof chunk === 'string' ? chunk : JSON.stringify(chunk));
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** Frees the connection of a stream that is not read to its end; a stalled one, too. */
function close(content: unknown): void {
	if (isDestroyable(content)) content.destroy();
}

function isDestroyable(content: unknown): content is { destroy(): void } {
	return isJsonObject(content) && typeof content['destroy'] === 'function';
}

function ignore(): void {}
