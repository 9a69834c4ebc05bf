import { exitCodeOf } from '../../pipelines/cli/output/exit-codes';
import { HttpError } from '../../concur/errors';
import { failureOf, serve, testClient, type Answer } from '../concur/serve';
import { exportFrom, listOf, readAnswer, send, store, targetKinds, typeOf } from './scene';

type Cells = Readonly<Record<string, string | number | boolean | null>>;

interface Row {
	/** The answer, in this folder. */
	readonly file: string;
	/** The status that it comes with; 200 unless told. */
	readonly status?: number;
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
		// Its `last` link promises more rows than there are.
		file: 'lists/production-shape.json',
		rows: [
			{
				...{ id: '7D1B7F5AE0C94D4E9F0B1C2D3E4F5A6B', highest_exception_level: 'NONE' },
				...{ is_user_reviewed: false, total_approved_amount_value: 1290 },
				...{ owner_last_name: 'Okafor', approver_middle_initial: 'L', comment: null },
				...{ start_time: null, submit_date: '2024-02-19T15:52:24.000Z' },
			},
			{
				...{ id: '8E2C8F6BF1DA4E5F8A1C2D3E4F5A6B7C', owner_last_name: 'Lindqvist' },
				...{ total_remaining_amount_value: 591, total_remaining_amount_currency: 'USD' },
			},
		],
	},
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
	{
		file: 'lists/odd-times.json',
		rows: [
			{ id: 'T1', creation_date: '2016-12-31T23:59:59.000Z', submit_date: null },
			{
				...{ id: 'T2', creation_date: null, submit_date: null, authorized_date: null },
				approval_limit_date: null,
			},
			{
				...{ id: 'T3', creation_date: '2024-02-19T15:36:59.000Z' },
				...{ submit_date: '2024-02-19T15:36:59.123Z' },
				...{ authorized_date: '2024-02-19T15:36:59.000Z' },
				...{ start_date: '2024-05-01', end_date: '2024-05-01', start_time: null },
			},
			{ id: 'T4', creation_date: null, submit_date: null, start_date: null, end_time: null },
		],
		drift: {
			'travel_requests.creationDate': 2,
			'travel_requests.submitDate': 3,
			'travel_requests.authorizedDate': 1,
			'travel_requests.approvalLimitDate': 1,
			'travel_requests.startDate': 1,
			'travel_requests.startTime': 1,
			'travel_requests.endDate': 2,
			'travel_requests.endTime': 1,
		},
	},
	{
		file: 'lists/odd-values.json',
		rows: [
			{
				...{ id: 'V1', approved: true, closed: null, pending_approval: null },
				...{ total_approved_amount_value: null, total_approved_amount_currency: 'EUR' },
				...{ total_posted_amount_value: 1290.5, total_posted_amount_currency: null },
				...{ main_destination_ln_key: 30482, main_destination_latitude: 38.7 },
			},
			{
				...{ id: 'V2', name: '12', approval_status_code: null, owner_id: null },
				...{ type_code: null, total_approved_amount_value: null },
			},
		],
		drift: {
			'travel_requests.approved': 1,
			'travel_requests.closed': 1,
			'travel_requests.pendingApproval': 1,
			'travel_requests.totalApprovedAmount.value': 1,
			'travel_requests.totalPostedAmount.value': 1,
			'travel_requests.mainDestination.lnKey': 1,
			'travel_requests.mainDestination.latitude': 1,
			'travel_requests.name': 1,
			'travel_requests.approvalStatus': 1,
			'travel_requests.owner': 1,
			'travel_requests.totalApprovedAmount': 1,
			'travel_requests.newMember': 1,
		},
	},
	{
		file: 'lists/digits.json',
		rows: [
			{
				...{ id: 'D1', total_approved_amount_value: 1290 },
				// More digits than a number can hold stay digits.
				...{ total_posted_amount_value: '12345678901234.56789012' },
				...{ main_destination_latitude: 38.71667, main_destination_longitude: -9.139 },
			},
		],
	},
	{
		// Six that cannot be told apart from others, and one that can.
		file: 'lists/bad-records.json',
		rows: [{ id: 'A1B2C3D4E5F60718293A4B5C6D7E8F90', name: 'Good', owner_id: null }],
		deadLetters: 6,
		exit: 3,
	},
	{ file: 'lists/empty.json', rows: [] },
	// Nothing is concluded from what is no list: the window stays open, and the run says so.
	...[202, 206, 204].map((status) => ({
		...{ file: 'lists/empty.json', status, rows: [] },
		...{ errors: ['CONCUR_UNEXPECTED_BODY'], exit: 1 },
	})),
	{ file: 'lists/data-null.json', rows: [], errors: ['CONCUR_UNEXPECTED_BODY'], exit: 1 },
	{ file: 'lists/no-data.json', rows: [], errors: ['CONCUR_UNEXPECTED_BODY'], exit: 1 },
	{ file: 'lists/login-page.html', rows: [], errors: ['CONCUR_BAD_BODY'], exit: 1 },
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
	{
		file: 'details/id-spelled-otherwise.json',
		rows: [{ id: '7D1B7F5AE0C94D4E9F0B1C2D3E4F5A6B', name: 'Spelled otherwise' }],
	},
	// One bad record is one dead letter: its window stays open, and nothing is taken as deleted.
	...['other-id.json', 'without-id.json', 'array.json', 'null.json', 'nested.json'].map((name) => ({
		...{ file: `details/${name}`, rows: [], deadLetters: 1, exit: 3 },
	})),
	{ file: 'details/not-found.html', status: 404, rows: [], deadLetters: 1, exit: 3 },
	{ file: 'details/not-found.json', status: 404, rows: [], deadLetters: 1, exit: 3 },
];

const queued = [
	{ id: 'nq1', loyalty_number: '007', last_name: null },
	{ id: 'nq2', loyalty_number: null, last_name: 'Müller & Söhne' },
];
const queues: readonly Row[] = [
	{ file: 'queues/collection.xml', rows: queued },
	{ file: 'queues/connection-requests.xml', rows: queued },
];

/** Error answers: the words that must reach whoever reads the message. */
const errors: readonly (readonly [file: string, words: readonly string[]])[] = [
	['errors/plain-text.txt', ['upstream connect error or disconnect/reset before headers']],
	[
		'errors/entities.xml',
		[`Limit & offset don't fit "v3"`, '5a0e3c1e-0000-4000-8000-000000000001'],
	],
	['errors/error-message-list.json', ['BUDGET.PERIOD', 'Period is missing', 'Check the currency']],
	['errors/array.json', ['E1', 'First.', 'E2', 'Second.']],
	['errors/scim.json', ['invalidValue', 'Bad count', 'count: is too large']],
	['errors/validation-errors.json', ['startDate: must be set', 'currency: is unknown']],
	['errors/unknown-shape.json', ['The form is closed']],
	['errors/rate-limit-as-400.json', ['exceeds the request limit']],
	['errors/missing-scope.json', ['the token lacks the scope travelrequest.write']],
];

test.each(errors)('%s as a refusal', async (file, words) => {
	const server = await serve(send(readAnswer(file), 400, typeOf(file)));
	const client = testClient(server);
	try {
		const error = await failureOf(client.request({ method: 'GET', path: '/anything' }));
		if (!(error instanceof HttpError)) throw new Error('It is no answer of a server.');
		const said = [error.message, error.concurCode, error.correlationId, error.advice].join(' ');
		for (const word of words) expect(said).toContain(word);
		expect(said).not.toContain('eyJ');
	} finally {
		await client.close();
		await server.close();
	}
});

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
	const answerOf = ({ file, status }: Row): Answer => send(readAnswer(file), status, typeOf(file));

	test.each(lists)('$file as the list of requests', (row) => play(row, { list: answerOf(row) }));

	test.each(details)('$file as the detail of a request', (row) =>
		play(row, {
			list: listOf('7D1B7F5AE0C94D4E9F0B1C2D3E4F5A6B'),
			detail: answerOf(row),
		}),
	);

	test.each(queues)('$file as the queue', async (row) => {
		await play(row, { queue: answerOf(row) });
	});

	test('tokens/extra-members.json as the answer to a sign-in', async () => {
		const list = send(readAnswer('lists/missing-members.json'));
		const token = send(readAnswer('tokens/extra-members.json'));
		const { summary, rows } = await exportFrom(kind, { list, token });
		expect(rows).toHaveLength(2);
		// The end of the refresh token has passed, and it came just now: it is not believed.
		expect(summary).toMatchObject({ status: 'complete', warnings: [], errors: [] });
		expect(JSON.stringify({ summary, rows })).not.toContain('REPLACE-ME');
	});

	test('tokens/extra-members.json with its geolocation on this machine', async () => {
		const home = await serve(send(readAnswer('lists/missing-members.json')));
		const written = readAnswer('tokens/extra-members.json');
		const token = written.replace('https://us2.api.concursolutions.com', home.origin);
		await exportFrom(kind, { list: send('{}', 500), token: send(token) });
		expect(home.calls.length).toBeGreaterThan(0);
		for (const { path } of home.calls) expect(path).toBe('/travelrequest/v4/requests');
		await home.close();
	});
});
