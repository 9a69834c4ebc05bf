import type { Credentials } from '../../../concur/auth/credentials';
import { appCredentials, failureOf, json, type Answer } from '../serve';
import { clientOf, company, serveTokens } from '../token-server';

const claims = (body: unknown) =>
	`eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(body)).toString('base64url')}.c2ln`;

interface Case {
	readonly what: string;
	readonly path: string;
	readonly answer: Answer;
	readonly grant?: Readonly<Record<string, unknown>>;
	readonly credentials?: Credentials;
	readonly advice: RegExp;
}

const REQUESTS = '/travelrequest/v4/requests';
const refusal =
	(status: number, body: string, type = 'text/plain'): Answer =>
	(response) => {
		response.writeHead(status, { 'content-type': type }).end(body);
	};
const forms: [string, Answer][] = [
	['JSON', refusal(403, '{"errors":[{"errorCode":"permissionDenied"}]}', 'application/json')],
	['XML', refusal(403, '<Error><Message>Forbidden</Message></Error>', 'application/xml')],
	['a page', refusal(403, '<html><title>403</title></html>', 'text/html')],
	['nothing', refusal(403, '')],
	['a 401', refusal(401, '')],
	['a 401 in JSON', refusal(401, '{"errors":[{"errorCode":"invalidUser"}]}', 'application/json')],
];

const cases: Case[] = [
	...forms.flatMap(([form, answer]): Case[] => [
		{
			what: `a scope that the answer of the token lacks, told by ${form}`,
			path: REQUESTS,
			answer,
			grant: { scope: 'CONREQ openid' },
			credentials: company,
			advice: /^Add the scope travelrequest\.write to the app .* the token lacks it\.$/,
		},
		{
			what: `a token of which nothing is known, told by ${form}`,
			path: REQUESTS,
			answer,
			credentials: company,
			advice: /Add the scope travelrequest\.write to the app if it has not got it/,
		},
	]),
	{
		what: 'a scope that the claims of the token lack',
		path: '/api/v3.2/common/connectionrequests/A',
		answer: refusal(403, ''),
		grant: {
			access_token: claims({ 'concur.type': 'app', 'concur.scopes': ['travelrequest.write'] }),
		},
		advice: /^Add the scope CONREQ to the app/,
	},
	{
		what: 'scopes for lists of users',
		path: '/profile/identity/v4.1/Users',
		answer: refusal(403, ''),
		grant: { scope: 'identity.user.ids.read' },
		credentials: company,
		advice: /^Add the scope identity\.user\.core\.read to the app/,
	},
	{
		what: 'the scope of events',
		path: '/events/v4/topics',
		answer: refusal(401, ''),
		grant: { scope: 'travelrequest.write' },
		advice: /^Add the scope events\.topic\.read to the app/,
	},
	{
		what: "the app's own token, where a user's or company's is due",
		path: REQUESTS,
		answer: refusal(403, ''),
		grant: { scope: 'travelrequest.write' },
		advice: /^Use a company token .* or a user's token: this one is the app's own token/,
	},
	{
		what: "a user's token, where the app's own is due",
		path: '/api/v3.2/common/connectionrequests',
		answer: refusal(401, ''),
		grant: { scope: 'CONREQ', access_token: claims({ 'concur.type': 'user' }) },
		advice:
			/^Use the app's own token \(grant type client_credentials\): this one is a user's token/,
	},
	{
		what: 'a step of an external system',
		path: `${REQUESTS}/A/approve`,
		answer: refusal(403, ''),
		grant: { scope: 'travelrequest.write', access_token: claims({ 'concur.type': 'company' }) },
		advice: /travelrequest\.externalsystemworkflow\.write/,
	},
	{
		what: 'a refusal that has nothing to do with the token',
		path: REQUESTS,
		answer: refusal(403, '{"errors":[{"errorCode":"userIsNotAllowed"}]}', 'application/json'),
		grant: { scope: 'CONREQ' },
		advice: /^Act as the owner, an approver or a processor of this request\.$/,
	},
];

test.each(cases)('$what', async ({ path, answer, grant, credentials, advice }) => {
	const server = await serveTokens((response) => {
		json(response, { access_token: 'opaque-token', expires_in: 3600, ...grant });
	}, answer);
	const client = clientOf(server, { credentials: credentials ?? appCredentials });
	expect(await failureOf(client.request({ method: 'GET', path }))).toMatchObject({
		advice: expect.stringMatching(advice),
	});
});
