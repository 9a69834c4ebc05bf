import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../faults/fault';
import { answerInstead } from '../faults/faulty-answers';
import type { CallRecord, State } from '../state';
import { isUuid } from '../world/ids';
import type { Answer, Call } from './answer';
import { dispatch, familyOf } from './dispatch';
import type { Router } from './router';
import { sendAnswer } from './send';

/** Calls beyond this number push out the oldest. */
const rememberedCalls = 200_000;

/** A server that answers for one data centre of the world. */
export function createListener(state: State, router: Router, host: Call['host']): Server {
	const server = createServer((request, response) => {
		const number = ++state.counter.calls;
		const done = serve(state, router, host, request, response, number);
		done.catch((error: unknown) => {
			// A bug of the fake must look like one, not like a fault it plays.
			const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
			if (!response.headersSent) response.writeHead(599, { 'Content-Type': 'text/plain' });
			response.end(text);
		});
	});
	// Idle connections must not be cut under a client: that would be a fault nobody asked for.
	server.keepAliveTimeout = 120_000;
	return server;
}

async function serve(
	state: State,
	router: Router,
	host: Call['host'],
	request: IncomingMessage,
	response: ServerResponse,
	number: number,
): Promise<void> {
	const body = await readBody(request);
	const url = new URL(request.url ?? '/', 'http://fake');
	const method = request.method ?? 'GET';
	const path = url.pathname;
	const family = familyOf(path);
	const isControl = family === 'control';
	if (!isControl) state.clock.advance(state.clock.stepPerCallMs);
	const now = state.clock.now();
	const fault = isControl ? undefined : state.faults.pick(method, path, family === 'token');
	const record = remember(state, { number, method, url, host, now, fault, skip: isControl });
	const { headers } = request;
	const given = headers['concur-correlationid'];
	const correlationId = typeof given === 'string' && isUuid(given) ? given : randomUUID();
	response.setHeader('Date', now.toUTCString());
	response.setHeader('concur-correlationid', correlationId);

	if (state.settings.latencyMs > 0 && !isControl) await wait(state.settings.latencyMs);
	const call = { method, path, query: url.searchParams, headers, body, host, now };
	const answer = await answerCall(call, correlationId, router, state, fault);
	// A record marked huge is broken by nothing else.
	const padded = hugeRecord(state, path);
	record.status = sendAnswer(response, answer, fault ?? padded);
	if (isControl) return;
	const match = router.match(method, path);
	state.world.noteCall(match?.route.isList === true);
}

async function answerCall(
	call: Parameters<typeof dispatch>[0],
	correlationId: string,
	router: Router,
	state: State,
	fault: Fault | undefined,
): Promise<Answer> {
	if (fault?.kind === 'resetBefore' || fault?.kind === 'stallHeaders') return { status: 0 };
	const { authorization } = call.headers;
	const instead = fault && answerInstead(fault, call.now, authorization);
	if (fault?.kind === 'expiredToken') state.tokens.revoke(authorization);
	return instead ?? dispatch(call, correlationId, router, state);
}

function hugeRecord(state: State, path: string): Fault | undefined {
	const id = /^\/travelrequest\/v4\/requests\/(\w+)$/.exec(path)?.[1] ?? '';
	const megabytes = state.faults.huge.get(id);
	return megabytes === undefined ? undefined : { kind: 'hugeBody', megabytes };
}

function remember(
	state: State,
	made: {
		number: number;
		method: string;
		url: URL;
		host: Call['host'];
		now: Date;
		fault: Fault | undefined;
		skip: boolean;
	},
): CallRecord {
	const { url } = made;
	const record: CallRecord = {
		number: made.number,
		at: made.now.toISOString(),
		method: made.method,
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		userId: url.searchParams.get('userId') ?? undefined,
		host: made.host,
		status: 0,
		fault: made.fault?.kind,
	};
	if (made.skip) return record;
	// Cut in batches: shifting a large array on every call would be slow.
	if (state.calls.length >= rememberedCalls) state.calls.splice(0, rememberedCalls / 10);
	state.calls.push(record);
	return record;
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of request) {
		if (chunk instanceof Uint8Array) chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}
