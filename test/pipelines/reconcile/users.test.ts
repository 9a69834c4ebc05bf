import { ConcurError } from '../../../concur/errors';
import { isJsonObject } from '../../../concur/json';
import type { FakeConcur } from '../../../fake-concur';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { TEST_SEED } from '../../support/seed';
import { makeWorkspace } from '../../support/workspace';
import {
	ANY_SHARE,
	deletedIds,
	describeTargets,
	livingIds,
	newSqlite,
	reconcileOnce,
	worldIds,
	type Tamper,
} from './scene';

const NOW = new Date('2026-06-01T00:00:00Z');

async function startWorld(): Promise<FakeConcur> {
	const fake = await startFake({
		...{ seed: TEST_SEED, requests: 60, users: 4, documentedExamples: false, now: NOW },
	});
	fake.clock.advance(3_600_000);
	return fake;
}

const usersOf = (fake: FakeConcur): string[] => fake.world.users.map(({ id }) => id);

/** Deletes one request of each user; returns their ids in the order of the users. */
function deleteOneEach(fake: FakeConcur): string[] {
	return usersOf(fake).map((user) => {
		const [id = ''] = fake.world.requests(user);
		fake.world.delete(id);
		return id;
	});
}

describeTargets('Reconciling user by user', (newPlace) => {
	it('looks at each user of a company, and leaves those of other users alone', async () => {
		const fake = await startWorld();
		const place = newPlace();
		const users = usersOf(fake);
		await exportOnce(fake, place.sink, { users, detail: 'request' });
		const gone = deleteOneEach(fake);
		const [first = '', second = ''] = users;
		const one = await reconcileOnce(fake, place.sink, { users: [first] });
		expect(one).toMatchObject({ status: 'complete', deleted: 1, partitions: { complete: 1 } });
		expect(await deletedIds(place)).toEqual(gone.slice(0, 1));
		// All that the second user had.
		for (const id of fake.world.requests(second)) fake.world.delete(id);
		const stopped = await reconcileOnce(fake, place.sink, { users: 'all' });
		expect(stopped).toMatchObject({ status: 'failed', deleted: 0 });
		const all = await reconcileOnce(fake, place.sink, { users: 'all', maxMissing: ANY_SHARE });
		expect(all).toMatchObject({ status: 'complete', partitions: { complete: 4, incomplete: 0 } });
		expect(await livingIds(place)).toEqual(worldIds(fake));
	});

	it('goes on past a user whose list fails', async () => {
		const fake = await startWorld();
		const place = newPlace();
		const users = usersOf(fake);
		await exportOnce(fake, place.sink, { users });
		const gone = deleteOneEach(fake);
		const failing = users[2] ?? '';
		const broken = await reconcileOnce(fake, place.sink, {
			users: [...users.slice(0, 2), '00000000-0000-4000-8000-000000000000', failing],
			tamper: refuseList(fake, failing),
		});
		expect(broken).toMatchObject({
			...{ status: 'incomplete', deleted: 2 },
			partitions: { complete: 2, incomplete: 1, notExported: 1 },
		});
		expect(broken.errors).toEqual([expect.objectContaining({ user: failing })]);
		expect(await deletedIds(place)).toEqual(gone.slice(0, 2).sort());
	});

	it('deletes nothing of the users that a list which ends early leaves out', async () => {
		const fake = await startWorld();
		const place = newPlace();
		const users = usersOf(fake);
		await exportOnce(fake, place.sink, { users });
		const gone = deleteOneEach(fake);
		const summary = await reconcileOnce(fake, place.sink, { users: 'all', tamper: cutUsers(2) });
		expect(summary).toMatchObject({ status: 'incomplete', partitions: { complete: 2 } });
		expect(summary.errors).toEqual([
			expect.objectContaining({ code: 'CONCUR_INCOMPLETE_USER_LIST' }),
		]);
		expect(await deletedIds(place)).toEqual(gone.slice(0, 2).sort());
	});

	it('keeps to the span that the target was exported with', async () => {
		const fake = await startWorld();
		const place = newPlace();
		const ids = [...fake.world.requests()];
		const from = Math.floor(Date.parse('2026-05-01T00:00:00Z') / 1000);
		await exportOnce(fake, place.sink, { span: { from, until: undefined } });
		const before = await livingIds(place);
		expect(before.length).toBeLessThan(ids.length);
		const [gone = ''] = before;
		fake.world.delete(gone);
		const undated = ids.find((id) => !before.includes(id)) ?? '';
		fake.world.backdate(undated, undefined);
		const summary = await reconcileOnce(fake, place.sink);
		expect(summary).toMatchObject({ status: 'complete', deleted: 1, foundMissing: 1 });
		const expected = [...before.filter((id) => id !== gone), undated];
		expect(await livingIds(place)).toEqual(expected.sort());
	});
});

/** A list that cannot be had for one user, whatever is tried. */
function refuseList(fake: FakeConcur, user: string): Tamper {
	const ids = fake.world.requests(user);
	return (path, answer) => {
		const text = path.endsWith('/v4/requests') ? JSON.stringify(answer.data) : '';
		if (!ids.some((id) => text.includes(id))) return answer;
		throw new ConcurError('CONCUR_FORBIDDEN', 'Not for you.', { advice: 'Ask.' });
	};
}

/** A page of users that lacks all but the first few, and names no further page. */
function cutUsers(count: number): Tamper {
	return (path, answer) => {
		const { data } = answer;
		if (!path.endsWith('/Users') || !isJsonObject(data)) return answer;
		const users = Array.isArray(data['Resources']) ? data['Resources'] : [];
		return { ...answer, data: { ...data, Resources: users.slice(0, count) } };
	};
}

describe('What reconcile refuses', () => {
	it('targets that are journals', async () => {
		const fake = await startWorld();
		const sink = createSink(`csv:${makeWorkspace('reconcile-csv')}`);
		await exportOnce(fake, sink);
		await expect(reconcileOnce(fake, sink)).rejects.toMatchObject({
			code: 'TARGET_NOT_SEARCHABLE',
			message: expect.stringContaining('never searched') as unknown,
			advice: expect.stringContaining('SQLite or PostgreSQL') as unknown,
		});
	});

	it('targets that hold nothing, or other users', async () => {
		const fake = await startWorld();
		const { sink } = newSqlite();
		await expect(reconcileOnce(fake, sink)).rejects.toMatchObject({
			code: 'TARGET_NOTHING_EXPORTED',
		});
		await exportOnce(fake, sink, { users: usersOf(fake) });
		await expect(reconcileOnce(fake, sink)).rejects.toMatchObject({ code: 'TARGET_OTHER_USERS' });
	});

	it('targets that a run is writing to', async () => {
		const fake = await startWorld();
		const { sink } = newSqlite();
		await exportOnce(fake, sink);
		const session = await sink.open({ overlap: 0 });
		await expect(reconcileOnce(fake, sink)).rejects.toMatchObject({ code: 'TARGET_LOCKED' });
		await session.abandon();
		expect(await reconcileOnce(fake, sink)).toMatchObject({ status: 'complete' });
	});
});
