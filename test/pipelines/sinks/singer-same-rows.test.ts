import { join } from 'node:path';
import type { FakeConcur } from '../../../fake-concur';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { selectAll } from '../../../pipelines/sinks/singer/selection';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import { readState } from '../../../pipelines/sinks/singer/singer-state';
import { streamNames } from '../../../pipelines/sinks/sink';
import { tables } from '../../../pipelines/tables/catalog';
import type { Table } from '../../../pipelines/tables/table';
import { exportOnce } from '../../support/export-once';
import { readSqlite, type TargetRow } from '../../support/read-target';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { TapOutput } from './singer-output';
import { SingerLoader, type SingerRecord } from './singer-reader';

describe('Singer messages, loaded as the specification says', () => {
	const file = join(makeWorkspace('singer-same-rows'), 'target.db');
	const loader = new SingerLoader();
	let fake: FakeConcur;

	async function tap(): Promise<string> {
		const output = new TapOutput();
		const selection = selectAll();
		const start = readState(loader.state, selection, 'full');
		await exportOnce(fake, createSingerSink({ output, selection, start }), {
			detail: 'full',
			streams: streamNames,
		});
		loader.read(output.text);
		return output.text;
	}

	beforeAll(async () => {
		// The fake's texts are chosen to hurt: quotes, newlines, emoji, leading =, null and "".
		fake = await startFake({ requests: 150 });
		fake.clock.advance(3_600_000);
		fake.clock.freeze();
		await tap();
		await exportOnce(fake, createSqliteSink(file), { detail: 'full', streams: streamNames });
	});

	it.each(tables)('have cell by cell what SQLite has: $name', (table) => {
		const fromSinger = loader.rows(table.name).map((row) => ofSinger(table, row));
		const fromSqlite = readSqlite(file, table.name).map((row) => ofSqlite(table, row));
		expect(fromSinger.length).toBeGreaterThan(0);
		expect(sortByKey(table, fromSinger)).toEqual(sortByKey(table, fromSqlite));
	});

	it('go on from the last STATE, which is small', async () => {
		expect(JSON.stringify(loader.state).length).toBeLessThan(10_000);
		const [edited = ''] = fake.world.requests();
		fake.clock.advance(3_600_000);
		fake.world.edit(edited, { name: 'edited' });
		fake.clock.advance(3_600_000);
		const output = await tap();
		const roots = output.split('\n').filter((line) => line.includes('"stream":"travel_requests"'));
		expect(roots).toHaveLength(2);
		const stored = loader.rows('travel_requests').find(({ id }) => id === edited);
		expect(stored).toMatchObject({ name: 'edited' });
		// A request's living children have the time of its own record.
		const children = loader
			.rows('travel_request_expenses')
			.filter((row) => row['travel_request_id'] === edited);
		for (const child of children) expect(child['_extracted_at']).toBe(stored?.['_extracted_at']);
	});
});

type CellRow = Record<string, string | number | boolean | null>;

function ofSinger(table: Table, row: SingerRecord): CellRow {
	return Object.fromEntries(table.columns.map(({ name }) => [name, row[name] ?? null]));
}

/** SQLite keeps decimals as text and booleans as 0 and 1. */
function ofSqlite(table: Table, row: TargetRow): CellRow {
	return Object.fromEntries(
		table.columns.map(({ name, type }) => {
			const cell = row[name] ?? null;
			if (cell === null) return [name, null];
			if (type === 'decimal') return [name, Number(cell)];
			return [name, type === 'boolean' ? cell === 1 : cell];
		}),
	);
}

function sortByKey(table: Table, rows: readonly CellRow[]): CellRow[] {
	const keyOf = (row: CellRow): string => table.key.map((name) => row[name]).join('/');
	return [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
