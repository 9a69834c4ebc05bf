import fc from 'fast-check';
import { toRows, type RequestBundle } from '../../../pipelines/tables/flatten';
import { describeRow, rowsOf } from './rows-by-name';

const text = fc.constantFrom('a', 'b', '');
const comment = fc.record(
	{
		creationDateTime: fc.constantFrom('2019-07-12T11:51:14.000Z', '2019-07-12T11:11:39.000Z'),
		isLatest: fc.boolean(),
		value: text,
		author: fc.record({ firstName: text }, { requiredKeys: [] }),
	},
	{ requiredKeys: [] },
);
const leg = fc.record({ id: fc.constantFrom('L1', 'L2'), vendorName: text }, { requiredKeys: [] });
const expense = fc.record({
	id: fc.constantFrom('E1', 'E2'),
	tripData: fc.record({ legs: fc.array(leg) }),
});
const bundle = fc.record({
	request: fc.constant({ id: 'R' }),
	comments: fc.array(comment),
	exceptions: fc.array(fc.record({ code: text, level: fc.nat(2) }, { requiredKeys: [] })),
	expenses: fc.array(expense, { maxLength: 3 }),
});

/** All rows as texts, in an order of their own. */
function describeAll(of: RequestBundle): string[] {
	return toRows(of)
		.map((row) => `${row.table.name} ${JSON.stringify(describeRow(row))}`)
		.sort();
}

function turn<Value>(values: readonly Value[], by: number): Value[] {
	const at = values.length === 0 ? 0 : by % values.length;
	return [...values.slice(at), ...values.slice(0, at)].reverse();
}

describe('keys of children', () => {
	test('the same set in any order gives the same rows under the same keys', () => {
		fc.assert(
			fc.property(bundle, fc.nat(7), (one, by) => {
				const other = {
					...one,
					comments: turn(one.comments, by),
					exceptions: turn(one.exceptions, by),
					expenses: turn(one.expenses, by),
				};
				expect(describeAll(other)).toEqual(describeAll(one));
			}),
		);
	});

	test('no two rows of a request share a key', () => {
		fc.assert(
			fc.property(bundle, (one) => {
				const keys = toRows(one).map(
					(row) =>
						`${row.table.name} ${JSON.stringify(row.table.key.map((key) => describeRow(row)[key]))}`,
				);
				expect(new Set(keys).size).toBe(keys.length);
			}),
		);
	});

	test('an id that no index can hold is no key', () => {
		const [leg] = rowsOf(
			toRows({
				request: { id: 'R' },
				expenses: [{ id: 'E', tripData: { legs: [{ id: 'x'.repeat(36_000) }] } }],
			}),
			'travel_request_expense_legs',
		);
		expect(leg?.['id']).toMatch(/^content-[0-9a-f]{32}$/);
	});

	test('a comment that is no longer the latest keeps its key', () => {
		const comment = { creationDateTime: '2019-07-12T11:51:14.000Z', value: 'x' };
		const keyOf = (isLatest: boolean) =>
			rowsOf(
				toRows({ request: { id: 'R' }, comments: [{ ...comment, isLatest }] }),
				'travel_request_comments',
			)[0]?.['comment_key'];
		expect(keyOf(false)).toBe(keyOf(true));
	});

	test('the same comment said twice is two rows; an expense listed twice is one', () => {
		const rows = toRows({
			request: { id: 'R' },
			comments: [{ value: 'yes' }, { value: 'yes' }],
			expenses: [
				{ id: 'E', source: 'AGENCY_FEE' },
				{ id: 'E', source: 'AGENCY_FEE' },
			],
		});
		expect(rowsOf(rows, 'travel_request_comments')).toHaveLength(2);
		expect(rowsOf(rows, 'travel_request_expenses')).toHaveLength(1);
	});
});
