import { beginConnectionWatch, pollConnections } from '../../../pipelines/watch/watch-connections';
import { startServer } from '../../concur/fake-client';
import { json } from '../../concur/serve';

const hurry = { signal: new AbortController().signal, isUp: () => true };
const calm = { ...hurry, isUp: () => false };

/** A queue whose NextPage is what `nextOf` makes of where the page ends. */
async function openQueue(count: number, nextOf: (end: number) => string | null) {
	const ids = Array.from({ length: count }, (_, n) => `R${n}`);
	const warnings: string[] = [];
	const { client, server } = await startServer((response, call) => {
		const start = Number(call.query.get('offset') ?? 0);
		const Items = ids.slice(start, start + 10).map((ID) => ({ ID }));
		json(response, { Items, NextPage: nextOf(start + 10) });
	});
	const poll = async (time: typeof hurry, before: Parameters<typeof pollConnections>[1]) => {
		const warn = (message: string) => warnings.push(message);
		const polled = await pollConnections({ client, read: {}, time, warn }, before);
		return { told: polled.events.length, state: polled.state };
	};
	return { poll, warnings, server };
}

test('a queue that cannot be read to its end is told of, and nothing is forgotten by it', async () => {
	const { poll, warnings } = await openQueue(23, () => 'https://us/x?limit=10');
	const old = `${'x'.repeat(10)} 1 2020-01-01T00:00:00`;
	const { told, state } = await poll(calm, { memory: [old] });
	expect(told).toBe(10);
	expect(warnings).toEqual([expect.stringMatching(/not be read to its end.+not where it begins/)]);
	expect(state.memory).toContain(old);
	expect(state.memory).toHaveLength(11);
	expect(state.place).toBeUndefined();
});

test('one that is read to its end is forgotten where it is old', async () => {
	const { poll, warnings } = await openQueue(3, () => null);
	const { state } = await poll(calm, { memory: [`${'x'.repeat(10)} 1 2020-01-01T00:00:00`] });
	expect(state.memory).toHaveLength(3);
	expect(warnings).toEqual([]);
});

test('polls without time go on where the last one ended, also where no page is linked', async () => {
	const { poll, warnings } = await openQueue(23, () => null);
	let state = beginConnectionWatch;
	const told: number[] = [];
	for (let n = 0; n < 4; n++) {
		const polled = await poll(hurry, state);
		state = polled.state;
		told.push(polled.told);
	}
	expect(told.reduce((sum, count) => sum + count)).toBe(23);
	expect(state.place).toBeUndefined();
	expect(warnings).toEqual([]);
	expect(state.memory).toHaveLength(23);
});
