import { orAbort, type Clock } from '../clock';
import { AuthError, ConcurError, ConfigurationError, HttpError, NetworkError } from '../errors';
import type { HostRules } from '../hosts';
import type { ClientWarnings } from '../http/client-warnings';
import type { Secrets } from '../secrets';
import { fingerprint, grantForm, secretsOf, type Credentials } from './credentials';
import { acceptGeolocation, requestTokenOrigin } from './geolocation';
import { readRefreshEnd, REFRESH_TOKEN_ENDS, warnOfRefreshEnd } from './refresh-end';
import { readTokenFacts, type TokenFacts } from './token-facts';
import type { TokenExchange, TokenGrant } from './token-exchange';
import type { StoredTokens, TokenStore } from './token-store';

/** What a call needs: where to, and with which token. */
export interface Access {
	/** Undefined where the transport itself authenticates. */
	readonly token?: string | undefined;
	/** The origin calls go to. */
	readonly baseUrl: string;
	/** What the token may do, where that is known. */
	readonly facts?: TokenFacts | undefined;
}

export interface AccessProvider {
	/** A token good for some minutes; many callers share one token call. */
	get(signal?: AbortSignal): Promise<Access>;
	/**
	 * Concur refused this access with 401: the next `get` brings another. Returns whether it was
	 * the one in use: one that another call has reported already says nothing new.
	 */
	invalidate(access: Access): boolean;
}

export interface TokenProviderOptions {
	readonly credentials: Credentials;
	/** Checked by `parseBaseUrl`. */
	readonly baseUrl: string;
	readonly rules: HostRules;
	readonly store: TokenStore;
	readonly exchange: TokenExchange;
	readonly clock: Clock;
	readonly secrets: Secrets;
	readonly warnings?: ClientWarnings;
	/** Ends token calls when the client ends; one caller's abort does not, others may wait too. */
	readonly signal?: AbortSignal | undefined;
}

const AHEAD_MS = 5 * 60_000;
const AHEAD_SHARE = 0.1;
/** For how long a failure speaks for the calls that come after it. */
const PATIENCE_MS = 30_000;

interface CurrentAccess {
	readonly access: Access;
	readonly expiresMs: number;
	renewMs: number;
}

/**
 * Gets and renews access tokens: one token call at a time, renewed ahead of expiry, the rotating
 * refresh token stored before the access token that came with it is used (Authentication page,
 * "Refreshing a token"). A stored refresh token is preferred to the configured grant, because a
 * request token dies after 24 hours; when it is refused, the configured grant is tried again. What
 * the token service said holds for half a minute: callers do not ask it again one by one, which would
 * lock an account whose password is wrong.
 */
export function createTokenProvider(options: TokenProviderOptions): AccessProvider {
	const { credentials, baseUrl, rules, store, exchange, clock, secrets, signal } = options;
	const startedFrom = fingerprint(credentials);
	let current: CurrentAccess | undefined;
	let flight: Promise<Access> | undefined;
	let verdict: { readonly error: ConcurError; readonly untilMs: number } | undefined;
	// If writing fails, this process still knows the only living token.
	let unwritten: StoredTokens | undefined;
	for (const secret of secretsOf(credentials)) secrets.remember(secret);

	async function renew(): Promise<Access> {
		try {
			const startMs = clock.monotonicMs();
			const grant =
				credentials.grantType === 'client_credentials'
					? await exchange(baseUrl, grantForm(credentials), signal)
					: await store.exclusively(renewStored, signal);
			const access = {
				token: grant.accessToken,
				baseUrl: grant.geolocation ?? baseUrl,
				facts: readTokenFacts(grant, credentials),
			};
			const ahead = Math.min(AHEAD_MS, grant.lifetimeMs * AHEAD_SHARE);
			const expiresMs = startMs + grant.lifetimeMs;
			current = { access, expiresMs, renewMs: expiresMs - ahead };
			watchRefreshEnd(grant);
			return access;
		} catch (error) {
			// Renewing ahead may fail while the old token still works.
			const untilMs = clock.monotonicMs() + PATIENCE_MS;
			if (current && isPassing(error) && clock.monotonicMs() < current.expiresMs) {
				current.renewMs = untilMs;
				return current.access;
			}
			if (isAnswered(error)) verdict = { error, untilMs };
			throw error;
		}
	}

	// Inside the lock: another process may have used and replaced the refresh token meanwhile.
	async function renewStored(): Promise<TokenGrant> {
		const read = await store.read();
		const stored = unwritten ?? (read?.startedFrom === startedFrom ? read : undefined);
		if (stored) {
			secrets.remember(stored.refreshToken);
			try {
				return await refresh(stored);
			} catch (error) {
				if (!isRefused(error) || isConfigured(stored.refreshToken)) throw error;
			}
		}
		// A refused token is forgotten, also where the grant brings no other.
		return keep(await exchange(firstOrigin(), grantForm(credentials), signal), undefined);
	}

	async function refresh(stored: StoredTokens): Promise<TokenGrant> {
		const { clientId, clientSecret } = credentials;
		const { refreshToken } = stored;
		const form = grantForm({ grantType: 'refresh_token', clientId, clientSecret, refreshToken });
		const origin = acceptGeolocation(baseUrl, stored.geolocation, rules) ?? baseUrl;
		const grant = await exchange(origin, form, signal);
		return keep({ ...grant, geolocation: grant.geolocation ?? origin }, stored);
	}

	/** Stores what must outlive the process, before anybody uses the access token. */
	async function keep(grant: TokenGrant, before: StoredTokens | undefined): Promise<TokenGrant> {
		const refreshToken = grant.refreshToken ?? before?.refreshToken;
		if (refreshToken === undefined) return grant;
		const geolocation = grant.geolocation ?? before?.geolocation;
		unwritten = { refreshToken, geolocation, startedFrom };
		await store.write(unwritten);
		unwritten = undefined;
		return grant;
	}

	function watchRefreshEnd({ refreshEnd, answeredMs }: TokenGrant): void {
		// The app's secret and a user's password get a new token whenever one is needed.
		if (credentials.grantType === 'client_credentials') return;
		if (credentials.grantType === 'password' && credentials.credentialType === 'password') return;
		const nowMs = answeredMs ?? clock.epochMs();
		const warning = warnOfRefreshEnd(readRefreshEnd(refreshEnd, nowMs), nowMs);
		if (warning) options.warnings?.tell(warning);
		else options.warnings?.takeBack(REFRESH_TOKEN_ENDS);
	}

	function firstOrigin(): string {
		return credentials.grantType === 'password' && credentials.credentialType === 'authtoken'
			? requestTokenOrigin(baseUrl)
			: baseUrl;
	}

	function isConfigured(refreshToken: string): boolean {
		return credentials.grantType === 'refresh_token' && credentials.refreshToken === refreshToken;
	}

	return {
		async get(callerSignal) {
			if (current && clock.monotonicMs() < current.renewMs) return current.access;
			if (verdict && clock.monotonicMs() < verdict.untilMs) throw verdict.error;
			flight ??= renew().finally(() => {
				flight = undefined;
			});
			return orAbort(flight, callerSignal);
		},
		invalidate(access) {
			const inUse = current?.access.token === access.token;
			if (inUse) current = undefined;
			return inUse;
		},
	};
}

/** The token service's own word or silence, which each further caller would only meet again. */
function isAnswered(error: unknown): error is ConcurError {
	return error instanceof ConcurError && !(error instanceof ConfigurationError);
}

/** A fault that may be gone in half a minute; a refusal or an unwritable file is not. */
function isPassing(error: unknown): boolean {
	return (
		error instanceof NetworkError || (error instanceof HttpError && !(error instanceof AuthError))
	);
}

function isRefused(error: unknown): boolean {
	return (
		error instanceof AuthError &&
		(error.code === 'CONCUR_AUTH_REFRESH_TOKEN' || error.code === 'CONCUR_AUTH_GRANT')
	);
}
