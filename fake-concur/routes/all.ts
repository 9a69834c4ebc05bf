import type { Route } from '../http/router';
import { agencyProposalRoutes } from './agency-proposals';
import { allocationRoutes } from './allocations';
import { authorizeRoutes } from './authorize';
import { connectionRoutes } from './connections';
import { controlRoutes } from './control';
import { eventRoutes } from './events';
import { expenseRoutes } from './expenses';
import { identityRoutes } from './identity';
import { lookupRoutes } from './lookups';
import { participantRoutes } from './participants';
import { requestChildRoutes } from './request-children';
import { listRoute } from './request-list';
import { requestRoutes } from './requests';
import { tokenRoutes } from './token';
import { workflowRoutes } from './workflow';

/** Every endpoint of the fake. */
export const allRoutes: readonly Route[] = [
	...tokenRoutes,
	...authorizeRoutes,
	listRoute,
	...requestRoutes,
	...requestChildRoutes,
	...expenseRoutes,
	...allocationRoutes,
	...participantRoutes,
	...agencyProposalRoutes,
	...workflowRoutes,
	...lookupRoutes,
	...connectionRoutes,
	...identityRoutes,
	...eventRoutes,
	...controlRoutes,
];
