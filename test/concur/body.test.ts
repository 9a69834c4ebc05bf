import { gzipSync } from 'node:zlib';
import { readJson, type BodyLimits } from '../../concur/body';
import { isRawNumber } from '../../concur/exact-json';
import { BadBodyError, BodyTooLargeError } from '../../concur/errors';
import { failureOf, serve, testClient, type Answer } from './serve';

const context = { call: 'GET /x', correlationId: 'the-id' };
const MEBIBYTE = 1024 * 1024;
const small: BodyLimits = { parseLimit: 64, maxBytes: MEBIBYTE };

/** A body in pieces that tells how much of it was taken and whether it was let go. */
function bodyOf(pieces: Iterable<string | Uint8Array>, headers: Record<string, string> = {}) {
	const state = { taken: 0, closed: false };
	async function* flow() {
		try {
			for (const piece of pieces) {
				const bytes = Buffer.from(piece);
				state.taken += bytes.length;
				yield await Promise.resolve(bytes);
			}
		} finally {
			state.closed = true;
		}
	}
	return { state, response: { status: 200, headers, body: flow() } };
}

/** Cuts a text into pieces of a few bytes, also inside characters. */
function cut(text: string, size: number): Uint8Array[] {
	const bytes = Buffer.from(text);
	const pieces: Uint8Array[] = [];
	for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
	return pieces;
}

const document = {
	data: [
		{ id: 'Å', note: 'naïve 漢字 😀' },
		{ id: 'B', n: [1, -2.5, null, true] },
	],
};
const text = JSON.stringify(document);

test.each([
	['collected', 10_000],
	['assembled', 20],
])('a body is read whole when %s', async (_name, parseLimit) => {
	for (const size of [1, 7, 1000]) {
		const { response } = bodyOf(cut(text, size));
		const { value, bytes } = await readJson(response, { ...small, parseLimit }, context);
		expect(value).toEqual(document);
		expect(bytes).toBe(Buffer.byteLength(text));
	}
});

test.each([10_000, 20])('a byte-order mark is dropped (limit %i)', async (parseLimit) => {
	const { response } = bodyOf(cut(`\uFEFF${text}`, 2));
	expect((await readJson(response, { ...small, parseLimit }, context)).value).toEqual(document);
});

test('an empty body is undefined', async () => {
	expect(await readJson(bodyOf([]).response, small, context)).toEqual({
		value: undefined,
		bytes: 0,
	});
});

test.each<[string, string | Uint8Array, Record<string, string>]>([
	['cut short', text.slice(0, -1), {}],
	['HTML', '<!doctype html><html><title>Sign in</title></html>', {}],
	['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}],
	['shorter than announced', '{}', { 'content-length': '9' }],
	['longer than announced', '{}  ', { 'content-length': '2' }],
])('a body that is %s is a bad body, either way', async (_name, body, headers) => {
	for (const parseLimit of [10_000, 1]) {
		const { response } = bodyOf([body], headers);
		const failure = await failureOf(readJson(response, { ...small, parseLimit }, context));
		expect(failure).toBeInstanceOf(BadBodyError);
		expect(failure).toMatchObject({ code: 'CONCUR_BAD_BODY', correlationId: 'the-id' });
		// The parser's own message would quote the body.
		expect(failure).not.toHaveProperty('cause');
	}
});

function* endlessList(): Generator<string> {
	yield '{"data":[{"id":"0"}';
	for (let id = 1; ; id++) yield `,{"id":"${id}","filler":"${'x'.repeat(1000)}"}`;
}

test('an endless list ends at the items that were asked for', async () => {
	const { response, state } = bodyOf(endlessList());
	const limits = { parseLimit: 4096, maxBytes: 1024 * MEBIBYTE, maxItems: 100 };
	const failure = await failureOf(readJson(response, limits, context));
	expect(failure).toBeInstanceOf(BodyTooLargeError);
	expect(failure).toMatchObject({
		message: 'The answer to GET /x holds more than the 100 items asked for.',
	});
	expect(state.taken).toBeLessThan(150_000);
	expect(state.closed).toBe(true);
});

test('an endless body ends at the size limit, with little of it in memory', async () => {
	const { response, state } = bodyOf(endlessList());
	const limits = { parseLimit: 4096, maxBytes: 2 * MEBIBYTE };
	const failure = await failureOf(readJson(response, limits, context));
	expect(failure).toMatchObject({ code: 'CONCUR_BODY_TOO_LARGE' });
	expect(state.taken).toBeLessThan(2 * MEBIBYTE + 2000);
	expect(state.closed).toBe(true);
});

test('one endless string ends at the size limit too', async () => {
	function* endless(): Generator<string> {
		yield '{"data":"';
		for (;;) yield 'x'.repeat(60_000);
	}
	const { response } = bodyOf(endless());
	const limits = { parseLimit: 4096, maxBytes: 2 * MEBIBYTE };
	expect(await failureOf(readJson(response, limits, context))).toBeInstanceOf(BodyTooLargeError);
});

test.each([MEBIBYTE, 10])('amounts keep all their digits (limit %i)', async (parseLimit) => {
	const amounts = '{"data":[{"value":12345678901234567.12345678},{"value":1.50},{"value":1e400}]}';
	const { response } = bodyOf([amounts]);
	const { value } = await readJson(response, { ...small, parseLimit }, context);
	expect(JSON.stringify(value)).toBe(
		'{"data":[{"value":12345678901234567.12345678},{"value":1.5},{"value":1e400}]}',
	);
	expect(isRawNumber(JSON.rawJSON('1'))).toBe(true);
});

async function fetchBody(answer: Answer) {
	const server = await serve(answer);
	const client = testClient(server, { retry: { attempts: 2 } });
	try {
		return await client.request({ method: 'GET', path: '/x' });
	} finally {
		await client.close();
		await server.close();
	}
}

test('a gateway may compress although we did not ask', async () => {
	const answer = await fetchBody((response) => {
		const packed = gzipSync(text);
		response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length });
		response.end(packed);
	});
	expect(answer).toMatchObject({ data: document, bytes: Buffer.byteLength(text) });
});

test('a compressed body that breaks off is a fault', async () => {
	const failure = await failureOf(
		fetchBody((response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' });
			response.end(gzipSync(text).subarray(0, 30));
		}),
	);
	expect(failure).toMatchObject({ code: 'CONCUR_NETWORK' });
});

test('a small body that unpacks without end is stopped', async () => {
	const failure = await failureOf(
		fetchBody((response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' });
			response.end(gzipSync(`"${'x'.repeat(40 * MEBIBYTE)}"`));
		}),
	);
	expect(failure).toMatchObject({ code: 'CONCUR_BODY_TOO_LARGE' });
});
