import { Random } from '../../../fake-concur';
import type { ExtractedRecord } from '../../../pipelines/sinks/sink';
import { TEST_SEED } from '../../support/seed';
import { batch, gone, overlap, record, runRecord, thin } from './batches';
import {
	findWrongRanges,
	readPresent,
	readRanges,
	readValidAt,
	type Content,
} from './history-scene';
import { describeSqlSinks, type SqlPlace } from './sql-scene';

const WRITES = 40;
const BEGIN = Date.UTC(2026, 0, 1);

/** Some of the letters, some of them twice. */
function letters(random: Random): string[] {
	return Array.from({ length: random.between(0, 3) }, () => random.pick(['a', 'b', 'c']));
}

function changeSomething(random: Random, deletedAt: string): ExtractedRecord {
	const id = `R${random.between(1, 5)}`;
	if (random.chance(0.2)) return gone(id, deletedAt);
	const name = random.pick(['x', 'y', 'z']);
	if (random.chance(0.15)) return thin(id, { name });
	return record({
		request: { id, name },
		comments: letters(random).map((value) => ({ value })),
		expenses: [...new Set(letters(random))].map((letter) => ({
			id: `E${letter}`,
			description: random.pick(['taxi', 'train']),
			allocations: letters(random).map((percentage) => ({ percentage })),
		})),
	});
}

/** Writes at random, and returns what the tables held after each moment, and when ids were deleted. */
async function live(place: SqlPlace, random: Random) {
	const observed = new Map<string, Content>();
	const deletions = new Set<string>();
	let now = BEGIN;
	let session = await place.sink.open({ overlap, history: true });
	for (let write = 0; write < WRITES; write++) {
		// Every fourth one falls into the millisecond of the one before.
		const passed = random.chance(0.25) ? 0 : random.between(1, 1000);
		const deletedAt = new Date(now + (passed === 0 ? 0 : random.between(1, passed))).toISOString();
		now += passed;
		const extractedAt = new Date(now).toISOString();
		const records = Array.from({ length: random.between(1, 4) }, () =>
			changeSomething(random, deletedAt),
		);
		for (const { id, deletedAt: end } of records)
			if (end !== undefined) deletions.add(`${id} ${end}`);
		await session.write(batch(records, { extractedAt }));
		observed.set(extractedAt, await readPresent(place));
		if (!random.chance(0.1)) continue;
		await session.finish(runRecord(session.runId));
		// The target remembers.
		session = await place.sink.open({ overlap });
	}
	await session.finish(runRecord(session.runId));
	return { observed, deletions };
}

describeSqlSinks('a history of random changes', (newTarget) => {
	test('has at every time what the tables held then, without overlaps, gaps or empty versions', async () => {
		const place = newTarget();
		const { observed, deletions } = await live(place, new Random(TEST_SEED, 90));
		for (const [time, content] of observed)
			expect({ time, ...(await readValidAt(place, time)) }).toEqual({ time, ...content });
		expect(await findWrongRanges(place)).toEqual([]);
		const present = await readPresent(place);
		expect(await readValidAt(place, 'now')).toEqual(present);

		const ranges = await readRanges(place, 'travel_requests', 'id');
		const living = present['travel_requests']?.map(({ id }) => id) ?? [];
		for (const [id, versions] of Object.entries(ranges)) {
			const open = versions.filter(({ to }) => to === null);
			expect({ id, open: open.length }).toEqual({ id, open: living.includes(id) ? 1 : 0 });
			const ends = versions.flatMap(({ to }, index) =>
				to !== null && to !== versions[index + 1]?.from ? [`${id} ${to}`] : [],
			);
			for (const end of ends) expect(deletions).toContain(end);
		}
		expect(Object.values(ranges).flat().length).toBeGreaterThan(WRITES / 2);
	});
});
