import type { Resource } from '../operation';
import { getTravelAgencyById } from './get';

export const travelAgency: Resource = {
	value: 'travelAgency',
	name: 'Travel Agency',
	description: 'An office that books the trips',
	operations: [getTravelAgencyById],
};
