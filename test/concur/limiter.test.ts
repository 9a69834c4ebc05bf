import { Limiter, type Permit } from '../../concur/limiter';
import { failureOf, json, serve, testClient } from './serve';

/** A limiter whose pauses end when the test says so. */
function limiterOf(concurrency: number) {
	let now = 0;
	const pauses: (() => void)[] = [];
	const limiter = new Limiter({
		concurrency,
		now: () => now,
		sleep: () => new Promise((resolve) => pauses.push(resolve)),
	});
	return {
		limiter,
		advance(ms: number) {
			now += ms;
		},
		async endPauses() {
			for (const end of pauses.splice(0)) end();
			await settle();
		},
	};
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

async function takeAll(limiter: Limiter, count: number): Promise<Permit[]> {
	return Promise.all(Array.from({ length: count }, () => limiter.acquire()));
}

test('no more than the allowed number are in flight, first come first served', async () => {
	const { limiter } = limiterOf(2);
	const [first, second] = await takeAll(limiter, 2);
	const order: string[] = [];
	const waiting = ['a', 'b', 'c'].map(async (name) => {
		const permit = await limiter.acquire();
		order.push(name);
		return permit;
	});
	await settle();
	expect(order).toEqual([]);
	first?.released();
	await settle();
	expect(order).toEqual(['a']);
	second?.released();
	(await waiting[0])?.released();
	await settle();
	expect(order).toEqual(['a', 'b', 'c']);
});

test('a permit given back twice counts once', async () => {
	const { limiter } = limiterOf(1);
	const [permit] = await takeAll(limiter, 1);
	permit?.succeeded();
	permit?.released();
	await limiter.acquire();
	let third = false;
	void limiter.acquire().then(() => {
		third = true;
	});
	await settle();
	expect(third).toBe(false);
});

test('a 429 halves and pauses everybody; one burst of 429s halves once', async () => {
	const { limiter, endPauses } = limiterOf(8);
	const permits = await takeAll(limiter, 8);
	for (const permit of permits) permit.throttled(1000);
	expect(limiter.allowed).toBe(4);
	let resumed = 0;
	const next = Array.from({ length: 6 }, () =>
		limiter.acquire().then((permit) => {
			resumed++;
			return permit;
		}),
	);
	await settle();
	expect(resumed).toBe(0);
	await endPauses();
	expect(resumed).toBe(4);
	(await next[0])?.throttled(1000);
	expect(limiter.allowed).toBe(2);
	expect(limiter.throttledMs).toBe(2000);
});

test('it never goes below one and recovers by about one a round', async () => {
	const { limiter, endPauses } = limiterOf(4);
	for (let round = 0; round < 6; round++) {
		(await limiter.acquire()).throttled(10);
		await endPauses();
	}
	expect(limiter.allowed).toBe(1);
	const allowed: number[] = [];
	for (let success = 0; success < 12; success++) {
		(await limiter.acquire()).succeeded();
		allowed.push(limiter.allowed);
	}
	expect(allowed).toEqual([2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4]);
});

test('pauses that overlap are counted once', async () => {
	const { limiter, advance } = limiterOf(4);
	const permits = await takeAll(limiter, 3);
	permits[0]?.throttled(1000);
	advance(400);
	permits[1]?.throttled(1000);
	permits[2]?.throttled(100);
	expect(limiter.throttledMs).toBe(1400);
});

test('one who gives up waiting leaves the queue', async () => {
	const { limiter } = limiterOf(1);
	const permit = await limiter.acquire();
	const controller = new AbortController();
	const given = limiter.acquire(controller.signal);
	const next = limiter.acquire();
	controller.abort(new Error('enough'));
	expect(await failureOf(given)).toEqual(new Error('enough'));
	permit.released();
	await next;
	expect(await failureOf(limiter.acquire(controller.signal))).toEqual(new Error('enough'));
});

test('a client keeps to its concurrency and slows down on 429', async () => {
	let inFlight = 0;
	let most = 0;
	let served = 0;
	const server = await serve((response) => {
		most = Math.max(most, ++inFlight);
		setImmediate(() => {
			inFlight--;
			if (++served <= 3) json(response, {}, 429, { 'retry-after': '2' });
			else json(response, {});
		});
	});
	const client = testClient(server, { concurrency: 4 });
	await Promise.all(
		Array.from({ length: 40 }, () => client.request({ method: 'GET', path: '/x' })),
	);
	expect(most).toBeLessThanOrEqual(4);
	expect(client.stats()).toMatchObject({ calls: 43, retries: 3 });
	expect(client.stats().throttledMs).toBeGreaterThan(1000);
	await client.close();
	await server.close();
});
