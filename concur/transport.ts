/** Limits on one HTTP exchange, in milliseconds. */
export interface TransportTimeouts {
	readonly connectMs: number;
	/** From the request sent to the answer's headers. */
	readonly headersMs: number;
	/** Between two pieces of the body. */
	readonly bodyMs: number;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface TransportRequest {
	readonly method: HttpMethod;
	/** Absolute. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Sent with a Content-Length, never chunked: Concur answers 400 to chunked bodies. */
	readonly body?: string;
	readonly timeouts: TransportTimeouts;
	readonly signal?: AbortSignal;
}

export interface TransportResponse {
	readonly status: number;
	/** Names in lower case; repeated headers joined by `, `. */
	readonly headers: Readonly<Record<string, string>>;
	/** Decoded (no content-encoding left). Must be read or abandoned by `break`/`return`. */
	readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Thrown by a transport that knows better than to blame the network: `reason` is handed on as it is
 * and ends the call.
 */
export class NotTheNetwork extends Error {
	constructor(readonly reason: unknown) {
		super('It was not the network.');
	}
}

/**
 * One HTTP exchange: no redirects followed, no retries, no status turned into an error. It throws
 * what the HTTP stack throws, which counts as a fault of the network, or the signal's reason on
 * abort.
 */
export interface Transport {
	send(request: TransportRequest): Promise<TransportResponse>;
	/** Ends all connections, also those in use. */
	close?(): Promise<void>;
}

/** Concur answers within 60 s (HTTP status codes page); a little more covers the way. */
export const defaultTimeouts: TransportTimeouts = {
	connectMs: 15_000,
	headersMs: 90_000,
	bodyMs: 60_000,
};
