/** The library: the client, the extraction, the sinks, and a fake Concur to try them on. */
export { createConcurClient, type ConcurClient, type ConcurClientOptions } from './concur/client';
export { ConcurError, ConfigurationError } from './concur/errors';
export type { Credentials } from './concur/auth/credentials';
export { FileTokenStore } from './concur/auth/file-token-store';
export { MemoryTokenStore, type TokenStore } from './concur/auth/token-store';
export { listUsers } from './concur/identity/list-users';
export { searchUsers, type UserSearch } from './concur/identity/search-users';
export type { ConcurUser, UserPage } from './concur/identity/user-page';
export { getRequest } from './concur/travel-request/get-request';
export { listRequests } from './concur/travel-request/list-requests';
export { listAllRequests, type ListAllOptions } from './concur/travel-request/list-all-requests';
export * from './concur/travel-request/children';
export { createRequest } from './concur/travel-request/create-request';
export { updateRequest, updatableFields } from './concur/travel-request/update-request';
export { deleteRequest } from './concur/travel-request/delete-request';
export { actOnRequest, requestActions } from './concur/travel-request/act-on-request';
export * from './concur/travel-request/write-expenses';
export * from './concur/travel-request/allocations';
export * from './concur/travel-request/participants';
export * from './concur/travel-request/lookups';
export * from './concur/travel-request/agency-proposals';
export { listCostObjects } from './concur/travel-request/cost-objects';
export { listConnectionRequests } from './concur/connection-request/list-connection-requests';
export * from './concur/connection-request/drain-connection-requests';
export { getConnectionRequest } from './concur/connection-request/get-connection-request';
export * from './concur/connection-request/raw-connection-requests';
export type {
	ConnectionPage,
	ListConnectionRequestsQuery,
	ReadConnectionOptions,
} from './concur/connection-request/read-connections';
export { createConnectionRequest } from './concur/connection-request/create-connection-request';
export { updateConnectionRequest } from './concur/connection-request/update-connection-request';
export { deleteConnectionRequest } from './concur/connection-request/delete-connection-request';
export { exchangeRequestToken } from './concur/connection-request/exchange-request-token';
export * from './concur/connection-request/respond';
export * from './concur/connection-request/attempt-ledger';
export { connectionStatuses, describeStatus } from './concur/connection-request/statuses';
export { deleteSubscription } from './concur/events/delete-subscription';
export { parseEvent, type ConcurEvent } from './concur/events/event';
export { findSubscription } from './concur/events/find-subscription';
export { listSubscriptions } from './concur/events/list-subscriptions';
export { listTopics } from './concur/events/list-topics';
export { putWebhookSubscription } from './concur/events/put-webhook-subscription';
export { isSignedByConcur, readPublicKey } from './concur/events/verify-signature';
export type * from './concur/travel-request/types';
export type * from './concur/travel-request/child-types';
export type * from './concur/travel-request/lookup-types';
export { runExport, type ExportOptions } from './pipelines/run/run-export';
export type { RunSummary } from './pipelines/run/summary';
export { runReconcile } from './pipelines/reconcile/run-reconcile';
export { createSink } from './pipelines/sinks/create-sink';
export { createCsvSink } from './pipelines/sinks/csv/csv-sink';
export { createParquetSink } from './pipelines/sinks/parquet/parquet-sink';
export { createSqliteSink } from './pipelines/sinks/sqlite/sqlite-sink';
export type * from './pipelines/sinks/sink';
export type { Column, ColumnType, Row, Table } from './pipelines/tables/table';
export { startFakeConcur, type FakeConcur, type FakeConcurOptions } from './fake-concur';
