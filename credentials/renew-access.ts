import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { fingerprint, type Credentials } from '../concur/auth/credentials';
import { createTokenExchange, type TokenGrant } from '../concur/auth/token-exchange';
import { createTokenProvider } from '../concur/auth/token-provider';
import { MemoryTokenStore, type TokenStore } from '../concur/auth/token-store';
import { systemClock } from '../concur/clock';
import { defaultRetryPolicy } from '../concur/http/retry-policy';
import { createSecrets } from '../concur/secrets';
import { defaultTimeouts } from '../concur/transport';
import { AccessMemory } from './access-memory';
import { keepsRefreshToken, readGrant } from './grants';
import { readBase, type CredentialBase } from './region';
import { goodUntil, identifyForm, readStoredAccess, type StoredAccess } from './stored-access';
import { createN8nTransport, type SendRequest } from './transport/n8n-transport';

const memory = new AccessMemory();
/** A person may be waiting at the credential's form. */
const policy = { ...defaultRetryPolicy, attempts: 3, capMs: 5_000, retryAfterCapMs: 10_000 };
const timeouts = { ...defaultTimeouts, totalMs: 60_000 };

/**
 * Gets a new access token for a credential, by the rules of the command line's token provider: the
 * last refresh token before the request token, the request token's first use at the global address,
 * the geolocation followed where it may be.
 * @throws {ConfigurationError} a field is missing or the host is not allowed; {@link AuthError} and
 * {@link HttpError} refused; {@link NetworkError} not reached.
 */
export async function renewAccess(
	data: ICredentialDataDecryptedObject,
	send: SendRequest,
): Promise<StoredAccess> {
	const base = readBase(data);
	const credentials = readGrant(data);
	const issuedFor = identifyForm(credentials, base.baseUrl);
	const stored = readStoredAccess(data);
	const held = stored.issuedFor === issuedFor ? stored : nothingHeld(issuedFor);
	return memory.renew(hashForm(credentials, base), held, (from) =>
		requestAccess(credentials, base, from, send),
	);
}

async function requestAccess(
	credentials: Credentials,
	{ baseUrl, rules }: CredentialBase,
	from: StoredAccess,
	send: SendRequest,
): Promise<StoredAccess> {
	const transport = createN8nTransport(send);
	const secrets = createSecrets();
	const store = storeOf(credentials, from);
	const call = createTokenExchange({ transport, timeouts, policy, secrets, baseUrl, rules });
	let grant: TokenGrant | undefined;
	const provider = createTokenProvider({
		credentials,
		baseUrl,
		rules,
		store,
		exchange: async (...args) => (grant = await call(...args)),
		clock: systemClock,
		secrets,
	});
	const access = await provider.get();
	const kept = keepsRefreshToken(credentials) ? await store.read() : undefined;
	return {
		accessToken: access.token ?? '',
		accessTokenGoodUntil: goodUntil(grant?.lifetimeMs ?? 0),
		currentRefreshToken: kept?.refreshToken ?? '',
		geolocation: access.baseUrl,
		grantedScopes: grant?.scope ?? '',
		issuedFor: from.issuedFor,
	};
}

/** The provider's store for one renewal; n8n keeps what it holds afterwards. */
function storeOf(credentials: Credentials, from: StoredAccess): TokenStore {
	if (!keepsRefreshToken(credentials) || from.currentRefreshToken === '') {
		return new MemoryTokenStore();
	}
	return new MemoryTokenStore({
		refreshToken: from.currentRefreshToken,
		geolocation: from.geolocation,
		startedFrom: fingerprint(credentials),
	});
}

function nothingHeld(issuedFor: string): StoredAccess {
	return {
		accessToken: '',
		accessTokenGoodUntil: '',
		currentRefreshToken: '',
		geolocation: '',
		grantedScopes: '',
		issuedFor,
	};
}

/** All of the form, secrets too, so that a form with another secret is really tried. */
function hashForm(credentials: Credentials, base: CredentialBase): string {
	return createHash('sha256')
		.update(JSON.stringify([credentials, base]))
		.digest('hex');
}
