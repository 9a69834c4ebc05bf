import { parseCredentials, grantForm, secretsOf } from '../auth/credentials';
import { requestTokenOrigin } from '../auth/geolocation';
import { createTokenExchange, type TokenGrant } from '../auth/token-exchange';
import { AuthError, ConfigurationError } from '../errors';
import { parseBaseUrl, type HostRules } from '../hosts';
import { defaultRetryPolicy, type RetryPolicy } from '../http/retry-policy';
import { createSecrets } from '../secrets';
import { defaultTimeouts, type Transport, type TransportTimeouts } from '../transport';
import { createUndiciTransport } from '../undici-transport';
import type { ConnectionRequest } from './connection-request';

/** The supplier's app, to which the token is issued. */
export interface SupplierApp extends HostRules {
	readonly baseUrl: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** undici unless told. */
	readonly transport?: Transport | undefined;
	readonly retry?: Partial<RetryPolicy>;
	readonly timeouts?: Partial<TransportTimeouts & { readonly totalMs: number }>;
}

const ADVICE_EXPIRED =
	'Request tokens live for 24 hours at most (15 minutes by older pages): read the connection request again and exchange its new token soon; put CRRET if that fails too.';

/**
 * Exchanges the request token of a connection request for the traveler's own tokens (Authentication
 * page, password grant with `credtype=authtoken`; Connection Requests, supplier flow). Keep the
 * refresh token and the geolocation: they are the connection. Asking twice does no harm, so it is
 * repeated on faults.
 * @throws {ConfigurationError} `INVALID_PARAMETER` without a userId (3.0 and 3.1 give none) or a token,
 * `INVALID_CREDENTIALS`, or for a base address that is not allowed; {@link AuthError} refused;
 * {@link HttpError}, {@link NetworkError} when the retries are used up. None holds a token.
 */
export async function exchangeRequestToken(
	app: SupplierApp,
	request: Pick<ConnectionRequest, 'userId' | 'requestToken'>,
	options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<TokenGrant> {
	const credentials = parseCredentials({
		grantType: 'password',
		clientId: app.clientId,
		clientSecret: app.clientSecret,
		...tokenLogin(request),
		credentialType: 'authtoken',
	});
	const rules = { allowHosts: app.allowHosts };
	const baseUrl = parseBaseUrl(app.baseUrl, rules);
	const secrets = createSecrets();
	for (const secret of secretsOf(credentials)) secrets.remember(secret);
	const transport = app.transport ?? createUndiciTransport();
	const exchange = createTokenExchange({
		transport,
		timeouts: { ...defaultTimeouts, totalMs: 300_000, ...app.timeouts },
		policy: { ...defaultRetryPolicy, ...app.retry },
		secrets,
		baseUrl,
		rules,
	});
	try {
		return await exchange(requestTokenOrigin(baseUrl), grantForm(credentials), options.signal);
	} catch (error) {
		throw error instanceof AuthError ? adviseOnExpiry(error) : error;
	} finally {
		if (app.transport === undefined) await transport.close?.();
	}
}

function tokenLogin({ userId, requestToken }: Pick<ConnectionRequest, 'userId' | 'requestToken'>) {
	if (!userId) {
		throw new ConfigurationError('INVALID_PARAMETER', 'The connection request has no user ID.', {
			advice: 'Read it with version 3.2: the older versions give none, and the exchange needs it.',
		});
	}
	if (!requestToken) {
		throw new ConfigurationError(
			'INVALID_PARAMETER',
			'The connection request has no request token.',
			{ advice: 'Read the connection request with its request token included.' },
		);
	}
	return { username: userId, password: requestToken };
}

/** The general advice speaks of user names and passwords, of which there are none here. */
function adviseOnExpiry(error: AuthError): AuthError {
	if (error.code !== 'CONCUR_AUTH_CREDENTIALS' || error.status === undefined) return error;
	return new AuthError(error.code, error.message, {
		status: error.status,
		advice: ADVICE_EXPIRED,
		...(error.concurCode !== undefined && { concurCode: error.concurCode }),
		...(error.correlationId !== undefined && { correlationId: error.correlationId }),
	});
}
