import type { Resource } from '../operation';
import { getAllocationById } from './get';
import { updateAllocationById } from './update';

export const allocation: Resource = {
	value: 'allocation',
	name: 'Allocation',
	description: 'The share of an expected expense that is charged to one place',
	operations: [getAllocationById, updateAllocationById],
};
