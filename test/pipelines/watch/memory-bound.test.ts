import { createConcurClient, type ConcurClient } from '../../../concur/client';
import { Random } from '../../../fake-concur/random';
import { ChangeJudge } from '../../../pipelines/watch/changed-requests';
import { StatusJudge } from '../../../pipelines/watch/status-changes';
import {
	beginRequestWatch,
	pollRequests,
	type Judge,
} from '../../../pipelines/watch/watch-requests';
import type { ReadContext } from '../../../pipelines/watch/read-details';
import { TEST_SEED } from '../../support/seed';
import { clockOf } from '../../support/follow-clock';
import { startFake } from '../../support/start-fake';

const KILOBYTES = 100_000;
const partition = { stream: 'travel-requests', user: '', view: 'ALL' } as const;

/** A company where 500 requests a minute are created for 20 minutes. */
async function watchRush<Event>(makeJudge: (context: ReadContext) => Judge<Event>) {
	const fake = await startFake({ seed: 5, requests: 0, documentedExamples: false });
	fake.clock.freeze();
	const { clientId, clientSecret } = fake.credentials;
	const { signal } = new AbortController();
	const time = { signal, isUp: () => false };
	const warn = () => {};
	/** A client for each poll, as n8n has it: the fake's clock jumps between them. */
	const withClient = async <Result>(use: (client: ConcurClient) => Promise<Result>) => {
		const client = createConcurClient({
			baseUrl: fake.baseUrl,
			credentials: { grantType: 'client_credentials', clientId, clientSecret },
			clock: clockOf(fake),
		});
		return use(client).finally(() => client.close());
	};
	const random = new Random(TEST_SEED, 80);
	let state = await withClient((client) => beginRequestWatch({ client, partition, time, warn }));
	let events = 0;
	let largest = 0;
	const poll = async () => {
		const polled = await withClient((client) => {
			const judge = makeJudge({ client, partition, signal, warn });
			return pollRequests({ client, partition, time, warn, judge }, state);
		});
		// As n8n stores it.
		state = JSON.parse(JSON.stringify(polled.state)) as typeof state;
		events += polled.events.length;
		largest = Math.max(largest, JSON.stringify(state).length);
	};
	fake.clock.advance(1000);
	for (let minute = 0; events < 10_000 && minute < 100; minute++) {
		for (let n = 0; minute < 20 && n < 500; n++) {
			fake.world.randomCreate(random);
			fake.clock.advance(100);
		}
		fake.clock.advance(60_000);
		await poll();
	}
	fake.clock.advance(1_200_000);
	await poll();
	return { events, largest, rest: JSON.stringify(state).length };
}

describe('What a watch remembers', () => {
	it('stays small after 10,000 changes, and is next to nothing when it is quiet again', async () => {
		const { events, largest, rest } = await watchRush((context) => new ChangeJudge(context));
		expect(events).toBe(10_000);
		expect(largest).toBeLessThan(KILOBYTES);
		expect(rest).toBeLessThan(500);
	});

	it('stays small after 10,000 changes of status', async () => {
		const { events, largest } = await watchRush(
			(context) => new StatusJudge({ ...context, statuses: new Set(), withDetails: false }),
		);
		expect(events).toBeGreaterThan(5_000);
		expect(largest).toBeLessThan(KILOBYTES);
	});
});
