import { exitCodeOf } from '../../pipelines/cli/output/exit-codes';
import type { Answer } from '../concur/serve';
import { exportFrom, listOf, readAnswer, send, store, targetKinds } from './scene';

type Cells = Readonly<Record<string, string | number | boolean | null>>;

interface Row {
	/** The answer, in this folder. */
	readonly file: string;
	/** The status and type that it comes with; 200 and JSON unless told. */
	readonly sent?: { readonly status?: number; readonly type?: string };
	/** Rows in the order of the answer, the cells that say something. */
	readonly rows: readonly Cells[];
	readonly drift?: Readonly<Record<string, number>>;
	readonly deadLetters?: number;
	readonly exit?: number;
	/** Codes of what the summary calls an error. */
	readonly errors?: readonly string[];
}

const lists: readonly Row[] = [
	{
		file: 'lists/missing-members.json',
		rows: [
			{
				...{ id: '9F3D9F7CF2EB4F608B2D3E4F5A6B7C8D', name: 'No flags', owner_last_name: 'Berg' },
				...{ approved: null, closed: null, ever_sent_back: null, pending_approval: true },
				...{ is_user_reviewed: false, submit_date: null, creation_date: null },
				...{ start_date: '2024-03-13', total_approved_amount_value: 10.5 },
			},
			{
				...{ id: 'A04EA08D03FC40719C3E4F5A6B7C8D9E', name: 'Odd dates', owner_id: null },
				...{ owner_last_name: null, approver_last_name: 'Quist', approved: false },
				...{ start_date: null, end_date: '2024-03-15', submit_date: null },
				...{ creation_date: '2024-02-19T15:36:59.000Z', total_posted_amount_value: -5 },
			},
		],
		// Each once, although one record comes twice.
		drift: { 'travel_requests.startDate': 1, 'travel_requests.submitDate': 1 },
	},
];

const details: readonly Row[] = [
	{
		file: 'details/production-shape.json',
		rows: [
			{
				...{ id: '7D1B7F5AE0C94D4E9F0B1C2D3E4F5A6B', is_user_reviewed: true },
				...{ business_purpose: 'Pilot plant\nother papers attached' },
				...{ comment: 'See the second quote\n', main_destination_ln_key: 30482 },
				...{ main_destination_country_sub_division_code: 'PT-11' },
				...{ policy_id: '00497B95D8055849A1B217C8D05FFB86' },
				...{ expense_policy_id: 'A6D42A825114472FAF402180E20B3751' },
				...{ custom1_code: 'OPS', custom1_value: '2f7d6f0e5a1b4a3f9c1e0a7b6c5d4e3f' },
				...{ custom7_code: 'Employee', custom12_code: '5950', custom2_code: null },
				...{ total_approved_amount_value: 879.07, total_posted_amount_value: 1290 },
				...{ owner_middle_initial: 'M', last_modified: '2024-02-19T15:52:24.000Z' },
				...{ start_time: null, highest_exception_level: null },
			},
		],
	},
];

describe.each(targetKinds)('Raw answers, into %s', (kind) => {
	const play = async (row: Row, answers: Parameters<typeof exportFrom>[1]): Promise<void> => {
		const { summary, rows } = await exportFrom(kind, answers);
		const expected = row.rows.map((cells): unknown =>
			expect.objectContaining(
				Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, store(kind, cell)])),
			),
		);
		expect(rows).toEqual(expected);
		expect({
			drift: summary.drift,
			deadLetters: summary.deadLetters,
			errors: summary.errors.map(({ code }) => code),
			exit: exitCodeOf(summary.status, undefined),
		}).toEqual({
			drift: row.drift ?? {},
			deadLetters: row.deadLetters ?? 0,
			errors: row.errors ?? [],
			exit: row.exit ?? 0,
		});
	};
	const answerOf = ({ file, sent }: Row): Answer =>
		send(readAnswer(file), sent?.status, sent?.type);

	test.each(lists)('$file as the list of requests', (row) => play(row, { list: answerOf(row) }));

	test.each(details)('$file as the detail of a request', (row) =>
		play(row, {
			list: listOf('7D1B7F5AE0C94D4E9F0B1C2D3E4F5A6B'),
			detail: answerOf(row),
		}),
	);

	test('tokens/extra-members.json as the answer to a sign-in', async () => {
		const list = send(readAnswer('lists/missing-members.json'));
		const token = send(readAnswer('tokens/extra-members.json'));
		const { summary, rows } = await exportFrom(kind, { list, token });
		expect(rows).toHaveLength(2);
		// The end of the refresh token has passed, and it came just now: it is not believed.
		expect(summary).toMatchObject({ status: 'complete', warnings: [], errors: [] });
		expect(JSON.stringify({ summary, rows })).not.toContain('REPLACE-ME');
	});
});
