import { z } from 'zod';

/** Whose data an access token shows, as far as the token tells. Ids only. */
export interface TokenOwner {
	/** The company's UUID. */
	readonly company?: string;
	/** For a user's token the user's UUID. */
	readonly user?: string;
}

const id = z
	.string()
	.regex(/^[\w.-]{1,100}$/)
	.transform((text) => text.toLowerCase())
	.optional()
	.catch(undefined);

const claimsSchema = z.object({
	'concur.type': z.string().optional().catch(undefined),
	'concur.company': id,
	sub: id,
});

/**
 * Reads the claims of an access token (a JWT; facts, 2.2). They are Concur's word to us about our own
 * token, so the signature is not looked at; a token of another form tells nothing.
 */
export function readTokenOwner(token: string): TokenOwner {
	const claims = claimsSchema.safeParse(parsePayload(token)).data;
	if (!claims) return {};
	const { 'concur.company': company, 'concur.type': type, sub } = claims;
	return {
		...(company !== undefined && { company }),
		...(type === 'user' && sub !== undefined && { user: sub }),
	};
}

function parsePayload(token: string): unknown {
	const [, payload, signature, ...more] = token.split('.');
	if (payload === undefined || signature === undefined || more.length > 0) return undefined;
	try {
		return JSON.parse(Buffer.from(payload, 'base64url').toString());
	} catch {
		return undefined;
	}
}
