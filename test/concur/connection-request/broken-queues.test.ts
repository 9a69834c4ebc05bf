import fc from 'fast-check';
import { drainConnectionRequests } from '../../../concur/connection-request/queue/drain-connection-requests';
import { IncompleteQueueError } from '../../../concur/errors';
import { Random } from '../../../fake-concur/random';
import { startServer } from '../fake-client';
import { json } from '../serve';

interface Page {
	readonly ids: readonly string[];
	/** Where the next page is said to begin; null for none. */
	readonly next: number | null;
}

/** What a server makes of a page now and then; `at` is a page as it should be. */
type Fault = (page: Page, at: (offset: number) => Page, random: Random) => Page | undefined;

const faults: Readonly<Record<string, Fault>> = {
	'shows no requests although there are more': ({ next }) =>
		next === null ? undefined : { ids: [], next },
	'shows no requests, and no next page, behind others': ({ ids, next }) =>
		next === null || ids[0] === 'R0' ? undefined : { ids: [], next: null },
	'has no next page although there are more': ({ ids }) => ({ ids, next: null }),
	'names a next page too far behind': ({ ids, next }, _at, random) => ({
		ids,
		next: next === null ? null : next + random.between(1, 40),
	}),
	'names a next page before itself': ({ ids, next }, _at, random) => ({
		ids,
		next: next === null ? null : random.between(0, next),
	}),
	'names a next page behind the last': ({ ids, next }, _at, random) => ({
		ids,
		next: next ?? random.between(0, 99),
	}),
	// From the front on nothing tells a wrong page from the right one.
	'shows another page': ({ ids }, at, random) =>
		ids[0] === 'R0' ? undefined : at(random.between(0, 6) * 10),
	'gives fewer than it should': ({ ids, next }, _at, random) => ({
		ids: next === null ? ids : ids.slice(0, random.between(0, 9)),
		next,
	}),
};

describe.each(Object.keys(faults))('A server that now and then %s', (name) => {
	it('loses no request silently, and does not keep the reading for ever', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(),
				fc.integer({ min: 1, max: 65 }),
				fc.constantFrom(0.1, 0.3, 0.7, 1),
				async (seed, count, share) => {
					const random = new Random(seed, 1);
					const waiting = Array.from({ length: count }, (_, n) => `R${n}`);
					const at = (offset: number): Page => {
						const end = offset + 10;
						return { ids: waiting.slice(offset, end), next: end < count ? end : null };
					};
					const { client, server } = await startServer((response, call) => {
						const page = at(Number(call.query.get('offset') ?? 0));
						const broken = random.chance(share) && faults[name]?.(page, at, random);
						const { ids, next } = broken || page;
						json(response, {
							Items: ids.map((ID) => ({ ID })),
							NextPage: next === null ? null : `https://us/x?limit=10&offset=${next}`,
						});
					});
					const read: string[] = [];
					let isOpen = false;
					try {
						for await (const page of drainConnectionRequests(client))
							read.push(...page.map(({ id }) => id));
					} catch (error) {
						if (!(error instanceof IncompleteQueueError)) throw error;
						isOpen = true;
					} finally {
						await server.close();
					}
					expect(new Set(read).size).toBe(read.length);
					expect(server.calls.length).toBeLessThan(150);
					if (!isOpen) expect(read.length).toBe(count);
				},
			),
			{ numRuns: 60 },
		);
	});
});
