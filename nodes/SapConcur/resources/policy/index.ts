import type { Resource } from '../operation';
import { getManyPolicies } from './get-many';

export const policy: Resource = {
	value: 'policy',
	name: 'Policy',
	description: 'The rules and forms that a travel request follows',
	operations: [getManyPolicies],
};
