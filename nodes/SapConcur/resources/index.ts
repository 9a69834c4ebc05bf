import { connectionRequest } from './connection-request';
import type { Resource } from './operation';
import { travelRequest } from './travel-request';

/** Everything the node can do, in the order of its Resource menu. */
export const resources: readonly Resource[] = [connectionRequest, travelRequest];
