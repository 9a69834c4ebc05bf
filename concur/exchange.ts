import { randomUUID } from 'node:crypto';
import type { Access } from './auth/token-provider';
import { readJson, readTextStart, type BodyLimits } from './body';
import { abortReason, type Clock } from './clock';
import { startDeadline } from './deadline';
import { parseErrorBody } from './error-body';
import { ConcurError } from './errors';
import { readCorrelationId } from './errors/correlation-id';
import { buildHttpError, type FailedAnswer } from './http-error';
import { toNetworkError } from './network-errors';
import { buildUrl, type QueryValue } from './paths';
import type { Secrets } from './secrets';
import type { SentCall, ServerTime } from './server-time/server-time';
import type { StatsCounter } from './stats';
import type { HttpMethod, Transport, TransportResponse, TransportTimeouts } from './transport';

/** One call as an endpoint describes it. */
export interface CallShape {
	readonly method: HttpMethod;
	/** Under the base address, ids already made safe by `pathId`. */
	readonly path: string;
	readonly query?: Readonly<Record<string, QueryValue>>;
	/** Sent as JSON; without it a POST has an empty body. */
	readonly json?: unknown;
	/** `application/json` unless told. */
	readonly contentType?: string;
	/** For lists: how many items are asked for. */
	readonly maxItems?: number;
	/** Where the endpoint may answer in another form than JSON: reads that, or undefined. */
	readonly readOther?: (text: string) => unknown;
	/** Better advice than the general one, by HTTP status. */
	readonly advice?: Readonly<Record<number, string>>;
}

/** A successful answer. */
export interface ConcurAnswer {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** The JSON body, undefined where it is empty. */
	readonly data: unknown;
	/** Bytes of the body. */
	readonly bytes: number;
	/**
	 * When the request was sent, to be asked `ServerTime.at`. Whatever was changed on the server
	 * before that moment, the answer has seen.
	 */
	readonly sent: SentCall;
	/** The same in server milliseconds since 1970, as far as it was known when the answer came. */
	readonly sentAt: number;
	readonly correlationId: string;
}

export interface ExchangeTools {
	readonly transport: Transport;
	readonly timeouts: TransportTimeouts & { readonly totalMs: number };
	readonly limits: BodyLimits;
	readonly clock: Clock;
	readonly serverTime: ServerTime;
	readonly secrets: Secrets;
	readonly stats: StatsCounter;
}

/** Sends a call once and reads its answer whole; every failure is a {@link ConcurError}. */
export async function exchangeOnce(
	tools: ExchangeTools,
	access: Access,
	shape: CallShape,
	signal: AbortSignal | undefined,
): Promise<ConcurAnswer> {
	const call = `${shape.method} ${shape.path}`;
	const correlationId = randomUUID();
	const deadline = startDeadline(tools.timeouts.totalMs, signal);
	const sentMs = tools.clock.monotonicMs();
	try {
		tools.stats.calls++;
		const response = await tools.transport.send({
			method: shape.method,
			url: buildUrl(access.baseUrl, shape.path, shape.query),
			headers: headersFor(access, shape, correlationId),
			...(shape.json !== undefined && { body: JSON.stringify(shape.json) }),
			timeouts: tools.timeouts,
			signal: deadline.signal,
		});
		const sent = tools.serverTime.observe(response.headers, sentMs);
		if (response.status < 200 || response.status > 299) {
			throw await readFailure(tools, response, shape, { call, correlationId, token: access.facts });
		}
		const context = {
			call,
			correlationId: readCorrelationId(response.headers, correlationId, tools.secrets),
		};
		const { maxItems, readOther } = shape;
		const limits = {
			...tools.limits,
			...(maxItems !== undefined && { maxItems }),
			...(readOther && { readOther }),
		};
		const { value, bytes } = await readJson(response, limits, context);
		const { status, headers } = response;
		const sentAt = sentAtOf(tools, sent);
		tools.stats.took(tools.clock.monotonicMs() - sentMs);
		return {
			status,
			headers,
			data: value,
			bytes,
			sent,
			sentAt,
			correlationId: context.correlationId,
		};
	} catch (error) {
		if (signal?.aborted) throw abortReason(signal);
		tools.stats.took(tools.clock.monotonicMs() - sentMs);
		const cause: unknown = deadline.signal.aborted ? deadline.signal.reason : error;
		const { baseUrl } = access;
		const failure = toNetworkError(cause, { call, baseUrl, correlationId });
		const known = failure instanceof ConcurError ? failure.correlationId : undefined;
		tools.stats.failed(known ?? correlationId);
		throw failure;
	} finally {
		deadline.clear();
	}
}

/** Where nothing is believed yet, what the clock of this machine says. */
function sentAtOf({ clock, serverTime }: ExchangeTools, sent: SentCall): number {
	const local = clock.epochMs() - (clock.monotonicMs() - sent.sentMs);
	return serverTime.at(sent) ?? Math.floor(local);
}

function headersFor(access: Access, shape: CallShape, correlationId: string) {
	return {
		// Without it the v3 family answers XML (Connection Requests 1.2).
		accept: 'application/json',
		'user-agent': 'n8n-nodes-sap-concur',
		'concur-correlationid': correlationId,
		...(access.token !== undefined && { authorization: `Bearer ${access.token}` }),
		...(shape.json !== undefined && { 'content-type': shape.contentType ?? 'application/json' }),
	};
}

async function readFailure(
	tools: ExchangeTools,
	response: TransportResponse,
	shape: CallShape,
	sent: Pick<FailedAnswer, 'call' | 'correlationId' | 'token'>,
): Promise<ConcurError> {
	// An error page that breaks off still tells its status.
	const text = await readTextStart(response, 64 * 1024).catch(() => '');
	return buildHttpError(
		{
			...sent,
			status: response.status,
			headers: response.headers,
			body: parseErrorBody(text),
			advice: shape.advice?.[response.status],
		},
		tools.secrets,
	);
}
