import type { Answer, Call } from '../http/answer';
import type { Route } from '../http/router';
import type { State } from '../state';
import { refuseToken } from './token-errors';

/** GET /oauth2/v0/authorize */
export const authorizeRoutes: Route[] = [
	{ family: 'token', method: 'GET', path: '/oauth2/v0/authorize', handle: authorize },
];

/** The sign-in page of the authorization grant, with the first user signed in and agreeing. */
function authorize(call: Call, state: State): Answer {
	const { query } = call;
	if (query.get('client_id') !== state.settings.credentials.clientId) throw refuseToken(61);
	if (query.get('response_type') !== 'code') throw refuseToken(60);
	const redirectUri = query.get('redirect_uri') ?? '';
	if (!URL.canParse(redirectUri)) throw refuseToken(104);
	const { world, tokens } = state;
	const back = new URL(redirectUri);
	const code = tokens.issueCode(world.users[0]?.id ?? '', redirectUri);
	back.searchParams.set('code', code);
	back.searchParams.set('geolocation', world.hosts.home);
	const told = query.get('state');
	if (told !== null) back.searchParams.set('state', told);
	return { status: 302, headers: { location: back.href } };
}
