import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConcurClient } from '../../../concur/client';
import { DistinctCount } from '../../../pipelines/lists/distinct-count';
import { ListBudget } from '../../../pipelines/lists/list-budget';
import { ListKnowledge } from '../../../pipelines/lists/list-knowledge';
import { listWindow } from '../../../pipelines/lists/list-window';
import { walkWindowList } from '../../../pipelines/lists/walk-list';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { join } from 'node:path';
import { compareWithWorld, NO_DIFFERENCE } from '../../support/compare-with-world';
import { countListCalls, exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

describe('The list calls of a run', () => {
	it('end with a sentence where the rows that were found cannot explain them', () => {
		const budget = new ListBudget();
		budget.plan(1);
		const items = Array.from({ length: 10 }, (_, index) => ({ id: String(index) }));
		let calls = 0;
		const spendAll = (): void => {
			for (; calls < 100_000; calls++) {
				// The same rows again and again are no progress.
				budget.find(items);
				budget.spend();
			}
		};
		expect(spendAll).toThrow(/After \d+ list calls only 10 requests were found/);
		expect(calls).toBeLessThan(1000);
	});

	it('are no trouble where each brings a row', () => {
		const budget = new ListBudget();
		for (let row = 0; row < 50_000; row++) {
			budget.find([{ id: `row ${row}` }]);
			budget.spend();
			budget.spend();
		}
	});

	it('are judged by different rows, however many', () => {
		const count = new DistinctCount();
		for (let row = 0; row < 200_000; row++) count.add(`id ${row % 100_000}`);
		expect(count.value).toBeGreaterThan(90_000);
		expect(count.value).toBeLessThan(110_000);
	});
});

describe('Answers that are always too large', () => {
	it('end the window with an error after a few tries, not the seconds since 1970', async () => {
		const fake = await startFake({ requests: 50 });
		fake.clock.advance(3_600_000);
		const sink = createSqliteSink(join(makeWorkspace('too-large'), 'target.db'));
		const limits = { parseLimit: 20, maxBytes: 20 };
		fake.calls.length = 0;
		const failed = await exportOnce(fake, sink, { detail: 'list', client: { limits } });
		expect(failed.status).toBe('failed');
		expect(new Set(failed.errors.map(({ code }) => code))).toEqual(
			new Set(['CONCUR_BODY_TOO_LARGE']),
		);
		expect(countListCalls(fake)).toBeLessThan(120);
		expect((await exportOnce(fake, sink, { detail: 'list' })).status).toBe('complete');
	});

	it('leave open only the window of the one record that is', async () => {
		const fake = await startFake({ requests: 120, documentedExamples: false });
		const [fat = ''] = fake.world.requests();
		fake.world.edit(fat, { name: 'x'.repeat(30_000) });
		fake.clock.advance(3_600_000);
		const file = join(makeWorkspace('one-too-large'), 'target.db');
		const limits = { parseLimit: 2_000, maxBytes: 20_000 };
		const options = { detail: 'list', client: { limits } } as const;
		const summary = await exportOnce(fake, createSqliteSink(file), options);
		expect(summary.status).toBe('incomplete');
		// Its second, and one beside it that reaches into it.
		expect(summary.windows.open).toBeLessThanOrEqual(3);
		for (const { code } of summary.errors) expect(code).toBe('CONCUR_BODY_TOO_LARGE');
		const others = fake.world.requests().filter((id) => id !== fat);
		expect(compareWithWorld(fake, file, 'listItem', others)).toEqual(NO_DIFFERENCE);
	});
});

/** A server of requestIds that sort as a server thinks best. */
async function serveRows(rows: readonly string[]): Promise<{ server: Server; origin: string }> {
	const server = createServer((request, response) => {
		const { searchParams } = new URL(request.url ?? '/', 'http://server');
		const start = Number(searchParams.get('start') ?? 0);
		const end = start + Number(searchParams.get('limit') ?? 10);
		const data = rows.slice(start, end).map((id) => ({ id }));
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ data, operations: [] }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { server, origin: `http://127.0.0.1:${port}` };
}

describe('A list whose requestIds sort as nobody expects', () => {
	it('is read whole by a walk, and is whole in one call where it fits a page', async () => {
		const rows = Array.from({ length: 333 }, (_, index) => `R${(index * 7919) % 1009}`);
		const { server, origin } = await serveRows(rows);
		const access = {
			get: async () => ({ baseUrl: origin, token: 't' }),
			invalidate: () => true,
		};
		const client = createConcurClient({ baseUrl: origin, access });
		const partition = { stream: 'travel-requests', user: '', view: 'ALL' } as const;
		const signal = new AbortController().signal;
		const context = { client, partition, signal, lists: new ListKnowledge() };
		const seen: string[] = [];
		for await (const { items } of walkWindowList(context, { from: 0, to: 9 }))
			seen.push(...items.map(({ id }) => id));
		expect(new Set(seen)).toEqual(new Set(rows));
		expect(seen).toHaveLength(rows.length);
		expect((await listWindow(context, { from: 0, to: 9 })).overflow).toBe(true);
		await client.close();
		server.close();
	});
});
