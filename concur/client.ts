import { createTokenExchange } from './auth/token-exchange';
import { readTokenOwner, type TokenOwner } from './auth/token-owner';
import { createTokenProvider, type AccessProvider } from './auth/token-provider';
import type { Credentials } from './auth/credentials';
import { MemoryTokenStore, type TokenStore } from './auth/token-store';
import { defaultBodyLimits, type BodyLimits } from './body';
import { systemClock, type Clock } from './clock';
import { joinSignals } from './deadline';
import type { ConcurError } from './errors';
import type { CallShape, ConcurAnswer, ExchangeTools } from './exchange';
import { parseBaseUrl } from './hosts';
import { ClientWarnings, type ClientWarning } from './http/client-warnings';
import { defaultRetryPolicy, type Repeat, type RetryPolicy } from './http/retry-policy';
import { CallSender } from './http/send-call';
import { Limiter } from './limiter';
import { redactLogger, silentLogger, type Logger } from './logger';
import { createSecrets } from './secrets';
import { createServerTime, type ServerTime } from './server-time/server-time';
import { StatsCounter, type ClientStats } from './stats';
import { defaultTimeouts, type Transport, type TransportTimeouts } from './transport';
import { createUndiciTransport } from './undici-transport';

export interface ConcurClientOptions {
	/** `https://us2.api.concursolutions.com`, or http to this machine. */
	readonly baseUrl: string;
	/** How to get tokens; or `access`, where somebody else gets them. */
	readonly credentials?: Credentials;
	readonly access?: AccessProvider | undefined;
	/** Where the rotating refresh token is kept; in memory unless told. */
	readonly tokenStore?: TokenStore;
	/** Further hosts that may be sent tokens; https only. */
	readonly allowHosts?: readonly string[];
	/** undici unless told. */
	readonly transport?: Transport;
	readonly retry?: Partial<RetryPolicy>;
	/** Most requests in flight; 8 unless told. */
	readonly concurrency?: number;
	/** `totalMs`: most time one attempt may take, 5 minutes unless told. */
	readonly timeouts?: Partial<TransportTimeouts & { readonly totalMs: number }>;
	readonly limits?: Partial<BodyLimits>;
	readonly logger?: Logger;
	readonly clock?: Clock;
	/** Ends everything the client does. */
	readonly signal?: AbortSignal;
}

export interface ConcurRequest extends CallShape {
	/** GET, PUT and DELETE repeat `freely`, POST and PATCH `never-blindly`, unless told. */
	readonly repeat?: Repeat;
	readonly signal?: AbortSignal | undefined;
}

/** The way to Concur: every endpoint of this package is written over `request`. */
export interface ConcurClient {
	/**
	 * Sends a call: token, base address, correlation id, limiter, and the policy of retry-policy.ts.
	 * @throws {HttpError} a refusal; {@link AuthError} no token; {@link NetworkError},
	 * {@link BadBodyError} after the last attempt; {@link OutcomeUnknownError};
	 * {@link BodyTooLargeError}; the signal's reason when aborted.
	 */
	request(request: ConcurRequest): Promise<ConcurAnswer>;
	stats(): ClientStats;
	/** What the latest attempt of any call failed with; undefined once a call is answered again. */
	lastFailure(): ConcurError | undefined;
	/** What to look after although the calls go well: a refresh token about to end, say. */
	warnings(): readonly ClientWarning[];
	/** What time it is at Concur, as far as its answers and this machine can tell. */
	readonly serverTime: ServerTime;
	/** Server milliseconds since 1970 that have certainly come; undefined before any answer. */
	serverNow(): number | undefined;
	/**
	 * Whose data the token shows, as far as it tells; gets a token where there is none yet.
	 * @throws {AuthError}, {@link NetworkError} where none can be had.
	 */
	owner(signal?: AbortSignal): Promise<TokenOwner>;
	/** Takes known secrets out of a text. */
	redact(text: string): string;
	/** Ends pauses and connections, also those of calls still under way. */
	close(): Promise<void>;
}

/**
 * Creates a client; nothing is sent before the first call.
 * @throws {ConfigurationError} for a base address that is not allowed.
 */
export function createConcurClient(options: ConcurClientOptions): ConcurClient {
	const clock = options.clock ?? systemClock;
	const policy: RetryPolicy = { ...defaultRetryPolicy, ...options.retry };
	const secrets = createSecrets();
	const logger = redactLogger(options.logger ?? silentLogger, secrets);
	const stats = new StatsCounter();
	const transport = options.transport ?? createUndiciTransport();
	const timeouts = { ...defaultTimeouts, totalMs: 300_000, ...options.timeouts };
	const limiter = new Limiter({
		concurrency: options.concurrency ?? 8,
		sleep: policy.sleep,
		now: () => clock.monotonicMs(),
	});
	const warnings = new ClientWarnings();
	const serverTime = createServerTime(clock);
	const limits = { ...defaultBodyLimits, ...options.limits };
	const tools: ExchangeTools = { transport, timeouts, limits, clock, serverTime, secrets, stats };
	const access = chooseAccess(options, { ...tools, policy, warnings, logger });

	const sender = new CallSender({ ...tools, access, limiter, logger, policy });

	return {
		async request(request) {
			const { signal, unlink } = joinSignals(options.signal, request.signal);
			const repeat = request.repeat ?? repeatOf(request);
			return sender.send(request, repeat, signal).finally(unlink);
		},
		stats: () => stats.snapshot(limiter.throttledMs),
		lastFailure: () => sender.lastFailure,
		warnings: () => [
			...warnings.all,
			...[serverTime.warning()].filter((each) => each !== undefined),
		],
		serverTime,
		serverNow: () => serverTime.now(),
		async owner(signal) {
			const joined = joinSignals(options.signal, signal);
			const { token } = await access.get(joined.signal).finally(joined.unlink);
			return token === undefined ? {} : readTokenOwner(token);
		},
		redact: (text) => secrets.redact(text),
		async close() {
			limiter.close();
			await transport.close?.();
		},
	};
}

function repeatOf(request: ConcurRequest): Repeat {
	return request.method === 'POST' || request.method === 'PATCH' ? 'never-blindly' : 'freely';
}

function chooseAccess(
	options: ConcurClientOptions,
	tools: ExchangeTools & {
		readonly policy: RetryPolicy;
		readonly warnings: ClientWarnings;
		readonly logger: Logger;
	},
): AccessProvider {
	const { credentials, signal, access } = options;
	const rules = { allowHosts: options.allowHosts };
	const baseUrl = parseBaseUrl(options.baseUrl, rules);
	if (access) {
		return {
			async get(callSignal) {
				const granted = await access.get(callSignal);
				parseBaseUrl(granted.baseUrl, rules);
				return granted;
			},
			invalidate: (refused) => access.invalidate(refused),
		};
	}
	if (!credentials) throw new TypeError('A client needs credentials or access.');
	const { stats, clock, secrets, warnings } = tools;
	return createTokenProvider({
		credentials,
		baseUrl,
		rules,
		store: options.tokenStore ?? new MemoryTokenStore(),
		exchange: createTokenExchange({ ...tools, baseUrl, rules, onCall: () => stats.tokenCalls++ }),
		clock,
		secrets,
		warnings,
		signal,
	});
}
