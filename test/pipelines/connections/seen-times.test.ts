import { latestById } from '../../support/read-target';
import { describePostgres } from '../sinks/postgres-scene';
import {
	DAY,
	drain,
	fileTarget,
	HOUR,
	nowOf,
	postgresTarget,
	queueCalls,
	singerTarget,
	startQueue,
	type Target,
} from './scene';

const targets: readonly (() => Target)[] = [
	() => fileTarget('sqlite'),
	() => fileTarget('csv'),
	() => fileTarget('parquet'),
	singerTarget,
];

/** First and last sighting of each request by its newest row. */
async function readTimes(target: Target): Promise<Record<string, unknown>> {
	const newest = latestById(await target.rows());
	return Object.fromEntries(
		[...newest].map(([id, row]) => [id, [row['first_seen_at'], row['last_seen_at']]]),
	);
}

async function tellSightings(target: Target): Promise<void> {
	const fake = await startQueue(23);
	const run = async () => {
		const summary = await drain(fake, target.open());
		target.close();
		expect(summary).toMatchObject({ status: 'complete', warnings: [], watermark: null });
		expect(summary.windows).toEqual({ closed: 0, open: 0 });
		return summary.tables['connection_requests'];
	};
	const none = { inserted: 0, updated: 0, unchanged: 0, deleted: 0 };
	const wrote = (inserted: number, updated: number) =>
		target.isJournal ? { ...none, inserted: inserted + updated } : { ...none, inserted, updated };
	const [later, gone] = fake.connections.all;
	const [user] = fake.world.users;
	if (!later || !gone || !user) throw new Error('the fake is empty');

	const first = nowOf(fake);
	expect(await run()).toEqual(wrote(23, 0));
	const times: Record<string, unknown> = Object.fromEntries(
		fake.connections.all.map(({ id }) => [id, [first, first]]),
	);
	expect(await readTimes(target)).toEqual(times);

	// One is connected for good, one is to be asked again in an hour, and one more comes.
	fake.clock.advance(HOUR / 2);
	fake.connections.put(gone, 'CRSUC', fake.clock.now().getTime());
	fake.connections.put(later, 'CRRET', fake.clock.now().getTime());
	const { id: added } = fake.connections.add(user, fake.clock.now().getTime());
	fake.clock.advance(60_000);
	const second = nowOf(fake);
	expect(await run()).toEqual(wrote(1, 21));
	for (const { id } of fake.connections.all)
		if (id !== later.id && id !== gone.id) times[id] = [first, second];
	times[added] = [second, second];
	expect(await readTimes(target)).toEqual(times);

	// The one that was postponed is back, with the same first sighting.
	fake.clock.advance(HOUR);
	const third = nowOf(fake);
	expect(await run()).toEqual(wrote(0, 23));
	for (const { id } of fake.connections.all)
		if (id !== gone.id) times[id] = [id === added ? second : first, third];
	expect(await readTimes(target)).toEqual(times);

	expect((await target.rows()).length).toBe(target.isJournal ? 23 + 22 + 23 : 24);
	// No row says that one is gone: it may have been answered, or be hidden.
	for (const row of await target.rows()) expect(row['_deleted_at'] ?? '').toBe('');
	expect(fake.connections.all.flatMap(({ puts }) => puts)).toHaveLength(2);
	expect(new Set(queueCalls(fake))).toEqual(new Set(['GET connectionrequests']));

	// Long after, the state has forgotten those that never came back, and only those.
	fake.clock.advance(91 * DAY);
	await run();
	const [{ sightings } = { sightings: [] }] = await target.state();
	expect(sightings).toHaveLength(23);
	for (const secret of fake.secrets()) expect(await target.text()).not.toContain(secret);
}

describe('A request in the queue has its first and its last sighting, whatever comes of it', () => {
	test.each(targets.map((make) => make()))('in $kind', tellSightings);
});

describePostgres('A request in the queue has its first and its last sighting', (scene) => {
	test('in postgres', () => tellSightings(postgresTarget(scene().newTarget())));
});
