import { join } from 'node:path';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { batch, makeDirectory, run, thin } from './batches';
import { keepDigits } from './exact-number';
import { query } from './read-sqlite';

const directory = makeDirectory();

describe('cells in SQLite', () => {
	test('values keep their types: numbers where a double is exact, digits where not', async () => {
		const file = join(directory, 'target.db');
		const long = '12345678901234567890.12345678';
		const kept = keepDigits(long);
		await run(
			createSqliteSink(file),
			batch([
				thin('1', {
					approved: true,
					closed: false,
					creationDate: '2018-04-05T12:11:52Z',
					startDate: '2018-04-05',
					totalApprovedAmount: { value: 213.06, currency: '' },
					totalPostedAmount: { value: kept },
					totalRemainingAmount: { value: 0.1 },
				}),
			]),
		);
		const columns = ['approved', 'closed', 'creation_date', 'start_date']
			.concat(['approved', 'posted', 'remaining'].map((name) => `total_${name}_amount_value`))
			.concat('total_approved_amount_currency', 'name');
		const [row] = query(file, `SELECT ${columns.join()} FROM travel_requests`);
		expect(Object.values(row ?? {})).toEqual([
			1,
			0,
			'2018-04-05T12:11:52.000Z',
			'2018-04-05',
			213.06,
			long,
			0.1,
			'',
			null,
		]);
		const [{ _raw: raw } = {}] = query(file, 'SELECT _raw FROM travel_requests');
		expect(raw).toContain(`"totalPostedAmount":{"value":${long}}`);
	});
});
