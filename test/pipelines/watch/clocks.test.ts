import type { Clock } from '../../../concur/clock';
import { createConcurClient, type ConcurClient } from '../../../concur/client';
import type { Transport } from '../../../concur/transport';
import { createUndiciTransport } from '../../../concur/undici-transport';
import type { FakeConcur } from '../../../fake-concur';
import { ChangeJudge } from '../../../pipelines/watch/changed-requests';
import type { ReadContext } from '../../../pipelines/watch/read-details';
import type { RequestState } from '../../../pipelines/watch/request-state';
import { StatusJudge } from '../../../pipelines/watch/status-changes';
import {
	beginRequestWatch,
	pollRequests,
	type Judge,
} from '../../../pipelines/watch/watch-requests';
import { startFake } from '../../support/start-fake';

const partition = { stream: 'travel-requests', user: '', view: 'ALL' } as const;
const MINUTE = 60_000;
const DAY = 86_400_000;
const YEAR = 365 * DAY;

interface Clocks {
	/** How far ahead the local clock is, at a poll. */
	readonly local?: (poll: number) => number;
	/** How far ahead an answer's `Date` is; null: it has none. */
	readonly date?: (poll: number, answer: number) => number | string | null;
	/** Whether all polls are made by one process, which has one monotonic clock. */
	readonly isOneProcess?: boolean;
}

/** A watch of a fake, whose polls see the clocks of a row. */
class Watch {
	state: RequestState | undefined;
	readonly warnings: string[] = [];
	readonly told: { readonly id: unknown; readonly at: unknown }[] = [];
	#polls = 0;
	#passedMs = 0;

	constructor(
		readonly fake: FakeConcur,
		private readonly clocks: Clocks,
	) {}

	pass(seconds: number): void {
		this.fake.clock.advance(seconds * 1000);
		this.#passedMs += seconds * 1000;
	}

	async begin(): Promise<void> {
		await this.#with(async (client) => {
			const { signal } = new AbortController();
			const time = { signal, isUp: () => false };
			this.state = await beginRequestWatch({ client, partition, time, warn: this.#warn });
		});
	}

	async poll(
		makeJudge: (context: ReadContext) => Judge<unknown> = (context) => new ChangeJudge(context),
	): Promise<readonly unknown[]> {
		let events: readonly unknown[] = [];
		await this.#with(async (client) => {
			const { state } = this;
			if (!state) throw new Error('The watch has not begun');
			const { signal } = new AbortController();
			const place = { client, partition, warn: this.#warn };
			const judge = makeJudge({ ...place, signal });
			const time = { signal, isUp: () => false };
			const polled = await pollRequests({ ...place, time, judge }, state);
			// As n8n stores it.
			this.state = JSON.parse(JSON.stringify(polled.state)) as RequestState;
			events = polled.events;
		});
		for (const event of events) {
			const { id, lastModified } = event as Record<string, unknown>;
			this.told.push({ id, at: lastModified });
		}
		return events;
	}

	/** Requests whose last change was not told. */
	missing(ids: readonly string[]): string[] {
		return ids.filter((id) => {
			const second = Math.floor((this.fake.world.modifiedAt(id) ?? 0) / 1000);
			return !this.told.some((each) => each.id === id && secondOf(each.at) === second);
		});
	}

	readonly #warn = (message: string): void => {
		this.warnings.push(message);
	};

	async #with(use: (client: ConcurClient) => Promise<void>): Promise<void> {
		const { fake, clocks } = this;
		const poll = this.#polls++;
		const clock: Clock = {
			epochMs: () => fake.clock.now().getTime() + (clocks.local?.(poll) ?? 0),
			monotonicMs: () => this.#passedMs,
			originMs: () => (clocks.isOneProcess ? 1 : poll),
		};
		const { clientId, clientSecret } = fake.credentials;
		const client = createConcurClient({
			baseUrl: fake.baseUrl,
			credentials: { grantType: 'client_credentials', clientId, clientSecret },
			transport: this.#twist(createUndiciTransport(), poll),
			clock,
		});
		try {
			await use(client);
		} finally {
			await client.close();
		}
	}

	#twist(transport: Transport, poll: number): Transport {
		let answers = 0;
		return {
			...transport,
			close: () => transport.close?.() ?? Promise.resolve(),
			send: async (request) => {
				const response = await transport.send(request);
				const { date = '', ...headers } = response.headers;
				const said = this.clocks.date?.(poll, answers++) ?? 0;
				if (this.clocks.date?.(poll, answers - 1) === null) return { ...response, headers };
				const shown = typeof said === 'string' ? said : later(date, said);
				return { ...response, headers: { ...headers, date: shown } };
			},
		};
	}
}

function secondOf(lastModified: unknown): number {
	return Math.floor(Date.parse(String(lastModified)) / 1000);
}

function later(date: string, ms: number): string {
	return new Date(Date.parse(date) + ms).toUTCString();
}

async function open(clocks: Clocks): Promise<Watch> {
	const fake = await startFake({
		...{ seed: 5, requests: 20, documentedExamples: false, users: 2 },
		now: new Date('2026-11-21T12:00:00Z'),
		accessTokenSeconds: 10_000_000,
	});
	fake.clock.freeze();
	const watch = new Watch(fake, clocks);
	await watch.begin();
	return watch;
}

const rows: (Clocks & { readonly what: string; readonly says?: RegExp })[] = [
	{ what: 'all is well' },
	{
		what: 'one Date is a year ahead',
		date: (poll, answer) => (poll === 3 && answer === 1 ? YEAR : 0),
		says: /clocks disagree/,
	},
	...[15 * MINUTE, 60 * MINUTE, YEAR, -15 * MINUTE, -YEAR].map((off) => ({
		what: `every Date is ${off / MINUTE} minutes ahead`,
		date: () => off,
		says: /clocks disagree/,
	})),
	{
		what: 'two gateways are 15 minutes apart',
		date: (poll, answer) => ((poll + answer) % 2 === 0 ? 15 * MINUTE : 0),
		says: /clocks disagree/,
	},
	{
		what: 'Dates jump to and fro',
		date: (poll) => (poll % 3 === 0 ? YEAR : poll % 3 === 1 ? -DAY : 0),
		says: /clocks disagree/,
	},
	...[YEAR, DAY, -3 * DAY, -YEAR].map((off) => ({
		what: `the local clock is ${off / DAY} days ahead`,
		local: () => off,
		says: /clocks disagree/,
	})),
	{
		what: 'the local clock jumps to and fro',
		local: (poll) => (poll % 3 === 0 ? DAY : poll % 3 === 1 ? -DAY : 0),
		says: /clocks disagree/,
	},
	...[0, DAY].map((off) => ({
		what: `there is no Date, and the local clock is ${off / DAY} days ahead`,
		date: () => null,
		local: () => off,
		isOneProcess: true,
		says: /nothing confirms/,
	})),
	{
		what: 'no Date can be read',
		date: () => 'Saturday, about noon',
		isOneProcess: true,
		says: /nothing confirms/,
	},
];

describe('A watch whose clocks are wrong', () => {
	it.each(rows)('tells of every change, where $what', async ({ says, ...clocks }) => {
		const watch = await open(clocks);
		const { fake } = watch;
		const ids = fake.world.requests();
		const edited = new Set<string>();
		for (let n = 0; n < 12; n++) {
			watch.pass(20);
			const id = ids[(n * 5) % ids.length] ?? '';
			fake.world.edit(id, { name: `Edit ${n}` });
			edited.add(id);
			watch.pass(40);
			await watch.poll();
		}
		// A change whose time no other change supports takes one poll more, or two.
		for (let n = 0; n < 3; n++) {
			watch.pass(60);
			await watch.poll();
		}
		expect(watch.missing([...edited])).toEqual([]);
		if (says) expect(watch.warnings.join('\n')).toMatch(says);
		else expect(watch.warnings).toEqual([]);
		// What was told of once is not told again, in all of the overlap.
		const before = watch.told.length;
		for (let n = 0; n < 12; n++) {
			watch.pass(60);
			await watch.poll();
		}
		expect(watch.told.slice(before)).toEqual([]);
	});

	it('tells of a new status though the local clock is three days behind', async () => {
		const watch = await open({ local: () => -3 * DAY });
		const judge = (context: ReadContext) =>
			new StatusJudge({ ...context, statuses: new Set(), withDetails: false });
		const id = watch.fake.world.create({ name: 'Lyon' });
		watch.pass(60);
		await watch.poll(judge);
		watch.fake.world.act(id, 'submit');
		const told: unknown[] = [];
		for (let n = 0; n < 3; n++) {
			watch.pass(60);
			told.push(...(await watch.poll(judge)));
		}
		expect(told).toContainEqual(
			expect.objectContaining({ status: 'SUBMITTED', request: expect.objectContaining({ id }) }),
		);
	});

	it('goes on from the last event where an earlier version had believed a Date a year ahead', async () => {
		const watch = await open({});
		const { fake } = watch;
		const [first = '', second = ''] = fake.world.requests();
		fake.world.edit(first, { name: 'Before' });
		watch.pass(60);
		await watch.poll();
		expect(watch.missing([first])).toEqual([]);
		const { time, ...old } = watch.state ?? {
			start: 0,
			until: 0,
			young: [],
			memory: [],
			horizon: 0,
		};
		expect(time).toBeDefined();
		watch.state = { ...old, until: old.until + YEAR / 1000 };
		fake.world.edit(second, { name: 'While it was deaf' });
		watch.pass(3600);
		await watch.poll();
		expect(watch.missing([second])).toEqual([]);
		expect(watch.warnings).toEqual([expect.stringContaining('It goes on from 2026-11-21T')]);
		expect(watch.told.filter(({ id }) => id === first)).toHaveLength(1);
	});
});
