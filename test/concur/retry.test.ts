import type { ServerResponse } from 'node:http';
import { ConcurError } from '../../concur/errors';
import type { ConcurRequest } from '../../concur/client';
import { fakeSleep, failureOf, json, serve, testClient, type Answer } from './serve';

const get: ConcurRequest = { method: 'GET', path: '/travelrequest/v4/requests' };
const post: ConcurRequest = { method: 'POST', path: '/travelrequest/v4/requests', json: {} };
const put: ConcurRequest = { method: 'PUT', path: '/travelrequest/v4/requests/A', json: {} };
const remove: ConcurRequest = { method: 'DELETE', path: '/travelrequest/v4/requests/A' };
const queuePut: ConcurRequest = { ...put, repeat: 'never-blindly' };

const v4Error = (errorCode: string) => ({ errors: [{ errorCode, errorMessage: 'Because.' }] });
const status =
	(code: number, body: unknown = {}, headers: Record<string, string> = {}): Answer =>
	(response) => {
		json(response, body, code, headers);
	};
const ok = status(200, { fine: true });
const reset: Answer = (response) => response.socket?.destroy();
const truncated: Answer = (response) => {
	response.writeHead(200, { 'content-length': '100' });
	response.write('{"fine":');
	response.socket?.end();
};
const html: Answer = (response) => response.end('<html><title>Sorry</title></html>');
const notHttp: Answer = (response) => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
const switching: Answer = (response) =>
	response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n');
const notGzip: Answer = (response) =>
	response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip');
const deadlock = 'The request encountered a database deadlock.';
const unavailable = 'CONCUR_UNAVAILABLE';
const halfJson: Answer = (response) => response.end('{"fine":');

/** Plays the script, its last line for ever. */
async function play(script: readonly Answer[], request: ConcurRequest) {
	let step = 0;
	const server = await serve((response: ServerResponse, call) => {
		script[Math.min(step++, script.length - 1)]?.(response, call);
	});
	const { waits, sleep } = fakeSleep();
	const client = testClient(server, { retry: { sleep, random: () => 0.5, attempts: 4 } });
	try {
		const outcome: unknown = await client.request(request).catch((error: unknown) => error);
		const code = outcome instanceof ConcurError ? outcome.code : 'ok';
		return { code, outcome, sent: server.calls.length, waits, stats: client.stats(), server };
	} finally {
		await client.close();
		await server.close();
	}
}

describe('how often a call is sent and what comes out', () => {
	test.each<[string, ConcurRequest, Answer[], number, string]>([
		['408', get, [status(408), ok], 2, 'ok'],
		['429', get, [status(429), ok], 2, 'ok'],
		['500', get, [status(500, v4Error('internalServerError')), ok], 2, 'ok'],
		['502 page', get, [(r) => r.writeHead(502).end('<html></html>'), ok], 2, 'ok'],
		['503 circuitBreaker', get, [status(503, v4Error('circuitBreaker')), ok], 2, 'ok'],
		['503 for ever', get, [status(503)], 4, 'CONCUR_UNAVAILABLE'],
		['429 for ever', get, [status(429)], 4, 'CONCUR_RATE_LIMITED'],
		['reset', get, [reset, ok], 2, 'ok'],
		['reset for ever', get, [reset], 4, 'CONCUR_NETWORK'],
		['truncated', get, [truncated, ok], 2, 'ok'],
		['half JSON', get, [halfJson, ok], 2, 'ok'],
		['HTML with 200, once', get, [html, ok], 2, 'ok'],
		['HTML with 200', get, [html], 2, 'CONCUR_BAD_BODY'],
		['HTML with 200, then busy, then HTML again', get, [html, status(503), html, ok], 4, 'ok'],
		['POST answered by HTML', post, [html, ok], 1, 'CONCUR_OUTCOME_UNKNOWN'],
		['what is not HTTP', get, [notHttp, ok], 2, 'ok'],
		['what is never HTTP', get, [notHttp], 4, 'CONCUR_NETWORK'],
		['POST answered by what is not HTTP', post, [notHttp, ok], 1, 'CONCUR_OUTCOME_UNKNOWN'],
		['a switch of protocols', get, [switching, ok], 2, 'ok'],
		['gzip that is none', get, [notGzip, ok], 2, 'ok'],
		['400 of a deadlock', get, [status(400, { message: deadlock }), ok], 2, 'ok'],
		['400 of a deadlock for ever', get, [status(400, { message: deadlock })], 4, unavailable],
		['POST 400 of a deadlock', post, [status(400, { message: deadlock }), ok], 2, 'ok'],
		['400 without a word', get, [status(400), ok], 2, 'ok'],
		['400 without a word for ever', get, [status(400)], 2, 'CONCUR_BAD_REQUEST'],
		[
			'400 with an empty page',
			get,
			[(r) => r.writeHead(400).end('<h1>Bad Request</h1>'), ok],
			2,
			'ok',
		],
		['POST 400 without a word', post, [status(400), ok], 1, 'CONCUR_BAD_REQUEST'],
		[
			'400 of an amount that passes a limit',
			get,
			[status(400, { message: 'The request exceeds the limit of 500 USD.' })],
			1,
			'CONCUR_BAD_REQUEST',
		],
		['400', get, [status(400, v4Error('invalidDate'))], 1, 'CONCUR_BAD_REQUEST'],
		[
			'400 that is a rate limit',
			get,
			[status(400, { message: 'number of requests received exceed the request limit' }), ok],
			2,
			'ok',
		],
		['403', get, [status(403, v4Error('permissionDenied'))], 1, 'CONCUR_FORBIDDEN'],
		['404', get, [status(404, v4Error('notFound'))], 1, 'CONCUR_NOT_FOUND'],
		['409', get, [status(409, v4Error('NO_APPROVER'))], 1, 'CONCUR_CONFLICT'],
		['501 is a 5xx', get, [status(501), ok], 2, 'ok'],
		['redirect', get, [status(302, {}, { location: 'http://127.0.0.1:1/' })], 1, 'CONCUR_REDIRECT'],
		['PUT 500', put, [status(500), ok], 2, 'ok'],
		['PUT reset', put, [reset, ok], 2, 'ok'],
		['PUT 204', put, [(r) => r.writeHead(204).end()], 1, 'ok'],
		['DELETE lost, then 404', remove, [reset, status(404)], 2, 'ok'],
		['DELETE 504, then 404', remove, [status(504), status(404)], 2, 'ok'],
		['DELETE 404 at once', remove, [status(404)], 1, 'CONCUR_NOT_FOUND'],
		['DELETE 429, then 404', remove, [status(429), status(404)], 2, 'CONCUR_NOT_FOUND'],
		['POST 429', post, [status(429), ok], 2, 'ok'],
		['POST 401', post, [status(401), ok], 2, 'ok'],
		['POST reset', post, [reset, ok], 1, 'CONCUR_OUTCOME_UNKNOWN'],
		['POST 500', post, [status(500), ok], 1, 'CONCUR_OUTCOME_UNKNOWN'],
		['POST 408', post, [status(408), ok], 1, 'CONCUR_OUTCOME_UNKNOWN'],
		['POST with half an answer', post, [halfJson, ok], 1, 'CONCUR_OUTCOME_UNKNOWN'],
		['POST circuitBreaker', post, [status(503, v4Error('circuitBreaker')), ok], 2, 'ok'],
		['POST approve later', post, [status(503, v4Error('CLIQBOOK_APPROVAL_RETRY')), ok], 2, 'ok'],
		[
			'POST approval failed',
			post,
			[status(503, v4Error('CLIQBOOK_APPROVAL_FAILURE')), ok],
			1,
			'CONCUR_CONFLICT',
		],
		[
			'POST cancel failed',
			post,
			[status(503, v4Error('CLIQBOOK_CANCEL_FAILURE')), ok],
			1,
			'CONCUR_CONFLICT',
		],
		['POST 409', post, [status(409, v4Error('NO_APPROVER')), ok], 1, 'CONCUR_CONFLICT'],
		['queue PUT 429', queuePut, [status(429), ok], 2, 'ok'],
		['queue PUT reset', queuePut, [reset, ok], 1, 'CONCUR_OUTCOME_UNKNOWN'],
		['queue PUT 500', queuePut, [status(500), ok], 1, 'CONCUR_OUTCOME_UNKNOWN'],
	])('%s', async (_name, request, script, sent, code) => {
		const played = await play(script, request);
		expect({ sent: played.sent, code: played.code }).toEqual({ sent, code });
		expect(played.stats.retries).toBe(
			played.server.calls.length - 1 - (played.server.tokenCalls.length - 1),
		);
	});
});

describe('how long a call waits', () => {
	const now = 'Sat, 21 Nov 2026 12:00:00 GMT';
	test.each<[string, Record<string, string>, number]>([
		['nothing said: half of the first 500 ms', {}, 250],
		['seconds', { 'retry-after': '7' }, 7_000],
		['zero is floored', { 'retry-after': '0' }, 1_000],
		['as much as is waited for', { 'retry-after': '300' }, 300_000],
		['date', { 'retry-after': 'Sat, 21 Nov 2026 12:00:09 GMT', date: now }, 9_000],
		['date gone by', { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT', date: now }, 1_000],
		['nonsense', { 'retry-after': 'soon' }, 250],
	])('503 with Retry-After, %s', async (_name, headers, wait) => {
		const played = await play([status(503, {}, headers), ok], get);
		expect(played.waits).toEqual([wait]);
	});

	test('the waits double up to the cap, with jitter', async () => {
		const server = await serve(status(503));
		const { waits, sleep } = fakeSleep();
		const client = testClient(server, {
			retry: { sleep, random: () => 1, attempts: 6, baseMs: 100, capMs: 500 },
		});
		await failureOf(client.request(get));
		expect(waits).toEqual([100, 200, 400, 500, 500]);
		await client.close();
		await server.close();
	});
});
