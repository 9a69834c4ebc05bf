import { drainRawConnectionRequests } from '../../../concur/connection-request/raw-connection-requests';
import { createConcurClient } from '../../../concur/client';
import { Random, type FakeConcur } from '../../../fake-concur';
import { TEST_SEED } from '../../support/seed';
import { afterEachPage, drain, fileTarget, queueCalls, startQueue } from './scene';

const WAITING = 95;
const SEEDS = Array.from({ length: 10 }, (_, index) => TEST_SEED + index);

/** Somebody who answers up to twelve requests after each page, from the front or anywhere. */
function startAnswering(fake: FakeConcur, seed: number) {
	const random = new Random(seed, 11);
	return afterEachPage(() => {
		const waiting = fake.connections.all.filter(({ puts }) => puts.length === 0);
		const isInTurn = random.chance(0.5);
		for (let left = random.between(0, 12); left > 0; left--) {
			const request = isInTurn ? waiting.shift() : random.pick(waiting);
			if (request) fake.connections.put(request, 'CRSUC', fake.clock.now().getTime());
		}
	});
}

const unanswered = (fake: FakeConcur): string[] =>
	fake.connections.all.filter(({ puts }) => puts.length === 0).map(({ id }) => id);

describe('A queue that another process answers while it is read', () => {
	test.each(SEEDS)('is read without skipping a request that waits (seed %i)', async (seed) => {
		const fake = await startQueue(WAITING, { seed });
		const target = fileTarget('sqlite');
		const transport = startAnswering(fake, seed);
		const summary = await drain(fake, target.open(), { client: { transport } });
		expect(summary).toMatchObject({ status: 'complete', warnings: [], errors: [] });
		const seen = (await target.rows()).map(({ id }) => String(id));
		const left = unanswered(fake);
		expect(left.length).toBeLessThan(WAITING - 10);
		expect(left.filter((id) => !seen.includes(id))).toEqual([]);
		expect(new Set(seen).size).toBe(seen.length);
		expect(queueCalls(fake).length).toBeLessThan((3 * WAITING) / 10);
	});

	test('would lose some if its offsets were followed: these tests can fail', async () => {
		let lost = 0;
		for (const seed of SEEDS) {
			const fake = await startQueue(WAITING, { seed });
			const { clientId, clientSecret } = fake.credentials;
			const client = createConcurClient({
				baseUrl: fake.baseUrl,
				credentials: { grantType: 'client_credentials', clientId, clientSecret },
				transport: startAnswering(fake, seed),
			});
			const seen = new Set<string>();
			// With tokens pages do not overlap: to show a request again would replace its token.
			const pages = drainRawConnectionRequests(client, {}, { includeRequestToken: true });
			for await (const page of pages) for (const { ID } of page) seen.add(ID);
			await client.close();
			lost += unanswered(fake).filter((id) => !seen.has(id)).length;
		}
		expect(lost).toBeGreaterThan(0);
	});
});
