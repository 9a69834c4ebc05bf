import { startFake } from '../support/start-fake';
import { jsonOf, openBench } from '../support/n8n/run-concur';

describe('The resource Connection Request', () => {
	it('gets all that wait, over many pages, one item each', async () => {
		const fake = await startFake({ seed: 3, connectionRequests: 23 });
		const bench = openBench(fake);
		const run = await bench.run('connectionRequest', 'getAll', { returnAll: true });
		const items = jsonOf(run);
		expect(new Set(items.map(({ id }) => id)).size).toBe(23);
		expect(run.items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
		expect(JSON.stringify(items)).not.toContain('requestToken');
	});
});
