import { inspect } from 'node:util';
import type { FaultKind } from '../../fake-concur/index';
import { ConfigurationError, OutcomeUnknownError } from '../../concur/errors';
import { listConnectionRequests } from '../../concur/connection-request/list-connection-requests';
import {
	connectionStatuses,
	describeStatus,
	isConnectionStatus,
	statusesOf,
	type ConnectionStatus,
} from '../../concur/connection-request/statuses';
import { updateConnectionRequest } from '../../concur/connection-request/update-connection-request';
import { connectionVersions } from '../../concur/connection-request/versions';
import { countCalls, startFake, startServer } from './fake-client';
import { containing, failureOf, json } from './serve';

const cases = connectionVersions.flatMap((version) =>
	statusesOf(version).map((status) => [status, version] as const),
);

async function startOne() {
	const { fake, client } = await startFake({ connectionRequests: 1 });
	const [request] = fake.connections.all;
	if (!request) throw new Error('no connection request');
	return { fake, client, request, id: request.id };
}

test('the codes of the versions', () => {
	expect(statusesOf('3.2')).toEqual(['CRSUC', 'CRRET', 'CREU1', 'CREU2', 'CREU3']);
	expect(statusesOf('3.0')).toEqual([...statusesOf('3.2'), 'CRPA1', 'CRPA2']);
	expect(statusesOf('3.1')).toEqual(statusesOf('3.0'));
	expect(isConnectionStatus('toString')).toBe(false);
});

test.each<[ConnectionStatus, string]>([
	['CRSUC', 'Concur e-mails the traveler. The request leaves the queue for good.'],
	[
		'CRRET',
		'Concur sends the traveler no e-mail. The request comes back into the queue after 1 hour, at most 48 times; then it has failed.',
	],
	[
		'CREU2',
		'Concur e-mails the traveler. The request comes back into the queue after 24 hours, at most 4 times; then it has failed.',
	],
	['CRPA1', 'SAP does not say what it does to the traveler.'],
])('%s: %s', (status, sentence) => {
	expect(describeStatus(status)).toBe(sentence);
});

test.each(cases)('%s is taken by version %s', async (status, version) => {
	const { fake, client, request, id } = await startOne();
	expect(await updateConnectionRequest(client, id, status, { version })).toEqual({
		id,
		status,
		settledByReading: false,
	});
	expect(request.puts).toEqual([status]);
	expect(countCalls(fake, 'GET', /./)).toBe(0);
	const { emailsTraveler } = connectionStatuses[status];
	if (emailsTraveler !== undefined) expect(request.emailsSent).toBe(emailsTraveler ? 1 : 0);
});

test.each([
	['3.2', '{"status":"CRSUC"}'],
	['3.1', '{"Status":"CRSUC"}'],
	['3.0', '{"Status":"CRSUC"}'],
] as const)('version %s is sent %s', async (version, body) => {
	const { client, server } = await startServer((response) => {
		if (version === '3.2') response.writeHead(204).end();
		else json(response, {});
	});
	await updateConnectionRequest(client, 'A', 'CRSUC', { version });
	expect(server.calls).toMatchObject([
		{ method: 'PUT', url: `/api/v${version}/common/connectionrequests/A`, body },
	]);
});

test.each<ConnectionStatus>(['CRPA1', 'CRPA2'])('%s is refused by version 3.2', async (status) => {
	const { fake, client, id } = await startOne();
	const failure = await failureOf(updateConnectionRequest(client, id, status));
	expect(failure).toBeInstanceOf(ConfigurationError);
	expect(failure).toMatchObject({ advice: 'Use one of CRSUC, CRRET, CREU1, CREU2, CREU3.' });
	expect(fake.calls).toEqual([]);
});

test.each(cases)(
	'%s of version %s, its answer lost, is put once and settled by reading once',
	async (status, version) => {
		const { fake, client, request, id } = await startOne();
		fake.faults.set({ kind: 'resetAfter', method: 'PUT', times: 1 });
		expect(await updateConnectionRequest(client, id, status, { version })).toEqual({
			id,
			status,
			settledByReading: true,
		});
		expect(request.puts).toEqual([status]);
		expect(request.emailsSent).toBeLessThanOrEqual(1);
		expect(countCalls(fake, 'PUT', /./)).toBe(1);
		expect(countCalls(fake, 'GET', /./)).toBe(1);
	},
);

test.each<FaultKind>(['resetBefore', 'serverError', 'timeOut', 'htmlBody'])(
	'with %s the request still waits: the unknown outcome surfaces, and nothing is put',
	async (kind) => {
		const { fake, client, request, id } = await startOne();
		fake.faults.set({ kind, method: 'PUT' });
		const failure = await failureOf(updateConnectionRequest(client, id, 'CREU1'));
		expect(failure).toBeInstanceOf(OutcomeUnknownError);
		expect(failure).toMatchObject({
			code: 'CONCUR_OUTCOME_UNKNOWN',
			message: containing('now shows Pending'),
			advice: containing('only if it is still Pending'),
			cause: { code: 'CONCUR_OUTCOME_UNKNOWN' },
		});
		expect(request.puts).toEqual([]);
		expect(countCalls(fake, 'PUT', /./)).toBe(1);
	},
);

test.each<FaultKind>(['rateLimit', 'unavailable', 'expiredToken'])(
	'with %s Concur surely did not act: it is put again, once',
	async (kind) => {
		const { fake, client, request, id } = await startOne();
		fake.faults.set({ kind, method: 'PUT', times: 1 });
		await updateConnectionRequest(client, id, 'CREU1');
		expect(request.puts).toEqual(['CREU1']);
		expect(request.emailsSent).toBe(1);
	},
);

test('how an earlier try ended proves nothing about this one', async () => {
	const { fake, client, request, id } = await startOne();
	await updateConnectionRequest(client, id, 'CREU1');
	fake.clock.advance(24 * 3_600_000);
	fake.faults.set({ kind: 'resetBefore', method: 'PUT' });
	expect(await failureOf(updateConnectionRequest(client, id, 'CREU1'))).toMatchObject({
		code: 'CONCUR_OUTCOME_UNKNOWN',
		message: containing('from an earlier update'),
	});
	fake.faults.set({ kind: 'resetAfter', method: 'PUT', times: 1 });
	expect(await updateConnectionRequest(client, id, 'CREU1')).toMatchObject({
		settledByReading: true,
	});
	expect(request.puts).toEqual(['CREU1', 'CREU1']);
});

test.each<[string, number, unknown, boolean]>([
	['is gone', 404, {}, true],
	['shows the code itself', 200, { ID: 'A', status: 'CREU2' }, true],
	['shows another code', 200, { ID: 'A', status: 'CRSUC' }, false],
	['shows no status', 200, { ID: 'A', status: null }, false],
	['shows a strange status', 200, { ID: 'A', status: 'requestToken: x y' }, false],
	['cannot be read', 403, { Error: { Message: 'no' } }, false],
	['is unreadable', 200, [], false],
	['is another one', 200, { ID: 'B', status: 'CREU2' }, false],
])('a request that %s, after a lost answer', async (_name, status, body, settled) => {
	const { client, server } = await startServer((response, call) => {
		if (call.method === 'PUT') response.destroy();
		else json(response, body, status);
	});
	const update = updateConnectionRequest(client, 'A', 'CREU2');
	if (settled) expect(await update).toMatchObject({ settledByReading: true });
	else expect(await failureOf(update)).toMatchObject({ code: 'CONCUR_OUTCOME_UNKNOWN' });
	const { length } = server.calls.filter(({ method }) => method === 'GET');
	expect([server.calls.length, length]).toEqual(status === 404 ? [3, 2] : [2, 1]);
});

test('a stray 404, after a lost answer, settles nothing', async () => {
	const { client, server } = await startServer((response, call) => {
		if (call.method === 'PUT') response.destroy();
		else json(response, { ID: 'A', status: 'Pending' }, server.calls.length === 2 ? 404 : 200);
	});
	expect(await failureOf(updateConnectionRequest(client, 'A', 'CREU2'))).toMatchObject({
		code: 'CONCUR_OUTCOME_UNKNOWN',
		message: containing('now shows Pending'),
	});
});

test('a request that is not in the queue is explained, and not read', async () => {
	const { fake, client } = await startOne();
	expect(await failureOf(updateConnectionRequest(client, 'nobody', 'CRSUC'))).toMatchObject({
		code: 'CONCUR_NOT_FOUND',
		advice: containing('answered already'),
	});
	expect(fake.calls.filter(({ path }) => path.startsWith('/api'))).toHaveLength(1);
});

test('no request token shows in any error or log line', async () => {
	const lines: string[] = [];
	const log = (facts: object, message: string) => lines.push(inspect(facts), message);
	const logger = { debug: log, info: log, warn: log };
	const { fake, client } = await startFake({ connectionRequests: 3 }, { logger });
	const { items } = await listConnectionRequests(client, {}, { includeRequestToken: true });
	const failures: unknown[] = [];
	for (const kind of ['echoToken', 'resetAfter', 'serverError', 'htmlBody'] as const) {
		fake.faults.set({ kind });
		failures.push(await failureOf(listConnectionRequests(client)));
		failures.push(await failureOf(updateConnectionRequest(client, items[0]?.id ?? '', 'CRRET')));
	}
	expect(failures).toHaveLength(8);
	const shown = inspect([failures, lines], { depth: 10, maxStringLength: null });
	for (const secret of fake.secrets()) expect(shown).not.toContain(secret);
});
