import { isJsonObject } from '../json';
import type { Credentials } from './credentials';

/** What a token may do, as far as it or the answer that brought it tells. */
export interface TokenFacts {
	/** Undefined where nothing says which. */
	readonly scopes?: readonly string[] | undefined;
	readonly kind?: TokenKind | undefined;
}

/** Whose it is: the app's own, a company's or a user's. */
export type TokenKind = 'app' | 'company' | 'user';

/**
 * Reads the scopes granted and, where the token is a JWT with Concur's claims (`concur.type`,
 * `concur.scopes`), what it says of itself.
 */
export function readTokenFacts(
	{ accessToken, scope }: { readonly accessToken: string; readonly scope?: string | undefined },
	credentials?: Credentials,
): TokenFacts {
	const claims = readClaims(accessToken);
	return {
		scopes: readScopes(scope) ?? readScopes(claims['concur.scopes']) ?? readScopes(claims['scope']),
		kind: readKind(claims['concur.type']) ?? kindOfGrant(credentials),
	};
}

function readScopes(value: unknown): readonly string[] | undefined {
	const list: readonly unknown[] = Array.isArray(value) ? value : [value];
	const scopes = list
		.flatMap((item) => (typeof item === 'string' ? item.split(/[\s,]+/) : []))
		.filter((scope) => scope !== '');
	return scopes.length === 0 ? undefined : scopes;
}

function readKind(claim: unknown): TokenKind | undefined {
	return claim === 'app' || claim === 'company' || claim === 'user' ? claim : undefined;
}

/** A refresh token gives whatever it was issued for. */
function kindOfGrant(credentials: Credentials | undefined): TokenKind | undefined {
	if (credentials?.grantType === 'client_credentials') return 'app';
	if (credentials?.grantType !== 'password') return undefined;
	return credentials.credentialType === 'password' ? 'user' : undefined;
}

function readClaims(token: string): Readonly<Record<string, unknown>> {
	try {
		const payload = token.split('.')[1] ?? '';
		const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
		return isJsonObject(claims) ? claims : {};
	} catch {
		// Not a JWT: tokens need not be readable.
		return {};
	}
}
