import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readJson, readTextStart } from '../body';
import { startDeadline } from '../deadline';
import { parseErrorBody } from '../error-body';
import { AuthError, UnexpectedBodyError } from '../errors';
import { hostKind, type HostRules } from '../hosts';
import { readCorrelationId } from '../errors/correlation-id';
import { buildAuthError } from '../http-error';
import { toNetworkError } from '../network-errors';
import { buildUrl } from '../paths';
import { abortReason, systemClock } from '../clock';
import { logCall } from '../http/log-call';
import type { RetryPolicy } from '../http/retry-policy';
import { silentLogger, type Logger } from '../logger';
import { retrying } from '../retry';
import type { Secrets } from '../secrets';
import { parseHttpDate } from '../time';
import type { Transport, TransportResponse, TransportTimeouts } from '../transport';
import { acceptGeolocation } from './geolocation';

const TOKEN_PATH = '/oauth2/v0/token';
const MOST_HOPS = 3;
const TOKEN_BODY_BYTES = 1024 * 1024;

// `expires_in` is text on the Authentication page and a number in the migration guide.
const tokenSchema = z.object({
	access_token: z.string().min(1),
	expires_in: z.coerce.number().positive().optional().catch(undefined),
	refresh_expires_in: z.coerce.number().positive().optional().catch(undefined),
	refresh_token: z.string().min(1).optional().catch(undefined),
	id_token: z.string().optional().catch(undefined),
	geolocation: z.string().optional().catch(undefined),
	scope: z.string().optional().catch(undefined),
});

/** What a token call gave. */
export interface TokenGrant {
	readonly accessToken: string;
	/** One hour where Concur does not say. */
	readonly lifetimeMs: number;
	readonly refreshToken?: string | undefined;
	/** `refresh_expires_in` as sent; `readRefreshEnd` knows what it means. */
	readonly refreshEnd?: number | undefined;
	/** The `Date` of the answer, in milliseconds since 1970. */
	readonly answeredMs?: number | undefined;
	/** Checked: an origin that calls may go to. */
	readonly geolocation?: string | undefined;
	/** The scopes granted, separated by blanks, where Concur says. */
	readonly scope?: string | undefined;
}

export interface TokenExchangeOptions {
	readonly transport: Transport;
	readonly timeouts: TransportTimeouts & { readonly totalMs: number };
	readonly policy: RetryPolicy;
	readonly secrets: Secrets;
	/** The configured base: geolocations are measured against it. */
	readonly baseUrl: string;
	readonly rules: HostRules;
	readonly logger?: Logger;
	/** Told of every token call. */
	readonly onCall?: () => void;
}

export type TokenExchange = (
	origin: string,
	form: Readonly<Record<string, string>>,
	signal?: AbortSignal,
) => Promise<TokenGrant>;

/**
 * The token call, `POST /oauth2/v0/token` (Authentication page): repeated on faults like any call,
 * since asking for a token twice does no harm, and moved to the returned geolocation when Concur
 * answers that the user lives elsewhere (code 16).
 * @throws {AuthError} refused; {@link HttpError}, {@link NetworkError} when the retries are used up.
 */
export function createTokenExchange(options: TokenExchangeOptions): TokenExchange {
	const { policy, secrets, baseUrl, rules, logger = silentLogger } = options;

	return async function exchange(origin, form, signal) {
		let at = origin;
		let hop = 0;
		// The hops share one budget, and a repetition goes on where the last attempt had come to.
		const answer = await retrying(
			async (attempt) => {
				for (;;) {
					const told = await logCall(
						{ logger, clock: systemClock },
						{ method: 'POST', path: TOKEN_PATH, attempt },
						() => callOnce(options, at, form, signal),
						() => 200,
					);
					if (!('movedTo' in told)) return told;
					const next = acceptGeolocation(baseUrl, told.movedTo, rules);
					if (next === undefined || next === at || hop >= MOST_HOPS) throw told.error;
					at = next;
					hop++;
				}
			},
			{ policy, repeat: 'freely', signal },
		);
		for (const secret of [answer.access_token, answer.refresh_token, answer.id_token]) {
			secrets.remember(secret);
		}
		return {
			accessToken: answer.access_token,
			lifetimeMs: (answer.expires_in ?? 3600) * 1000,
			refreshToken: answer.refresh_token,
			refreshEnd: answer.refresh_expires_in,
			answeredMs: answer.answeredMs,
			scope: answer.scope,
			geolocation:
				acceptGeolocation(baseUrl, answer.geolocation, rules) ?? (hop > 0 ? at : undefined),
		};
	};
}

type TokenAnswer = z.infer<typeof tokenSchema> & { readonly answeredMs: number | undefined };
type CallOutcome = TokenAnswer | { readonly movedTo: string; readonly error: AuthError };

async function callOnce(
	options: TokenExchangeOptions,
	origin: string,
	form: Readonly<Record<string, string>>,
	signal: AbortSignal | undefined,
): Promise<CallOutcome> {
	const { transport, timeouts, secrets, rules } = options;
	const call = `POST ${TOKEN_PATH}`;
	const correlationId = randomUUID();
	options.onCall?.();
	const deadline = startDeadline(timeouts.totalMs, signal);
	try {
		const response = await transport.send({
			method: 'POST',
			url: buildUrl(origin, TOKEN_PATH),
			headers: {
				accept: 'application/json',
				'content-type': 'application/x-www-form-urlencoded',
				'concur-correlationid': correlationId,
			},
			body: new URLSearchParams(form).toString(),
			timeouts,
			signal: deadline.signal,
		});
		if (response.status !== 200) return await readRefusal(response, correlationId, secrets, rules);
		const context = {
			call,
			correlationId: readCorrelationId(response.headers, correlationId, secrets),
		};
		const limits = { parseLimit: TOKEN_BODY_BYTES, maxBytes: TOKEN_BODY_BYTES };
		const parsed = tokenSchema.safeParse((await readJson(response, limits, context)).value);
		if (parsed.success) {
			const { date } = response.headers;
			return { ...parsed.data, answeredMs: date === undefined ? undefined : parseHttpDate(date) };
		}
		throw new UnexpectedBodyError('CONCUR_UNEXPECTED_BODY', `The answer to ${call} has no token.`, {
			correlationId: context.correlationId,
			advice: 'Check that the base address is the API host of your data center.',
		});
	} catch (error) {
		if (signal?.aborted) throw abortReason(signal);
		const cause: unknown = deadline.signal.aborted ? deadline.signal.reason : error;
		throw toNetworkError(cause, { call, baseUrl: origin, correlationId });
	} finally {
		deadline.clear();
	}
}

async function readRefusal(
	response: TransportResponse,
	correlationId: string,
	secrets: Secrets,
	rules: HostRules,
): Promise<CallOutcome> {
	const body = parseErrorBody(await readTextStart(response, 64 * 1024).catch(() => ''));
	const { geolocation } = body;
	const known = geolocation !== undefined && hostKind(geolocation, rules) !== undefined;
	const error = buildAuthError(
		{
			call: `POST ${TOKEN_PATH}`,
			status: response.status,
			headers: response.headers,
			body: known ? { ...body, message: `${body.message ?? ''} (${geolocation})` } : body,
			correlationId,
		},
		secrets,
	);
	if (error instanceof AuthError && error.concurCode === '16' && geolocation !== undefined) {
		return { movedTo: geolocation, error };
	}
	throw error;
}
