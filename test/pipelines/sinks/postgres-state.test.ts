import { TargetLockedError } from '../../../pipelines/sinks/target-errors';
import { batch, overlap, record, run, runRecord, thin } from './batches';
import { describePostgres } from './postgres-scene';

describePostgres('state in PostgreSQL only', (scene) => {
	test('a batch that the server refuses leaves nothing of itself, and the session goes on', async () => {
		const { sink, query } = scene().newTarget();
		const session = await sink.open({ overlap });
		const [root] = thin('3').rows;
		const refused = {
			...thin('3'),
			fingerprint: 'f',
			rows: root ? [{ ...root, raw: '{"half' }] : [],
		};
		await expect(session.write(batch([thin('1'), refused]))).rejects.toMatchObject({
			code: 'TARGET_WRITE_FAILED',
			message: expect.stringContaining('json'),
		});
		expect(session.partitions).toEqual([]);
		expect(await query('SELECT * FROM {}.travel_requests')).toEqual([]);
		await session.write(batch([thin('4')]));
		await session.finish(runRecord(session.runId));
		expect(await query('SELECT id FROM {}.travel_requests')).toEqual([{ id: '4' }]);
	});

	test('a second session is refused until the first has ended; another schema is free', async () => {
		const { sink } = scene().newTarget();
		const first = await sink.open({ overlap });
		await (await scene().newTarget().sink.open({ overlap })).abandon();
		const refused: unknown = await sink.open({ overlap }).catch((error: unknown) => error);
		expect(refused).toBeInstanceOf(TargetLockedError);
		expect(refused).toMatchObject({ message: `Another run is writing to ${sink.target}.` });
		await first.finish(runRecord(first.runId));
		await (await sink.open({ overlap })).abandon();
	});

	test('each run id is greater than all before', async () => {
		const { sink } = scene().newTarget();
		const ids: string[] = [];
		for (let turn = 0; turn < 4; turn++) {
			const session = await sink.open({ overlap });
			ids.push(session.runId);
			await session.abandon();
		}
		expect(ids).toEqual([...new Set(ids)].sort());
	});

	test('an older layout gets the columns it lacks, and its records are written again', async () => {
		const { sink, query, execute } = scene().newTarget();
		const full = record({
			request: { id: '1', pnr: 'P' },
			comments: [{ value: 'a', isLatest: true }],
		});
		await run(sink, batch([full]));
		await execute(
			`ALTER TABLE {}.travel_requests DROP COLUMN pnr;
			ALTER TABLE {}.travel_request_comments DROP COLUMN is_latest;
			DROP TABLE {}.travel_request_exceptions, {}._sap_concur_runs;
			UPDATE {}._sap_concur_meta SET value = '0' WHERE name = 'layout'`,
		);
		expect(await run(sink, batch([full]))).toMatchObject([{ travel_requests: { updated: 1 } }]);
		expect(
			await query('SELECT pnr, is_latest FROM {}.travel_requests, {}.travel_request_comments'),
		).toEqual([{ pnr: 'P', is_latest: 't' }]);
		expect(await query(`SELECT value FROM {}._sap_concur_meta WHERE name = 'layout'`)).toEqual([
			{ value: '2' },
		]);
	});

	test('a newer layout is refused and untouched', async () => {
		const { sink, execute } = scene().newTarget();
		await run(sink, batch([thin('1')]));
		await execute(`UPDATE {}._sap_concur_meta SET value = '99' WHERE name = 'layout'`);
		const newer = { code: 'TARGET_NEWER', advice: expect.stringContaining('Update') };
		await expect(sink.open({ overlap })).rejects.toMatchObject(newer);
		await expect(sink.inspect()).rejects.toMatchObject(newer);
	});

	test("a schema that has somebody else's table of that name is refused and untouched", async () => {
		const { sink, query, execute } = scene().newTarget();
		await execute('CREATE SCHEMA {}; CREATE TABLE {}.travel_requests (theirs text)');
		await expect(sink.open({ overlap })).rejects.toMatchObject({
			code: 'TARGET_FOREIGN',
			message: expect.stringContaining('travel_requests'),
		});
		const tables = `SELECT relname FROM pg_class WHERE relnamespace = '{}'::regnamespace AND relkind = 'r'`;
		expect(await query(tables)).toEqual([{ relname: 'travel_requests' }]);
		await execute('DROP TABLE {}.travel_requests; CREATE TABLE {}.diary (entry text)');
		await run(sink, batch([thin('1')]));
		expect(await query('SELECT entry FROM {}.diary')).toEqual([]);
	});
});
