import { createConcurClient } from '../../../concur/client';
import { ChangeJudge } from '../../../pipelines/watch/changed-requests';
import { PollClock } from '../../../pipelines/watch/poll-time';
import { beginRequestWatch, pollRequests } from '../../../pipelines/watch/watch-requests';
import { failureOf, json, serve, testClient } from '../../concur/serve';
import { clockOf } from '../../support/follow-clock';
import { startFake } from '../../support/start-fake';

const partition = { stream: 'travel-requests', user: '', view: 'ALL' } as const;

async function open() {
	const fake = await startFake({ requests: 0, documentedExamples: false });
	fake.clock.freeze();
	const { clientId, clientSecret } = fake.credentials;
	const client = createConcurClient({
		baseUrl: fake.baseUrl,
		credentials: { grantType: 'client_credentials', clientId, clientSecret },
		clock: clockOf(fake),
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

	it('tells what Concur said last while it waited', async () => {
		jest.useFakeTimers({
			doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'],
		});
		const clock = new PollClock(60_000);
		const server = await serve((response) => {
			json(response, { message: 'Slow down.' }, 429, { 'retry-after': '90' });
		});
		const client = testClient(server, {
			signal: clock.signal,
			retry: {
				// Waiting lets the time of the poll run out.
				async sleep() {
					jest.advanceTimersByTime(60_000);
					await new Promise(setImmediate);
				},
			},
		});
		clock.listenTo(client);
		try {
			expect(await failureOf(client.request({ method: 'GET', path: '/x' }))).toMatchObject({
				code: 'CONCUR_POLL_TOO_SLOW',
				message:
					'The time that n8n gives a poll was over before Concur answered as it should. Concur answered 429 to GET /x: Slow down. It asks to wait for 90 seconds.',
				advice: expect.stringMatching(/^Run fewer requests at once.*Nothing is lost/),
				status: 429,
			});
			expect(server.calls).toHaveLength(1);
		} finally {
			clock.end();
			jest.useRealTimers();
			await client.close();
			await server.close();
		}
	});

	it('says that Concur is silent only where it was', () => {
		jest.useFakeTimers();
		const clock = new PollClock(60_000);
		clock.listenTo({ lastFailure: () => undefined });
		jest.advanceTimersByTime(60_000);
		jest.useRealTimers();
		expect(clock.signal.reason).toMatchObject({
			code: 'CONCUR_POLL_TOO_SLOW',
			message: expect.stringMatching(/^Concur did not answer/),
		});
	});
});
