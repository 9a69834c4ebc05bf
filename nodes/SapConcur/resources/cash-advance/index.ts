import type { Resource } from '../operation';
import { getCashAdvanceById } from './get';
import { getManyCashAdvances } from './get-many';

export const cashAdvance: Resource = {
	value: 'cashAdvance',
	name: 'Cash Advance',
	description: 'Money that is paid out ahead of a trip',
	operations: [getCashAdvanceById, getManyCashAdvances],
};
