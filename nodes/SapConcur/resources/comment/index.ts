import type { Resource } from '../operation';
import { getManyComments } from './get-many';

export const comment: Resource = {
	value: 'comment',
	name: 'Comment',
	description: 'What was written about a travel request or an expected expense',
	operations: [getManyComments],
};
