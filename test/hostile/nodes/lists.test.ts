import { SapConcurApi } from '../../../credentials/SapConcurApi.credentials';
import { SapConcurTrigger } from '../../../nodes/SapConcurTrigger/SapConcurTrigger.node';
import { createCredentialStore } from '../../support/n8n/credential-store';
import { openPoller } from '../../support/n8n/poll-node';
import { formFor, openBench } from '../../support/n8n/run-concur';
import { followClock } from '../../support/follow-clock';
import { startFake } from '../../support/start-fake';
import { startGateway, type Gateway, type Twist } from '../gateway';
import { change, isList, json } from '../twists';

const ROWS = 250;

const opened: Gateway[] = [];

afterEach(async () => {
	for (const gateway of opened.splice(0)) await gateway.close();
});

const linked =
	(rel: string, start: number): Twist =>
	async (call, pass) =>
		isList(call)
			? change(await pass(), (page) => ({
					...page,
					operations: [{ rel, href: `https://us.example/requests?start=${start}` }],
				}))
			: pass();

interface Server {
	readonly server: string;
	readonly twist: Twist;
	/** What Get Many must bring at least. */
	readonly least: number;
	readonly says: RegExp;
	readonly calls: number;
}

const whole = { least: ROWS, says: /^$/, calls: 6 };

const servers: readonly Server[] = [
	{ server: 'has a last link far behind the end', twist: linked('last', 48_000), ...whole },
	{
		server: 'gives 25 rows a page, and no links',
		twist: async (call, pass) =>
			isList(call)
				? change(await pass(), ({ data }) => ({
						data: Array.isArray(data) ? data.slice(0, 25) : [],
					}))
				: pass(),
		...{ ...whole, calls: 20 },
	},
	{
		server: 'has a next link on every page',
		twist: linked('next', 100),
		...{ least: ROWS, says: /may be missing/, calls: 10 },
	},
	{
		server: 'ignores start',
		twist: (call, pass) => {
			const query = new URLSearchParams(call.query);
			query.delete('start');
			return isList(call) ? pass({ query }) : pass();
		},
		...{ least: 100, says: /may be missing/, calls: 3 },
	},
	{
		server: 'has an empty page that names a next one amid the others',
		twist: (call, pass) =>
			isList(call) && call.query.get('start') === '95'
				? json({ data: [], operations: [{ rel: 'next', href: '?start=190' }] })
				: pass(),
		...{ least: 150, says: /may be missing/, calls: 20 },
	},
	{
		server: 'lists nothing, in an answer that is no list',
		twist: (call, pass) => (isList(call) ? json({ data: null }) : pass()),
		...{ least: 0, says: /no array/, calls: 2 },
	},
];

describe.each(servers)('Where a server $server', ({ twist, least, says, calls }) => {
	it('Get Many of travel requests ends, and says what may be missing', async () => {
		const fake = await startFake({ requests: ROWS, documentedExamples: false });
		const gateway = await startGateway(fake);
		opened.push(gateway);
		gateway.twist(twist);
		const bench = openBench(fake, { baseUrl: gateway.origin });
		const { items, hints, error } = await bench.run('travelRequest', 'getAll', { returnAll: true });
		const ids = items.map(({ json: { id } }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.length).toBeGreaterThanOrEqual(least);
		const said = [error?.message ?? '', ...hints.map(({ message }) => message)].join('');
		expect(said).toMatch(says);
		expect(gateway.calls.filter(isList).length).toBeLessThanOrEqual(calls);
	});
});

describe('Where filters by time are ignored', () => {
	it('the trigger for changes says so, and tells of them once they are not', async () => {
		const fake = await startFake({ requests: 40, documentedExamples: false });
		followClock(fake);
		const gateway = await startGateway(fake);
		opened.push(gateway);
		const store = createCredentialStore([new SapConcurApi()]);
		const credential = store.add('sapConcurApi', formFor(fake, { baseUrl: gateway.origin }));
		const poller = openPoller({
			...{ nodeType: new SapConcurTrigger(), store, engine: 'durable' },
			credentials: { sapConcurApi: credential },
			parameters: { event: 'requestChanged', view: 'ALL' },
		});
		fake.clock.advance(3_600_000);
		expect(await poller.poll()).toBeNull();
		const [edited = ''] = fake.world.requests();
		fake.clock.advance(60_000);
		fake.world.edit(edited, { name: 'Changed' });
		fake.clock.advance(60_000);
		gateway.twist((call, pass) => {
			const query = new URLSearchParams(call.query);
			for (const name of ['modifiedAfter', 'modifiedBefore']) query.delete(name);
			return isList(call) ? pass({ query }) : pass();
		});
		await expect(poller.poll()).rejects.toThrow(/were not modified in the time/);
		gateway.twist(undefined);
		expect((await poller.poll())?.map(({ json: { id } }) => id)).toEqual([edited]);
	});
});
