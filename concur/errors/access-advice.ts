import type { TokenFacts, TokenKind } from '../auth/token-facts';

/** What the calls of one API need. */
interface ApiNeeds {
	readonly paths: RegExp;
	readonly scopes: readonly string[];
	readonly note?: string;
	readonly kinds: readonly TokenKind[];
}

/** The scopes and kinds of token of each API (its Get Started page, or Token Details). */
const NEEDS: readonly ApiNeeds[] = [
	{
		paths: /^\/travelrequest\/v4\/requests\/[^/]+\/(?:approve|sendback)$/,
		scopes: ['travelrequest.write'],
		note: 'At a step that waits for an external system it is travelrequest.externalsystemworkflow.write.',
		kinds: ['company', 'user'],
	},
	{ paths: /^\/travelrequest\//, scopes: ['travelrequest.write'], kinds: ['company', 'user'] },
	{ paths: /\/common\/connectionrequests/, scopes: ['CONREQ'], kinds: ['app'] },
	{
		paths: /^\/profile\/identity\//,
		scopes: ['identity.user.ids.read', 'identity.user.core.read'],
		kinds: ['company'],
	},
	{ paths: /^\/events\//, scopes: ['events.topic.read'], kinds: ['app'] },
];

const KINDS: Readonly<Record<TokenKind, string>> = {
	app: "the app's own token (grant type client_credentials)",
	company: 'a company token (of a request token of the App Center)',
	user: "a user's token",
};

/**
 * What a 401 or 403 means for the app and its token. Endpoints answer a missing scope with either,
 * and with JSON, XML, a page or nothing, so the token itself is asked first.
 */
export function adviseOnAccess(path: string, token: TokenFacts = {}): AccessAdvice | undefined {
	const needs = NEEDS.find(({ paths }) => paths.test(path));
	if (!needs) return undefined;
	const { scopes, kinds, note } = needs;
	const missing = scopes.filter((scope) => token.scopes?.includes(scope) === false);
	if (missing.length > 0) {
		return {
			isSure: true,
			text: `Add the scope ${join(missing)} to the app (SAP Concur grants it) and sign in anew: the token lacks it.`,
		};
	}
	const wanted = kinds.map((kind) => KINDS[kind]).join(' or ');
	if (token.kind !== undefined && !kinds.includes(token.kind)) {
		return { isSure: true, text: `Use ${wanted}: this one is ${KINDS[token.kind]}.` };
	}
	const hints = [
		token.scopes === undefined
			? `Add the scope ${join(scopes)} to the app if it has not got it, and sign in anew.`
			: `The token has the scope ${join(scopes)}.`,
		note,
		token.kind === undefined && `The token must be ${wanted}.`,
		'Check that the company still connects the app.',
	];
	return { isSure: false, text: hints.filter((hint) => typeof hint === 'string').join(' ') };
}

function join(scopes: readonly string[]): string {
	return scopes.join(' and ');
}

export interface AccessAdvice {
	/** The token itself says what it lacks. */
	readonly isSure: boolean;
	readonly text: string;
}
