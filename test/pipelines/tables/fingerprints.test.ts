import { buildRecord, deletedRecord, type RequestBundle } from '../../../pipelines/tables/flatten';
import {
	detailedRequest,
	documentedComments,
	expectedExpense as expense,
} from './documented-requests';

const window = { from: 100, to: 200 };

describe('fingerprints', () => {
	const bundle: RequestBundle = {
		request: detailedRequest,
		comments: documentedComments,
		expenses: [expense],
	};
	const base = buildRecord(bundle, window).fingerprint;

	test('the same content, listed in another order, has the same one', () => {
		const turned = { ...bundle, comments: [...documentedComments].reverse() };
		expect(buildRecord(turned, { from: 1, to: 2 }).fingerprint).toBe(base);
	});

	test.each<[string, RequestBundle]>([
		['the request', { ...bundle, request: { ...detailedRequest, name: 'other' } }],
		['a comment', { ...bundle, comments: documentedComments.slice(1) }],
		['an expense', { ...bundle, expenses: [{ ...expense, source: 'AGENCY_FEE' }] }],
		['what was read', { ...bundle, exceptions: [] }],
		[
			'where a comment hangs',
			{ ...bundle, comments: [], expenseComments: { E1: documentedComments } },
		],
	])('another one when %s changes', (_what, changed) => {
		expect(buildRecord(changed, window).fingerprint).not.toBe(base);
	});

	test('a deleted record has no rows and speaks for every child table', () => {
		const gone = deletedRecord('1', window, '2026-01-01T00:00:00.000Z');
		expect(gone).toMatchObject({ rows: [], deletedAt: '2026-01-01T00:00:00.000Z' });
		expect(gone.childTables).toHaveLength(6);
	});
});
