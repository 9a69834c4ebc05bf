import { join } from 'node:path';
import { decimal } from '../../../fake-concur/json';
import type { FakeConcur } from '../../../fake-concur';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import type { Sink } from '../../../pipelines/sinks/sink';
import { exportOnce } from '../../support/export-once';
import { readCsv, readSqlite } from '../../support/read-target';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { describePostgres } from './postgres-scene';
import { readParquet } from './read-parquet';
import { TapOutput } from './singer-output';

const AMOUNTS = [
	'0.1',
	'1000000000000000.01',
	'33.33333333',
	'0.00000001',
	'-12345678901234.12345678',
	'9007199254740993',
];

/** Which amount stands in which table and column, under which name. */
const COLUMNS = [
	['travel_requests', 'name', 'total_approved_amount_value'],
	['travel_request_expense_allocations', 'allocation_id', 'allocation_amount_value'],
] as const;

type Cells = Readonly<Record<string, unknown>>;

/** A world in which each amount is the total of a request and of an allocation below it. */
async function startWorld(): Promise<FakeConcur> {
	const fake = await startFake({ requests: 0, documentedExamples: false });
	for (const text of AMOUNTS) {
		const amount = { value: decimal(text), currency: 'USD' };
		const id = fake.world.create({ name: text, totalApprovedAmount: amount });
		const allocations = [{ allocationId: text, allocationAmount: amount, percentage: 100 }];
		fake.world.addExpense(id, { allocations });
	}
	fake.clock.advance(3_600_000);
	return fake;
}

async function expectDigits(
	sink: Sink,
	read: (table: string) => Promise<readonly Cells[]> | readonly Cells[],
): Promise<void> {
	await exportOnce(await startWorld(), sink, { detail: 'full' });
	for (const [table, name, amount] of COLUMNS) {
		const rows = await read(table);
		const found = rows.map((row) => [String(row[name]), stripZeros(String(row[amount]))]);
		expect(Object.fromEntries(found)).toEqual(Object.fromEntries(AMOUNTS.map((a) => [a, a])));
	}
}

/** Zeros behind the point say nothing, nor does it matter that a small number is written as a power. */
function stripZeros(digits: string): string {
	const written = /e/i.test(digits) ? Number(digits).toFixed(8) : digits;
	return written.includes('.') ? written.replace(/\.?0+$/, '') : written;
}

/** A message's plain cells as they are written: a parser would round them. */
function readDigits(message: string): Cells {
	const cells = message.matchAll(/"(\w+)":"?(-?[\d.]+)"?/g);
	return Object.fromEntries([...cells].map(([, name = '', digits]) => [name, digits]));
}

describe('Amounts come back digit for digit', () => {
	it('from CSV', async () => {
		const directory = join(makeWorkspace('digits'), 'csv');
		await expectDigits(createSink(`csv:${directory}`), (table) => readCsv(directory, table));
	});

	it('from SQLite', async () => {
		const file = join(makeWorkspace('digits'), 'target.db');
		await expectDigits(createSink(`sqlite:${file}`), (table) => readSqlite(file, table));
	});

	it('from Parquet', async () => {
		const directory = join(makeWorkspace('digits'), 'parquet');
		await expectDigits(createSink(`parquet:${directory}`), (table) =>
			readParquet(directory, table),
		);
	});

	it('from Singer messages', async () => {
		const output = new TapOutput();
		await expectDigits(createSingerSink({ output }), (table) =>
			output.text
				.split('\n')
				.filter((line) => line.startsWith(`{"type":"RECORD","stream":"${table}"`))
				.map(readDigits),
		);
	});

	describePostgres('from PostgreSQL', (scene) => {
		it('as numeric', async () => {
			const { sink, query } = scene().newTarget();
			await expectDigits(sink, (table) => query(`SELECT * FROM {}.${table}`));
		});
	});
});
