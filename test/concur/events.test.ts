import { ConfigurationError, HttpError, UnexpectedBodyError } from '../../concur/errors';
import { deleteSubscription } from '../../concur/events/delete-subscription';
import { parseEvent } from '../../concur/events/event';
import { filterFor } from '../../concur/events/event-types';
import { findSubscription } from '../../concur/events/find-subscription';
import { listSubscriptions } from '../../concur/events/list-subscriptions';
import { listTopics } from '../../concur/events/list-topics';
import { putWebhookSubscription } from '../../concur/events/put-webhook-subscription';
import { readPattern } from '../../concur/events/subscription';
import { readPublicKey } from '../../concur/events/verify-signature';
import { countCalls, startFake, startServer } from './fake-client';
import { json } from './serve';

const WANTED = {
	id: 'supplier.prod-1',
	topic: 'public.concur.request',
	filter: '.*APPROVED',
	endpoint: 'https://example.com/push',
};

describe('the Event Subscription Service', () => {
	it('lists topics', async () => {
		const { client } = await startFake();
		expect(await listTopics(client)).toEqual(['public.concur.request']);
	});

	it.each([true, false])('keeps subscriptions (single one as an array: %p)', async (asArray) => {
		const { client, fake } = await startFake();
		fake.quirks.subscriptionAsArray = asArray;
		await putWebhookSubscription(client, WANTED);
		const { clientId, companyId } = fake.credentials;
		const kept = { ...WANTED, companyIds: [companyId], applicationId: clientId };
		expect(await findSubscription(client, WANTED.id)).toEqual(kept);
		expect(await listSubscriptions(client)).toEqual([kept]);
		await putWebhookSubscription(client, { ...WANTED, filter: undefined });
		expect(await findSubscription(client, WANTED.id)).toEqual({ ...kept, filter: null });
		await deleteSubscription(client, WANTED.id);
		expect(await findSubscription(client, WANTED.id)).toBeUndefined();
		await expect(deleteSubscription(client, WANTED.id)).rejects.toMatchObject({
			code: 'CONCUR_NOT_FOUND',
		});
	});

	it('sends what the specification says', async () => {
		const { server, client } = await startServer((response) => json(response, { message: 'ok' }));
		await putWebhookSubscription(client, WANTED);
		await putWebhookSubscription(client, { ...WANTED, filter: undefined });
		const bodies = server.calls.map(({ body }) => JSON.parse(body) as unknown);
		const { id, topic, filter, endpoint } = WANTED;
		expect(bodies).toEqual([
			{ id, topic, filter, webHookConfig: { endpoint } },
			{ id, topic, webHookConfig: { endpoint } },
		]);
		expect(server.calls[0]).toMatchObject({
			method: 'PUT',
			path: '/events/v4/subscriptions/webhook',
		});
	});

	it('is asked again where an answer was lost, and a deletion is done then', async () => {
		const { client, fake } = await startFake();
		fake.faults.set({ kind: 'resetAfter', times: 1 });
		await putWebhookSubscription(client, WANTED);
		expect(countCalls(fake, 'PUT', /webhook$/)).toBe(2);
		fake.faults.set({ kind: 'resetAfter', times: 1 });
		await deleteSubscription(client, WANTED.id);
		expect(countCalls(fake, 'DELETE', /prod-1$/)).toBe(2);
	});

	it.each([
		['a text', '"a"', listTopics],
		['an object', '{}', listTopics],
		['an object of subscriptions', '{"a":{}}', listSubscriptions],
		['a subscription without an ID', '[{"topic":"a"}]', listSubscriptions],
	] as const)('may not answer %s', async (_, body, read) => {
		const { client } = await startServer((response) => json(response, JSON.parse(body) as object));
		await expect(read(client)).rejects.toThrow(UnexpectedBodyError);
	});

	it.each([
		['', undefined],
		['[]', undefined],
	])('may answer %p for one that is not there', async (body, expected) => {
		const { client } = await startServer((response) => {
			response.writeHead(200, { 'content-type': 'application/json' }).end(body || '[]');
		});
		expect(await findSubscription(client, 'a')).toBe(expected);
	});

	it('reads subscriptions of which little is told', async () => {
		const { client } = await startServer((response) =>
			json(response, [{ id: 'a', companyIds: [1, 'c'] }]),
		);
		expect(await listSubscriptions(client)).toEqual([
			{
				id: 'a',
				topic: null,
				filter: null,
				endpoint: null,
				companyIds: ['c'],
				applicationId: null,
			},
		]);
	});

	it('says which scopes are missing', async () => {
		const { client, fake } = await startFake();
		fake.quirks.grantedScopes = 'CONREQ';
		const error: unknown = await listTopics(client).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(HttpError);
		expect(error).toMatchObject({
			status: 403,
			advice: expect.stringContaining('events.topic.read'),
		});
	});

	it.each([
		['an ID in capitals', { id: 'Prod' }, 'INVALID_ID'],
		['an ID with a slash', { id: 'a/b' }, 'INVALID_ID'],
		['no ID', { id: '' }, 'INVALID_ID'],
		['a pattern that is none', { filter: '[' }, 'INVALID_PARAMETER'],
	])('is not asked with %s', async (_, wrong, code) => {
		const { client, fake } = await startFake();
		const error: unknown = await putWebhookSubscription(client, { ...WANTED, ...wrong }).catch(
			(reason: unknown) => reason,
		);
		expect(error).toBeInstanceOf(ConfigurationError);
		expect(error).toMatchObject({ code });
		expect(fake.calls).toEqual([]);
	});
});

describe('the public key', () => {
	it('is read as the page prints it', () => {
		// The page has shown this one for years; today it shows another.
		const key = readPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxS1LsXrEWEEMPooLHa4r
osCAnmkO3HaBAk0YcsDMR6hQeuQNLqRWP65TpbfTbKWmZ22Hzep3Ekhs1qvSZgI+
iq/bnVeDhkcD+LqVQGP+7fyE0E0bO96FOzMmtbRet4wAiiE9+uw5GmZfg+fRG3yI
y2N5u5p7VHJ1RwNugrIUQjhrLvZc+lhqR/aKTxQCQ5CGAgLZIcr3FIWCWrSBMK3d
Wy3KI+qe3ZX0STrCCNxl2UFnuuAa2RZZ2j4QtWHlNkyK+UEup+cGkvpc1XrT7anL
HlbTP6jE7MqB5sJ9r2EEzrJzJZjD13UqlzvI61tTC8SKpuk5AEaSsUV7RKlKUCjB
8wIDAQAB
-----END PUBLIC KEY-----`);
		expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
	});
});

describe('event types', () => {
	const matches = (changes: readonly string[], type: string): boolean =>
		readPattern(filterFor(changes) ?? '.*').test(type);

	it.each([
		[[], 'anything at all', true],
		[['APPROVED'], 'statusChange.APPROVED', true],
		[['APPROVED'], 'statusChange.APPROVEDx', false],
		[['APPROVED'], 'statusChangeXAPPROVED', false],
		[['PENDING'], 'statusChange.PENDING', true],
		[['PENDING'], 'statusChange.PENDING.Own Role', true],
		[['PENDING'], 'statusChange.PENDINGX', false],
		[['PENDING.TMC', 'SENTBACK'], 'statusChange.PENDING.TMC', true],
		[['PENDING.TMC', 'SENTBACK'], 'statusChange.PENDINGxTMC', false],
		[['PENDING.TMC', 'SENTBACK'], 'statusChange.PENDING.RiskManager', false],
		[['(.*'], 'statusChange.(.*', true],
	])('%p let %p through: %p', (changes, type, expected) => {
		expect(matches(changes, type)).toBe(expected);
	});
});

describe('events', () => {
	const parse = (value: unknown) => parseEvent(Buffer.from(JSON.stringify(value)));

	it('know their topic below the topic by both spellings', () => {
		expect(parse({ id: 'a', subtopic: 'b' })).toMatchObject({ subtopic: 'b' });
		expect(parse({ id: 'a', subTopic: 'c' })).toMatchObject({ subtopic: 'c' });
		expect(parse({ id: 'a', subtopic: null })).toMatchObject({ subtopic: null });
	});

	it('have facts with booleans, and nothing else is touched', () => {
		const facts = { a: 'true', b: 'false', c: true, d: false, e: 'TRUE', f: '', g: null, h: 'no' };
		const event = parse({ id: 'a', isTest: 'true', facts, other: { a: 'true' } });
		expect(event?.facts).toEqual({ ...facts, a: true, b: false });
		expect(event?.record).toEqual({
			id: 'a',
			isTest: 'true',
			facts: { ...facts, a: true, b: false },
			other: { a: 'true' },
		});
	});

	it('may have no facts', () => {
		expect(parse({ id: 'a', facts: null })).toMatchObject({ facts: {}, record: { facts: null } });
		expect(parse({ id: 'a' })?.record).toEqual({ id: 'a' });
	});

	it('keep every digit', () => {
		const event = parseEvent(Buffer.from('{"id":"a","facts":{"n":12345678901234567890}}'));
		expect(JSON.stringify(event?.facts)).toBe('{"n":12345678901234567890}');
	});

	it.each(['', 'null', '1', '"a"', '[]', '{', '{}', '{"id":""}', '{"id":1}'])(
		'are not %p',
		(text) => {
			expect(parseEvent(Buffer.from(text))).toBeUndefined();
		},
	);
});
