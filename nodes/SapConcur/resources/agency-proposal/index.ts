import type { Resource } from '../operation';
import { createProposal } from './create';
import { getManyProposals } from './get-many';

export const agencyProposal: Resource = {
	value: 'agencyProposal',
	name: 'Agency Proposal',
	description: 'A trip that a travel agency offers for a travel request',
	operations: [createProposal, getManyProposals],
};
