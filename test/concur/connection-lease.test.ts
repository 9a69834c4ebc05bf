import { isLeased } from '../../concur/connection-request/queue/is-leased';
import { startServer } from './fake-client';
import { json } from './serve';

const seenAt = Date.parse('2026-01-01T12:00:00Z');

test.each([
	['still waits, untouched', 200, 'Pending', '2026-01-01T11:59:59', true],
	[
		'still waits, but was changed in the second in which it was seen',
		200,
		'Pending',
		'2026-01-01T12:00:00',
		false,
	],
	['waits again', 200, 'Pending', '2026-01-01T12:30:00', false],
	['was connected', 200, 'Connected', '2026-01-01T12:30:00', false],
	['is shown as connected with its old date', 200, 'Connected', '2026-01-01T11:00:00', false],
	['is worked on', 200, 'Processing', '2026-01-01T11:00:00', false],
	['has no date', 200, 'Pending', null, false],
	['is gone', 404, 'Pending', '2026-01-01T11:00:00', false],
	['may not be read', 403, 'Pending', '2026-01-01T11:00:00', false],
])(
	'a request that the queue shows no more and that %s',
	async (_what, code, status, lastModified, leased) => {
		const { client, server } = await startServer((response) => {
			json(response, { ID: 'A', status, lastModified, requestToken: 'the-request-token' }, code);
		});
		expect(await isLeased(client, 'A', seenAt)).toBe(leased);
		expect(server.calls.map(({ path }) => path)).toEqual(['/api/v3.2/common/connectionrequests/A']);
	},
);
