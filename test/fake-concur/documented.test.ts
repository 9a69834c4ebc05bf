import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentedNames, readDocumented } from '../../fake-concur/documented/examples';
import { isObject, parsePlainJson } from '../../fake-concur/json';
import { ids, objects, startClient, stopAll, text } from './client';

afterEach(stopAll);

const reference = ['travel-request-examples.txt', 'connection-request-examples.txt']
	.map((name) => readFileSync(join(__dirname, 'reference', name), 'utf8'))
	.join('\n');
const owner = 'c0d9894b-98e2-48d5-86f9-1decde90dd15';
const rich = '224AF3CDCC2A5244A37C72FA5770C6F2';

describe('the documented examples', () => {
	test.each(documentedNames)('%s is the reference text, byte for byte', (name) => {
		expect(reference).toContain(`\n${readDocumented(name)}\n`);
	});

	test('are all JSON examples of the three pages', () => {
		expect(documentedNames).toHaveLength(14);
	});

	test.each([
		[`/requests/${rich}`, 'request'],
		['/requests/CED5E9CD8FC1424488F9331ACF956E73', 'created-request'],
		['/requests/053A479B3C9DD847B02A203C657AE26B', 'updated-request'],
		[`/requests/${rich}/comments`, 'comments'],
		[`/requests/${rich}/cashadvances`, 'cash-advances'],
		[`/requests/${rich}/exceptions`, 'exceptions'],
	] as const)('GET %s answers exactly the documented bytes', async (path, name) => {
		const client = await startClient({ documentedExamples: true });
		// The page of comments lists no userId.
		const user = path.endsWith('/comments') ? '' : `?userId=${owner}`;
		const reply = await client.get(`/travelrequest/v4${path}${user}`);
		expect(reply.text).toBe(readDocumented(name));
	});

	test('appear in the list as they do in the documented list', async () => {
		const client = await startClient({ documentedExamples: true, requests: 0 });
		const reply = await client.list({ userId: owner });
		const documented = parsePlainJson(readDocumented('request-list'));
		const items = objects(isObject(documented) ? documented['data'] : null);
		const listed = objects(isObject(reply.json) ? reply.json['data'] : null);
		for (const item of items) {
			expect(listed.find((each) => each['id'] === item['id'])).toEqual(item);
		}
		expect(ids(reply)).toHaveLength(5);
	});

	test('keep their dates of 2018', async () => {
		const client = await startClient({ documentedExamples: true, requests: 50 });
		const reply = await client.list({
			modifiedAfter: '2018-05-25T07:34:01Z',
			modifiedBefore: '2018-05-25T07:34:01Z',
		});
		expect(ids(reply)).toEqual([rich]);
	});

	test('have expenses and cash advances behind the documented ids', async () => {
		const client = await startClient({ documentedExamples: true });
		const expense = await client.get('/travelrequest/v4/expenses/D65BDBD5D980F6498D67A92B06A457B0');
		expect([expense.status, text(expense.json, 'parentRequest', 'id')]).toEqual([200, rich]);
		const advance = await client.get(
			'/travelrequest/v4/cashadvances/EF3E237ACAA3C449B808BA75BDD049FA',
		);
		expect(text(advance.json, 'cashAdvanceId')).toBe('EF3E237ACAA3C449B808BA75BDD049FA');
	});

	test('are no longer served from the page once they are edited', async () => {
		const client = await startClient({ documentedExamples: true });
		await client.call('PUT', `/travelrequest/v4/requests/${rich}`, { name: 'New name' });
		const reply = await client.get(`/travelrequest/v4/requests/${rich}`);
		expect(text(reply.json, 'name')).toBe('New name');
		expect(text(reply.json, 'custom1', 'value')).toBe('Kick-off meeting for project KIWI');
		expect(text(reply.json, 'lastModified')).toBe('2026-03-01T12:00:00.000Z');
	});

	test('have their own comments, exceptions and cash advances until these are edited', async () => {
		const client = await startClient({ documentedExamples: true });
		const { world } = client.fake;
		world.addComment(rich, 'One more');
		world.addException(rich, { code: 'NEW' });
		world.addCashAdvance(rich, {});
		const counts = [];
		const user = `?userId=${owner}`;
		for (const list of ['comments', `exceptions${user}`, `cashadvances${user}`]) {
			const path = `/travelrequest/v4/requests/${rich}/${list}`;
			counts.push(objects((await client.get(path)).json).length);
		}
		expect(counts).toEqual([3, 2, 3]);
	});

	test('are absent when they are not wanted', async () => {
		const client = await startClient({ documentedExamples: false });
		expect((await client.get(`/travelrequest/v4/requests/${rich}`)).status).toBe(404);
	});
});
