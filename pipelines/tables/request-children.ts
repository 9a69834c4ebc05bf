import { column, employee, given, links } from './columns';
import type { Table } from './table';

/** One row for each comment of a travel request (`expense_id` null) and of its expenses. */
export const travelRequestComments: Table = {
	name: 'travel_request_comments',
	key: ['travel_request_id', 'comment_key'],
	parent: 'travel_requests',
	columns: [
		given('travel_request_id'),
		given('comment_key'),
		given('expense_id'),
		column('timestamp', 'creationDateTime', 'creationDate'),
		column('boolean', 'isLatest'),
		column('text', 'value'),
		...employee('author'),
	],
	ignored: [['href'], ['id'], ...links('author')],
};

/** One row for each exception (a broken rule of the company) of a travel request. */
export const travelRequestExceptions: Table = {
	name: 'travel_request_exceptions',
	key: ['travel_request_id', 'exception_key'],
	parent: 'travel_requests',
	columns: [
		given('travel_request_id'),
		given('exception_key'),
		column('text', 'code'),
		column('integer', 'level'),
		column('boolean', 'isBlocking'),
		column('text', 'message'),
		column('text', 'source.type'),
		column('text', 'source.id'),
	],
	// `parameters` is an open map; its content stays in `_raw`.
	ignored: [['parameters'], ...links('source')],
};

/** One row for each cash advance of a travel request. */
export const travelRequestCashAdvances: Table = {
	name: 'travel_request_cash_advances',
	key: ['travel_request_id', 'cash_advance_id'],
	parent: 'travel_requests',
	columns: [
		given('travel_request_id'),
		given('cash_advance_id'),
		column('text', 'approvalStatus.code'),
		column('text', 'approvalStatus.name'),
		column('decimal', 'amountRequested.value', 'amountRequested.amount'),
		column('text', 'amountRequested.currency'),
		column('decimal', 'exchangeRate.value'),
		column('text', 'exchangeRate.operation'),
		column('timestamp', 'requestDate'),
		column('timestamp', 'issueDate'),
		column('text', 'comment'),
	],
	ignored: [['cashAdvanceId'], ['id'], ['href'], ['template'], ...links('approvalStatus')],
};
