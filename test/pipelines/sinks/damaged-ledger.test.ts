import { join } from 'node:path';
import { makeWorkspace } from '../../support/workspace';
import { batch, overlap, run, thin } from './batches';
import { describeSqlSinks, sqlitePlace } from './sql-scene';

const letter = {
	...{ recordId: 'lost', window: { from: 1000, to: 1099 }, code: 'X', message: 'm', attempts: 1 },
	failedAt: '2026-01-01T00:00:00.000Z',
};
const partition = `stream = "travel-requests", user_id = "u1", view = "ALL"`;

interface Damage {
	readonly sql: string;
	readonly says: string;
	readonly advises: string;
	/** What a run reads too; it never looks at the runs before it. */
	readonly stopsRuns: boolean;
}

const damages: readonly Damage[] = [
	{
		sql: `UPDATE {}._sap_concur_coverage SET windows = '[{"from": "never"}]'`,
		says: `windows cannot be read in the row of _sap_concur_coverage where ${partition}.`,
		advises: 'delete that row: the next run reads all of it again',
		stopsRuns: true,
	},
	{
		sql: `UPDATE {}._sap_concur_coverage SET detail = 'most'`,
		says: 'detail cannot be read',
		advises: 'backup',
		stopsRuns: true,
	},
	{
		sql: `UPDATE {}._sap_concur_coverage SET stream = 'expenses'`,
		says: 'stream cannot be read in the row of _sap_concur_coverage where stream = "expenses"',
		advises: 'backup',
		stopsRuns: true,
	},
	{
		sql: `UPDATE {}._sap_concur_dead_letters SET stream = 'trips'`,
		says: 'where stream = "trips", user_id = "u1", view = "ALL", record_id = "lost".',
		advises: 'sap-concur-export reset',
		stopsRuns: true,
	},
	{
		sql: `UPDATE {}._sap_concur_runs SET status = 'splendid'`,
		says: 'status cannot be read in the row of _sap_concur_runs where run_id = "2',
		advises: 'it only tells of a run that is over',
		stopsRuns: false,
	},
	{
		sql: `UPDATE {}._sap_concur_runs SET summary = '[1]'`,
		says: 'summary cannot be read in the row of _sap_concur_runs',
		advises: 'delete that row',
		stopsRuns: false,
	},
	{
		sql: 'ALTER TABLE {}._sap_concur_coverage DROP COLUMN detail',
		says: 'detail',
		advises: 'backup',
		stopsRuns: false,
	},
	{
		sql: 'DROP TABLE {}._sap_concur_runs',
		says: '_sap_concur_runs',
		advises: 'backup',
		stopsRuns: false,
	},
];

describeSqlSinks('A damaged ledger', (newTarget) => {
	test.each(damages)('is named: $sql', async ({ sql, says, advises, stopsRuns }) => {
		const { sink, execute } = newTarget();
		await run(sink, batch([thin('1')], { deadLetters: [letter] }));
		await execute(sql);
		const named = {
			code: 'TARGET_CORRUPT',
			message: expect.stringContaining(says),
			advice: expect.stringContaining(advises),
		};
		await expect(sink.inspect()).rejects.toMatchObject(named);
		if (stopsRuns) await expect(sink.open({ overlap })).rejects.toMatchObject(named);
	});

	test('can be mended as the advice says: what the row covered is read again', async () => {
		const { sink, execute } = newTarget();
		await run(sink, batch([thin('1')]));
		await execute(`UPDATE {}._sap_concur_coverage SET windows = '"none"'`);
		await expect(sink.open({ overlap })).rejects.toMatchObject({ code: 'TARGET_CORRUPT' });
		await execute('DELETE FROM {}._sap_concur_coverage');
		const session = await sink.open({ overlap });
		expect(session.partitions).toEqual([]);
		await session.abandon();
		expect((await sink.inspect())?.rows).toMatchObject({ travel_requests: 1 });
	});
});

test('A ledger that is no JSON any more is named like any other damage', async () => {
	const { sink, execute } = sqlitePlace(join(makeWorkspace('damaged'), 'target.db'));
	await run(sink, batch([thin('1')]));
	await execute(`UPDATE _sap_concur_coverage SET windows = substr(windows, 1, 9)`);
	const error: unknown = await sink.inspect().catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({
		code: 'TARGET_CORRUPT',
		message: expect.stringContaining('windows cannot be read in the row of _sap_concur_coverage'),
	});
});
