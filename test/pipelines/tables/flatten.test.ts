import { tables } from '../../../pipelines/tables/catalog';
import { Drift } from '../../../pipelines/tables/drift';
import { buildRecord, toRows } from '../../../pipelines/tables/flatten';
import {
	detailedRequest,
	documentedComments,
	documentedException,
	expectedExpense as expense,
	listedRequest,
} from './documented-requests';
import { describeRow, rowsOf } from './rows-by-name';

const window = { from: 100, to: 200 };

describe('flattening', () => {
	test('every column name is a snake_case path and unique in its table', () => {
		for (const table of tables) {
			const names = table.columns.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
			for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
			for (const key of table.key) expect(names).toContain(key);
		}
	});

	test('the documented list item becomes one thin row without drift', () => {
		const drift = new Drift();
		const rows = toRows({ request: listedRequest }, drift);
		expect(rows).toHaveLength(1);
		expect(rows.map(describeRow)).toEqual([
			{
				id: '2B19A2438CD6664A9C44E0F4D39E870A',
				request_id: '3AT7',
				name: 'PMP Training - OCTOBER',
				business_purpose: 'PMP Training in Nantes',
				comment:
					'Plane too early in the morning, if possible book Hotel and arrive the day before\n',
				approval_status_code: 'SUBMITTED',
				approval_status_name: 'Submitted & Pending Approval',
				approved: false,
				pending_approval: true,
				closed: false,
				ever_sent_back: true,
				canceled_post_approval: false,
				type_code: 'TRAVEL',
				type_label: 'Travel',
				creation_date: '2018-09-03T11:53:02.000Z',
				submit_date: '2018-09-03T11:55:00.000Z',
				start_date: '2018-10-08',
				start_time: '05:00',
				end_date: '2018-10-08',
				total_approved_amount_value: '213.06',
				total_approved_amount_currency: 'USD',
				total_posted_amount_value: '213.06',
				total_posted_amount_currency: 'USD',
				total_remaining_amount_value: '213.06',
				total_remaining_amount_currency: 'USD',
				owner_id: 'c0d9894b-98e2-48d5-86f9-1decde90dd15',
				owner_first_name: 'John',
				owner_last_name: 'Doe',
				approver_id: '86ac9588-5032-3fa7-b3cc-20e97d2d7146',
				approver_first_name: 'Jason',
				approver_last_name: 'McCafee',
			},
		]);
		expect(JSON.parse(rows[0]?.raw ?? '')).toEqual(listedRequest);
		expect(drift.toJSON()).toEqual({});
	});

	test('the documented detail keeps ids of links and custom fields, and never an address', () => {
		const drift = new Drift();
		const [row] = toRows({ request: detailedRequest }, drift).map(describeRow);
		expect(row).toMatchObject({
			policy_id: '00497B95D8055849A1B217C8D05FFB86',
			expense_policy_id: 'A6D42A825114472FAF402180E20B3751',
			travel_agency_id: '2EC038D7C3CBBE4ABA0914425064D34F',
			custom1_value: 'Kick-off meeting for project KIWI',
			custom2_code: 'CEN1',
			custom2_value: '54F0CBD8833CB348BD45A6C7C621C951',
			main_destination_country_sub_division_code: 'DE-BE',
			main_destination_city: 'Berlin, GERMANY',
			last_modified: '2018-05-25T07:34:01.000Z',
		});
		expect(Object.values(row ?? {}).filter((cell) => String(cell).includes('http'))).toEqual([]);
		expect(drift.toJSON()).toEqual({});
	});

	test('children get rows with the ids of what they belong to, without drift', () => {
		const drift = new Drift();
		const rows = toRows(
			{
				request: detailedRequest,
				expenses: [expense],
				comments: documentedComments,
				expenseComments: { E1: [{ value: 'too dear', creationDate: '2019-07-12T11:51:14' }] },
				exceptions: [documentedException],
				cashAdvances: [{ cashAdvanceId: 'C1', amountRequested: { amount: 50, currency: 'EUR' } }],
			},
			drift,
		);
		const request = '224AF3CDCC2A5244A37C72FA5770C6F2';
		expect(rowsOf(rows, 'travel_request_expenses')).toEqual([
			expect.objectContaining({
				travel_request_id: request,
				id: 'E1',
				transaction_date: '2018-07-15',
				transaction_amount_value: '120.5',
				trip_data_segment_type_code: 'AIRFR',
				org_unit1_code: 'FR',
				custom40_value: 'last',
			}),
		]);
		expect(rowsOf(rows, 'travel_request_expense_allocations')).toEqual([
			{
				travel_request_id: request,
				expense_id: 'E1',
				allocation_id: 'A1',
				percentage: '100',
				percent_edited: false,
			},
		]);
		expect(rowsOf(rows, 'travel_request_expense_legs')).toEqual([
			expect.objectContaining({
				travel_request_id: request,
				expense_id: 'E1',
				id: 'L1',
				start_location_iata_code: 'CDG',
				start_location_latitude: '49.0097',
				class_code: 'Y',
			}),
		]);
		const comments = rowsOf(rows, 'travel_request_comments');
		expect(comments.map((comment) => [comment['expense_id'], comment['value']])).toEqual([
			[undefined, 'Please specify an amount less than 600 Euros'],
			[undefined, expect.stringContaining('Please review')],
			['E1', 'too dear'],
		]);
		expect(comments[2]?.['creation_date_time']).toBe('2019-07-12T11:51:14.000Z');
		expect(rowsOf(rows, 'travel_request_exceptions')).toEqual([
			expect.objectContaining({ code: 'CALWARN2', level: 1, source_type: 'HEADER' }),
		]);
		expect(rowsOf(rows, 'travel_request_cash_advances')).toEqual([
			{
				travel_request_id: request,
				cash_advance_id: 'C1',
				amount_requested_value: '50',
				amount_requested_currency: 'EUR',
			},
		]);
		expect(drift.toJSON()).toEqual({});
	});

	test('collections that were not read replace no table, empty ones replace theirs', () => {
		expect(buildRecord({ request: listedRequest }, window).childTables).toEqual([]);
		expect(buildRecord({ request: listedRequest, expenses: [] }, window).childTables).toEqual([
			'travel_request_expenses',
			'travel_request_expense_allocations',
			'travel_request_expense_legs',
		]);
	});

	test('a request without an id is refused', () => {
		expect(() => buildRecord({ request: { name: 'x' } }, window)).toThrow(
			expect.objectContaining({ code: 'CONCUR_BAD_BODY' }),
		);
	});

	test('a request token is in no raw text, at whatever depth', () => {
		const nested = toRows({ request: { id: '1', odd: [{ RequestToken: 'secret' }] } });
		expect(nested[0]?.raw).toBe('{"id":"1","odd":[{}]}');
	});
});
