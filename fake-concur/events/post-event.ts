import { request } from 'node:http';

/** Whether an address is on this machine: the fake delivers to no other. */
export function isLoopback(endpoint: string): boolean {
	const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
	const hosts = ['localhost', '127.0.0.1', '[::1]'];
	return url?.protocol === 'http:' && hosts.includes(url.hostname);
}

/** Posts a body once; answers the status, 0 where none came. */
export function postEvent(
	endpoint: string,
	body: Uint8Array,
	signature: string,
	signal: AbortSignal,
): Promise<number> {
	return new Promise((resolve) => {
		const sent = request(endpoint, {
			method: 'POST',
			// A connection that is kept would keep the receiver from closing.
			agent: false,
			signal,
			headers: {
				'content-type': 'application/json',
				'content-length': body.byteLength,
				'concur-signature': signature,
			},
		});
		sent.once('error', () => {
			resolve(0);
		});
		sent.once('response', (response) => {
			response.resume();
			response.once('close', () => {
				resolve(response.statusCode ?? 0);
			});
		});
		sent.end(body);
	});
}
