import type { Resource } from '../operation';
import { getManyExceptions } from './get-many';

export const exception: Resource = {
	value: 'exception',
	name: 'Exception',
	description: 'What audit rules have to say against a travel request',
	operations: [getManyExceptions],
};
