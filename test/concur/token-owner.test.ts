import { readTokenOwner } from '../../concur/auth/token-owner';

function jwt(claims: unknown): string {
	const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'RS256' })}.${part(claims)}.signature`;
}

const COMPANY = '8568A4CD-8FFC-49D6-9417-BE2D69AA075F';
const company = COMPANY.toLowerCase();

test.each<[unknown, object]>([
	[{ 'concur.type': 'company', 'concur.company': COMPANY, sub: 'X' }, { company }],
	[
		{ 'concur.type': 'user', 'concur.company': COMPANY, sub: 'U' },
		{ company, user: 'u' },
	],
	[{ 'concur.type': 'user', sub: 'U' }, { user: 'u' }],
	[{ 'concur.type': 'app', sub: 'A' }, {}],
	[{ 'concur.type': 'user', 'concur.company': 7, sub: 'a b\u001b' }, {}],
	[{ 'concur.company': 'x'.repeat(101) }, {}],
	[null, {}],
	[[], {}],
	['text', {}],
])('claims %j tell of %j', (claims, owner) => {
	expect(readTokenOwner(jwt(claims))).toEqual(owner);
});

test.each(['', 'opaque', 'a.b', 'a.b.c', 'a.b.c.d', `${jwt({ sub: 'U' })}.more`])(
	'a token %j tells nothing',
	(token) => {
		expect(readTokenOwner(token)).toEqual({});
	},
);
