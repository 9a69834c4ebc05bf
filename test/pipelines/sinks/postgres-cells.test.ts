import { batch, extractedAt, none, run, thin } from './batches';
import { keepDigits } from './exact-number';
import { describePostgres } from './postgres-scene';

describePostgres('cells in PostgreSQL', (scene) => {
	test('values have types of their own, and amounts every digit', async () => {
		const { sink, query } = scene().newTarget();
		const long = '12345678901234567890.12345678';
		const amounts = ['0.1', '1000000000000000.01', '0.12345678', '-7', long];
		await run(
			sink,
			batch([
				thin('typed', {
					approved: true,
					closed: false,
					creationDate: '2018-04-05T12:11:52.5Z',
					startDate: '2018-04-05',
					startTime: '09:30',
					totalApprovedAmount: { value: 213.06, currency: '' },
				}),
				...amounts.map((digits) =>
					thin(digits, { totalPostedAmount: { value: keepDigits(digits) } }),
				),
			]),
		);
		expect(
			await query(
				`SELECT approved, closed, creation_date AT TIME ZONE 'UTC' AS creation_date, start_date,
				start_date + start_time AS starts, total_approved_amount_value AS approved_amount,
				total_approved_amount_currency AS currency, name
				FROM {}.travel_requests WHERE id = 'typed'`,
			),
		).toEqual([
			{
				approved: 't',
				closed: 'f',
				creation_date: '2018-04-05 12:11:52.5',
				start_date: '2018-04-05',
				starts: '2018-04-05 09:30:00',
				approved_amount: '213.06',
				currency: '',
				name: null,
			},
		]);
		const stored = await query(
			`SELECT id, total_posted_amount_value AS value, _raw::text AS raw
			FROM {}.travel_requests WHERE id <> 'typed'`,
		);
		expect(stored).toHaveLength(amounts.length);
		for (const { id, value, raw } of stored) {
			expect(value).toBe(id);
			expect(raw).toContain(`"totalPostedAmount":{"value":${id}}`);
		}
	});

	test('texts come back letter for letter, whatever COPY takes them for', async () => {
		const { sink, query } = scene().newTarget();
		const texts = ['\\N', '\\.', '\\', 'a\tb', 'a\nb', 'a\r\nb', '', ' ', "'", '"', '\u{1F600}'];
		texts.push('\\n', '\\\\n', '{}', '\u2028', '\u0001', 'é'.normalize('NFD'), 'x'.repeat(300_000));
		await run(
			sink,
			batch(texts.map((name, index) => thin(String(index), { name, businessPurpose: name }))),
		);
		const rows = await query(
			'SELECT id, name, business_purpose, _raw::text AS raw FROM {}.travel_requests',
		);
		expect(rows).toHaveLength(texts.length);
		for (const { id, name, business_purpose, raw } of rows) {
			expect(name).toBe(texts[Number(id)]);
			expect(business_purpose).toBe(texts[Number(id)]);
			expect(JSON.parse(raw ?? '')).toMatchObject({ name: texts[Number(id)] });
		}
	});

	test('what PostgreSQL cannot store does not stop a run, and `_raw` keeps it', async () => {
		const { sink, query } = scene().newTarget();
		const nul = 'a\0b';
		await run(
			sink,
			batch([
				thin('1', { name: nul, pnr: 'half \ud800' }),
				thin(nul, { totalPostedAmount: { value: keepDigits('1e999999') } }),
				thin('2', { startTime: `09:30:00.${'9'.repeat(200)}` }),
			]),
		);
		const rows = await query(
			`SELECT id, name, pnr, start_time, total_posted_amount_value AS amount, _raw::text AS raw
			FROM {}.travel_requests ORDER BY id COLLATE "C"`,
		);
		expect(rows.map(({ raw: _raw, ...row }) => row)).toEqual([
			{ id: '1', name: 'a\ufffdb', pnr: 'half \ufffd', start_time: null, amount: null },
			{ id: '2', name: null, pnr: null, start_time: '09:30:00.999999', amount: null },
			{ id: 'a\ufffdb', name: null, pnr: null, start_time: null, amount: null },
		]);
		expect(rows[0]?.raw).toContain('"name":"a\\u0000b"');
		expect(rows[0]?.raw).toContain('\\ud800');
		expect(rows[2]?.raw).toContain('1e999999');
		expect(await run(sink, batch([thin('1', { name: nul, pnr: 'half \ud800' })]))).toEqual([
			{ travel_requests: { ...none, unchanged: 1 } },
		]);
		const letter = { recordId: nul, code: 'C', message: nul, failedAt: extractedAt, attempts: 1 };
		await run(sink, batch([], { deadLetters: [{ ...letter, window: { from: 1, to: 2 } }] }));
		expect((await sink.inspect())?.partitions[0]?.deadLetters).toMatchObject([
			{ recordId: 'a\ufffdb' },
		]);
	});
});
