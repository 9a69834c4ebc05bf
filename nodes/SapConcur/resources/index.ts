import { agencyProposal } from './agency-proposal';
import { allocation } from './allocation';
import { cashAdvance } from './cash-advance';
import { comment } from './comment';
import { connectionRequest } from './connection-request';
import { costObject } from './cost-object';
import { exception } from './exception';
import { expectedExpense } from './expected-expense';
import type { Resource } from './operation';
import { participant } from './participant';
import { policy } from './policy';
import { travelAgency } from './travel-agency';
import { travelRequest } from './travel-request';

/** Everything the node can do, in the order of its Resource menu. */
export const resources: readonly Resource[] = [
	agencyProposal,
	allocation,
	cashAdvance,
	comment,
	connectionRequest,
	costObject,
	exception,
	expectedExpense,
	participant,
	policy,
	travelAgency,
	travelRequest,
];
