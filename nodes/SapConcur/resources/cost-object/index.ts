import type { Resource } from '../operation';
import { getManyCostObjects } from './get-many';

export const costObject: Resource = {
	value: 'costObject',
	name: 'Cost Object',
	description: 'What a travel request is charged to. Early access at SAP: most companies lack it.',
	operations: [getManyCostObjects],
};
