import { createConcurClient } from '../../../concur/client';
import { ChangeJudge } from '../../../pipelines/watch/changed-requests';
import { PollClock } from '../../../pipelines/watch/poll-time';
import { beginRequestWatch, pollRequests } from '../../../pipelines/watch/watch-requests';
import { startFake } from '../../support/start-fake';

const partition = { stream: 'travel-requests', user: '', view: 'ALL' } as const;

async function open() {
	const fake = await startFake({ requests: 0, documentedExamples: false });
	fake.clock.freeze();
	const { clientId, clientSecret } = fake.credentials;
	const client = createConcurClient({
		baseUrl: fake.baseUrl,
		credentials: { grantType: 'client_credentials', clientId, clientSecret },
	});
	const stop = new AbortController();
	const warnings: string[] = [];
	const options = {
		client,
		partition,
		time: { signal: stop.signal, isUp: () => false },
		warn: (message: string) => warnings.push(message),
		judge: new ChangeJudge({ client, partition, signal: stop.signal, warn: () => {} }),
	};
	const state = await beginRequestWatch(options);
	fake.clock.advance(1000);
	return { fake, client, stop, warnings, options, state };
}

describe('A poll that runs out of time', () => {
	it('hands out what is complete, and the rest is left to the next one', async () => {
		const { fake, client, stop, warnings, options, state } = await open();
		for (let second = 0; second < 4; second++) {
			fake.world.crowdSecond(60, fake.clock.now());
			fake.clock.advance(60_000);
		}
		// The fourth list call never ends; it stands for the time that is up.
		fake.faults.set({ kind: 'stallHeaders', path: 'v4/requests$', calls: [4] });
		const running = pollRequests(options, state);
		while (fake.faults.struck('stallHeaders') === 0) await new Promise(setImmediate);
		stop.abort();
		const first = await running;
		expect(first.events.length).toBeGreaterThan(0);
		expect(first.events.length).toBeLessThan(240);
		expect(warnings).toEqual([expect.stringContaining('leaves the rest to the next one')]);
		fake.faults.clear();
		const again = new AbortController();
		const time = { signal: again.signal, isUp: () => false };
		const judge = new ChangeJudge({ client, partition, signal: again.signal, warn: () => {} });
		const second = await pollRequests({ ...options, time, judge }, first.state);
		const ids = [...first.events, ...second.events].map(({ id }) => id);
		expect(ids).toHaveLength(240);
		expect(new Set(ids).size).toBe(240);
		await client.close();
	});

	it('fails where nothing is complete', async () => {
		const { fake, client, stop, options, state } = await open();
		fake.world.create({ name: 'Trip' });
		fake.clock.advance(60_000);
		fake.faults.set({ kind: 'stallHeaders' });
		const running = pollRequests(options, state);
		while (fake.faults.struck('stallHeaders') === 0) await new Promise(setImmediate);
		stop.abort(new Error('The time is up.'));
		await expect(running).rejects.toThrow('The time is up.');
		await client.close();
	});
});

describe('The time of a poll', () => {
	afterEach(() => {
		jest.useRealTimers();
	});

	it('begins nothing more after six tenths of what n8n allows, and ends all before it is over', () => {
		jest.useFakeTimers();
		const clock = new PollClock(36_000);
		jest.advanceTimersByTime(21_000);
		expect(clock.isUp()).toBe(false);
		jest.advanceTimersByTime(1_000);
		expect(clock.isUp()).toBe(true);
		expect(clock.signal.aborted).toBe(false);
		jest.advanceTimersByTime(9_000);
		expect(clock.signal.reason).toMatchObject({ code: 'CONCUR_POLL_TOO_SLOW' });
		clock.end();
	});
});
