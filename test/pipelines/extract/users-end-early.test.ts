import { join } from 'node:path';
import { createConcurClient } from '../../../concur/client';
import { IncompleteUserListError } from '../../../concur/errors';
import { runExport } from '../../../pipelines/run/run-export';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { HASTY_RETRY } from '../../support/export-once';
import { readSqlite } from '../../support/read-target';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

it('what is being read when the list of users breaks off is stored before the run ends', async () => {
	const fake = await startFake({ requests: 30, users: 2, latencyMs: 20 });
	fake.clock.advance(3_600_000);
	const [first = ''] = fake.world.users.map(({ id }) => id);
	const file = join(makeWorkspace('users-end'), 'target.db');
	const { clientId, clientSecret } = fake.credentials;
	const client = createConcurClient({
		baseUrl: fake.baseUrl,
		credentials: { grantType: 'client_credentials', clientId, clientSecret },
		retry: HASTY_RETRY,
	});
	async function* users(): AsyncGenerator<string> {
		yield first;
		throw new IncompleteUserListError('CONCUR_INCOMPLETE_USER_LIST', 'The list broke off.', {
			advice: 'Run again.',
		});
	}
	const summary = await runExport({ client, sink: createSqliteSink(file), users: users() });
	await client.close();
	const ids = readSqlite(file).map(({ id }) => String(id));
	expect(ids.sort()).toEqual(fake.world.requests(first).sort());
	expect(summary).toMatchObject({
		...{ status: 'failed', since: null, watermark: null, windows: { open: 0 } },
		tables: { travel_requests: { inserted: ids.length } },
		errors: [{ code: 'CONCUR_INCOMPLETE_USER_LIST' }],
	});
});
