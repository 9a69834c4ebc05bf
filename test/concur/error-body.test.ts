import { parseErrorBody } from '../../concur/error-body';
import { containing, failureOf, json, serve, testClient } from './serve';

test.each([
	[
		'{"errors":[{"errorCode":"userNotFound","errorMessage":"User is not found"}]}',
		{ concurCode: 'userNotFound', message: 'User is not found' },
	],
	[
		'{"errors":[{"errorMessage":"Limit must contains only digits"}]}',
		{ message: 'Limit must contains only digits' },
	],
	['{"errors":[]}', {}],
	[
		'{"code":108,"error":"invalid_grant","error_description":"bad or expired refresh token"}',
		{ concurCode: '108', message: 'bad or expired refresh token' },
	],
	[
		'{"code":16,"error":"invalid_request","error_description":"user lives elsewhere","geolocation":"https://eu2.api.concursolutions.com"}',
		{
			concurCode: '16',
			message: 'user lives elsewhere',
			geolocation: 'https://eu2.api.concursolutions.com',
		},
	],
	[
		'{"Error":{"Message":"No such thing","Server-Time":"2026-01-01T00:00:00","Id":"C-1"}}',
		{ message: 'No such thing', correlationId: 'C-1' },
	],
	[
		'<?xml version="1.0"?><Error><Message>No such thing</Message><Server-Time>x</Server-Time><Id>C-1</Id></Error>',
		{ message: 'No such thing', correlationId: 'C-1' },
	],
	[
		'{"timestamp":1,"httpStatus":"429","error":{"id":"security.rate.limit.reached","message":"Slow"},"path":"/x"}',
		{ concurCode: 'security.rate.limit.reached', message: 'Slow' },
	],
	[
		'{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","scimType":"invalidValue","detail":"Bad count"}',
		{ concurCode: 'invalidValue', message: 'Bad count' },
	],
	[
		'<html><head><title>502 Bad Gateway</title></head></html>',
		{ message: 'a web page titled 502 Bad Gateway' },
	],
	['plain words', { message: 'plain words' }],
	[
		'{"errors":[{"errorCode":"E1","errorMessage":"First."},{"errorCode":"E2","errorMessage":"Second."}]}',
		{ concurCode: 'E1', message: 'First.; E2: Second.' },
	],
	[
		'{"status":false,"errorMessageList":[{"errorType":"ERROR","errorCode":"BUDGET.PERIOD","errorMessage":"Period is missing"},"and more"]}',
		{ concurCode: 'BUDGET.PERIOD', message: 'Period is missing; and more' },
	],
	[
		'[{"errorCode":"E1","errorMessage":"First."},"and words"]',
		{ concurCode: 'E1', message: 'First.; and words' },
	],
	['["one","two"]', { message: 'one; two' }],
	[
		'{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"invalidValue","detail":"Invalid","urn:ietf:params:scim:api:messages:concur:2.0:Error":{"messages":[{"code":"INVALID","type":"error","message":"is too long","schemaPath":"taxId"}]}}',
		{ concurCode: 'invalidValue', message: 'Invalid; INVALID: taxId: is too long' },
	],
	[
		'{"errorId":"x","errorMessage":"Not valid","httpStatus":"400","path":"/v4","validationErrors":[{"id":"a","message":"must be set","source":"startDate"},{"message":"is unknown","source":"currency"}]}',
		{ message: 'Not valid; startDate: must be set; currency: is unknown' },
	],
	[
		'{"errors":{"startDate":["is missing","is late"],"name":"is long"}}',
		{ message: 'startDate: is missing; startDate: is late; name: is long' },
	],
	[
		'{"fault":{"faultstring":"Quota violated","detail":{"errorcode":"policies.Quota"}}}',
		{ concurCode: 'policies.Quota', message: 'Quota violated' },
	],
	['{"title":"Bad","detail":"Worse","status":400}', { message: 'Bad; Worse' }],
	['{"status":400,"error":"Bad Request","message":"No date"}', { message: 'No date; Bad Request' }],
	['{"error":"It went wrong"}', { message: 'It went wrong' }],
	['{"outcome":"It went wrong"}', { message: '{"outcome":"It went wrong"}' }],
	['{"count":1}', {}],
	[
		'<?xml version="1.0"?><c:Error xmlns:c="urn:x"><c:Message>Ann &amp; Bob&#39;s &#x2013; &lt;id&gt;</c:Message></c:Error>',
		{ message: "Ann & Bob's – <id>" },
	],
	['<Error><Message><![CDATA[a < b]]></Message></Error>', { message: 'a < b' }],
	[
		'<Errors><Error><Code>E1</Code><Message>One</Message></Error><Error><Message>Two</Message></Error></Errors>',
		{ concurCode: 'E1', message: 'One; Two' },
	],
	['<response><text>Blocked by policy 7</text></response>', { message: 'Blocked by policy 7' }],
	[
		'<!DOCTYPE html><html><head><title>Blocked</title><style>x{}</style></head><body><h1>Blocked</h1>Support&nbsp;ID 42</body></html>',
		{ message: 'a web page titled Blocked: Support ID 42' },
	],
	['<html><body>Sign in</body></html>', { message: 'a web page: Sign in' }],
	['', {}],
	['null', {}],
	['[1]', {}],
])('%s', (text, body) => {
	expect(parseErrorBody(text)).toEqual(body);
});

test('an error has a sentence, Concur code, correlation id and advice', async () => {
	const server = await serve((response) => {
		json(
			response,
			{ errors: [{ errorCode: 'missingRequiredParam', errorMessage: 'Missing userId' }] },
			400,
			{
				'concur-correlationid': 'from-the-answer',
			},
		);
	});
	const client = testClient(server);
	const failure = await failureOf(
		client.request({ method: 'GET', path: '/travelrequest/v4/requests', query: { userId: 'U' } }),
	);
	expect(failure).toMatchObject({
		name: 'HttpError',
		code: 'CONCUR_BAD_REQUEST',
		message:
			'Concur answered 400 missingRequiredParam to GET /travelrequest/v4/requests: Missing userId.',
		status: 400,
		concurCode: 'missingRequiredParam',
		correlationId: 'from-the-answer',
		advice:
			'With a company token name the user: set the user ID of the traveler, approver or agent.',
	});
	expect(client.stats().failures).toEqual(['from-the-answer']);
	await client.close();
	await server.close();
});

test('without an id in the answer the one we sent is named, a new one for each attempt', async () => {
	const server = await serve((response) => {
		json(response, {}, 503);
	});
	const client = testClient(server, { retry: { attempts: 3 } });
	const failure = await failureOf(client.request({ method: 'GET', path: '/x' }));
	const sent = server.calls.map((call) => call.headers['concur-correlationid']);
	expect(new Set(sent).size).toBe(3);
	for (const id of sent) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
	expect(failure).toMatchObject({ correlationId: sent.at(-1) });
	expect(client.stats().failures).toEqual(sent);
	await client.close();
	await server.close();
});

test.each<[string, number, string, string, string]>([
	['a rate limit', 400, 'Rate limit exceeded', 'CONCUR_RATE_LIMITED', 'Run fewer requests at once'],
	[
		'a request limit',
		400,
		'The number of requests received exceed the request limit.',
		'CONCUR_RATE_LIMITED',
		'Run fewer requests at once',
	],
	['a deadlock', 400, 'A database deadlock occurred', 'CONCUR_UNAVAILABLE', 'Try again in five'],
	['a proxy', 407, 'Sign in', 'CONCUR_REFUSED', 'Give the proxy of your network its name'],
	['a mistake', 400, 'The name is missing', 'CONCUR_BAD_REQUEST', 'Correct the request'],
])('%s told by %i in plain words is advised as one', async (_what, status, text, code, advice) => {
	const server = await serve((response) => {
		response.writeHead(status).end(text);
	});
	const client = testClient(server, { retry: { attempts: 2 } });
	expect(await failureOf(client.request({ method: 'GET', path: '/x' }))).toMatchObject({
		code,
		message: containing(text.replace(/\.$/, '')),
		advice: containing(advice),
	});
	await client.close();
	await server.close();
});
