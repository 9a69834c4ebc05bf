import { Refusal, type Answer, type Call, type Principal } from '../http/answer';
import type { Route } from '../http/router';
import { object } from '../json';
import type { State } from '../state';
import { authenticate } from './grants';
import { refuseToken } from './token-errors';

/** POST /oauth2/v0/token */
export const tokenRoutes: Route[] = [
	{ family: 'token', method: 'POST', path: '/oauth2/v0/token', handle: issueToken },
	{ family: 'travelRequest', method: 'DELETE', path: '/app-mgmt/v0/connections', handle: revoke },
];

function issueToken(call: Call, state: State): Answer {
	const type = call.headers['content-type'] ?? '';
	const form = new URLSearchParams(
		type.startsWith('application/x-www-form-urlencoded') ? call.body : '',
	);
	checkClient(form, state);
	const grant = form.get('grant_type') ?? '';
	// Before the grant is looked at, so that a refused call does not use up a refresh token.
	checkGeolocation(call, state);
	const principal = authenticate(grant, form, state);
	const subject = principal.userId ?? state.settings.credentials.companyId;
	if (state.tokens.disabledPrincipals.has(subject)) throw refuseToken(123);
	return { status: 200, json: tokenBody(grant, form, principal, state) };
}

function tokenBody(
	grant: string,
	form: URLSearchParams,
	principal: Principal,
	state: State,
): NonNullable<Answer['json']> {
	const { tokens, quirks, world, faults } = state;
	const used = form.get('refresh_token');
	const keepsToken = grant === 'refresh_token' && !quirks.rotateRefreshTokens;
	const refreshToken = keepsToken && used ? used : tokens.issueRefreshToken(principal);
	// client_credentials yields no refresh token.
	const withRefresh = grant !== 'client_credentials';
	const accessToken = tokens.issueAccessToken(principal);
	return object({
		expires_in: tokens.expiresIn(),
		scope: form.get('scope') ?? quirks.grantedScopes,
		token_type: 'Bearer',
		access_token: accessToken,
		refresh_token: withRefresh ? refreshToken : undefined,
		id_token: accessToken,
		geolocation: faults.moved ? world.hosts.moved : world.hosts.home,
	});
}

function checkClient(form: URLSearchParams, state: State): void {
	const { clientId, clientSecret } = state.settings.credentials;
	const id = form.get('client_id');
	const secret = form.get('client_secret');
	if (!form.get('grant_type')) throw refuseToken(65);
	if (!id && !secret) throw refuseToken(115);
	if (!id) throw refuseToken(62);
	if (!secret) throw refuseToken(63);
	if (id !== clientId) throw refuseToken(61);
	if (secret !== clientSecret) throw refuseToken(64);
	if (state.tokens.clientDisabled) throw refuseToken(59);
}

/** After the move the old data centre sends clients to the new one. */
function checkGeolocation(call: Call, state: State): void {
	if (state.faults.moved && call.host === 'home') {
		throw refuseToken(16, { geolocation: state.world.hosts.moved });
	}
}

/** Revokes tokens, as the app management endpoint does with a user token. */
function revoke(call: Call, state: State): Answer {
	if (call.principal.kind === 'app')
		throw new Refusal(403, 'permissionDenied', 'user token needed');
	state.tokens.revoke(call.headers.authorization);
	return { status: 200 };
}
