import { pages, queue, queueServers, WAITING, type QueueServer } from './queue-servers';
import { playTable, type HostileRow, type Scene } from './scene';

const ARGS = ['--stream', 'connection-requests'];
const TABLE = 'connection_requests';
const world = { requests: 1, connectionRequests: WAITING };

/** Ids in the target, which has no tables where nothing came into it. */
function storedIds({ rows }: Scene, count: number): Set<unknown> {
	return new Set(count === 0 ? [] : rows(TABLE).map(({ id }) => id));
}

function expectAll({ rows, fake }: Scene): void {
	const stored = new Map(rows(TABLE).map((row) => [row['id'], row['loyalty_number'] || null]));
	const waiting = fake.connections.all.map(({ id, loyaltyNumber }) => [id, loyaltyNumber] as const);
	expect(stored).toEqual(new Map(waiting));
}

/** What can be read is stored, and whether that is all is said; past the fault, all is stored. */
function rowOf({ server, read, says, twist }: QueueServer): HostileRow {
	const isWhole = read === WAITING;
	return {
		...{ server, world, twist },
		comesOut: isWhole ? 'all are stored' : `${read} are stored, and that it is not all is said`,
		async play(scene) {
			const { run, gateway } = scene;
			const { code, summary, stderr } = await run(ARGS);
			expect([code, summary.status]).toEqual(isWhole ? [0, 'complete'] : [3, 'incomplete']);
			const errors = isWhole ? [] : [{ code: 'CONCUR_INCOMPLETE_QUEUE' }];
			expect(summary.errors).toMatchObject(errors);
			expect(summary.errors[0]?.message ?? '').toMatch(says);
			if (!isWhole) expect(stderr).toMatch(says);
			expect(storedIds(scene, read).size).toBe(read);
			expect(gateway.calls.length).toBeLessThan(40);
			gateway.twist(undefined);
			if (!isWhole) expect(await run(ARGS)).toMatchObject({ code: 0 });
			expectAll(scene);
		},
	};
}

playTable('The queue of connection requests', [
	...queueServers.map(rowOf),
	{
		server: 'hides what it has shown, and names next pages without an offset',
		comesOut: 'what it showed is stored, run by run, and each time said to be not all',
		world: { ...world, connectionQueue: 'lease' },
		twist: pages(() => ({ NextPage: 'https://us/x?limit=10' })),
		async play(scene) {
			for (const stored of [10, 20, 23]) {
				expect(await scene.run(ARGS)).toMatchObject({ code: 3 });
				expect(storedIds(scene, stored).size).toBe(stored);
			}
			expectAll(scene);
		},
	},
	{
		server: 'shows a request that nests 8,000 levels deep',
		comesOut: 'the others are stored, and that it is not all is said',
		world,
		twist: queue(async ({ call, pass }) => {
			const answer = await pass();
			if (call.nth > 1) return answer;
			const deep = `"middleName":${'['.repeat(8000)}${']'.repeat(8000)}`;
			return { ...answer, body: answer.body.replace(/"middleName":(?:null|"[^"]*")/, deep) };
		}),
		async play(scene) {
			const { code, summary } = await scene.run(ARGS);
			expect([code, summary.errors[0]?.code]).toEqual([3, 'CONCUR_INCOMPLETE_QUEUE']);
			expect(storedIds(scene, 1).size).toBe(WAITING - 1);
		},
	},
	...[401, 403].map((status) => ({
		server: `answers ${status} and no body where the scope is missing`,
		comesOut: 'the scope is named, and what to do',
		world,
		twist: queue(() => ({ status, headers: {}, body: '' })),
		async play({ run, fake }: Scene) {
			fake.quirks.grantedScopes = 'travelrequest.write';
			const { code, summary } = await run(ARGS);
			expect(code).toBe(1);
			expect(summary.errors[0]?.['advice']).toMatch(/Add the scope CONREQ to the app/);
		},
	})),
]);
