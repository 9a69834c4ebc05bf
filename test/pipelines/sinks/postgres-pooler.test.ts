import { buildReport } from '../../../pipelines/report/build-report';
import { countRequests } from '../../../pipelines/report/count-requests';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { queryPostgres } from '../../support/read-target';
import { startPoolingProxy, type PoolRules, type PoolingProxy } from '../../support/pooling-proxy';
import { batch, overlap, run, thin } from './batches';
import { describePostgres, type PostgresPlace } from './postgres-scene';

describePostgres('a connection pooler before PostgreSQL', (scene) => {
	let proxy: PoolingProxy | undefined;
	afterEach(async () => {
		await proxy?.close();
		proxy = undefined;
	});

	/** The same schema, reached through a pooler. */
	const poolTarget = async (rules: PoolRules, place: PostgresPlace): Promise<string> => {
		const url = new URL(place.url);
		proxy = await startPoolingProxy(
			{ host: url.hostname, port: Number(url.port), user: url.username },
			rules,
		);
		url.hostname = '127.0.0.1';
		url.port = String(proxy.port);
		return url.href;
	};
	test.each<PoolRules>([
		{ mode: 'transaction', next: 'last', size: 1 },
		{ mode: 'transaction', next: 'last', size: 5 },
		{ mode: 'transaction', next: 'first', size: 2 },
		{ mode: 'transaction', next: 'first', size: 5 },
		{ mode: 'transaction', next: 'last', size: 3, showsKey: true },
		{ mode: 'transaction', next: 'first', size: 3, showsKey: true },
		{ mode: 'transaction', next: 'any', size: 8 },
		{ mode: 'statement', next: 'last', size: 4 },
	])('that pools by %j is refused before anything is written, set or locked', async (rules) => {
		const place = scene().newTarget();
		const sink = createSink(await poolTarget(rules, place));
		await expect(sink.open({ overlap })).rejects.toMatchObject({
			code: 'TARGET_POOLED',
			message: expect.stringContaining(`pools by ${rules.mode}`),
			advice: expect.stringContaining('pool_mode=session'),
		});
		expect(proxy?.statements.filter((sql) => /set_config|CREATE|lock/i.test(sql))).toEqual([]);
		// Without the pooler the next run finds nothing in its way.
		await run(place.sink, batch([thin('1')]));
	});

	test('that pools by session is taken, and keeps no lock where it resets no session', async () => {
		const place = scene().newTarget();
		const sink = createSink(await poolTarget({ mode: 'session', next: 'last', size: 3 }, place));
		await run(sink, batch([thin('1')]));
		await run(sink, batch([thin('2')]));
		await run(place.sink, batch([thin('3')]));
		expect((await sink.inspect())?.rows).toMatchObject({ travel_requests: 3 });
	});

	test('that pools by transaction can be read through, and its sessions stay as they were', async () => {
		const place = scene().newTarget();
		await run(place.sink, batch([thin('1')]));
		const to = await poolTarget({ mode: 'transaction', next: 'last', size: 1 }, place);
		const { target, appendOnly, inspect } = createSink(to);
		const inspection = await inspect();
		if (!inspection) throw new Error('It is not there');
		expect(inspection.rows).toMatchObject({ travel_requests: 1 });
		const requests = await countRequests(to);
		expect(requests).toHaveLength(1);
		buildReport({ target, appendOnly, generatedAt: new Date(), inspection, requests });
		expect(await queryPostgres(to, 'SHOW search_path')).toEqual([
			{ search_path: '"$user", public' },
		]);
	});

	test('that pools by statement cannot even be read through, and is named', async () => {
		const place = scene().newTarget();
		const to = await poolTarget({ mode: 'statement', next: 'last', size: 1 }, place);
		await expect(createSink(to).inspect()).rejects.toMatchObject({ code: 'TARGET_POOLED' });
		await expect(countRequests(to)).rejects.toMatchObject({ code: 'TARGET_POOLED' });
	});
});
