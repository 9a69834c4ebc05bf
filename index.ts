/** The library: the client, the extraction, the sinks, and a fake Concur to try them on. */
export { createConcurClient, type ConcurClient, type ConcurClientOptions } from './concur/client';
export { ConcurError, ConfigurationError } from './concur/errors';
export type { Credentials } from './concur/auth/credentials';
export { FileTokenStore } from './concur/auth/file-token-store';
export { MemoryTokenStore, type TokenStore } from './concur/auth/token-store';
export { listUsers } from './concur/identity/list-users';
export { getRequest } from './concur/travel-request/get-request';
export { listRequests } from './concur/travel-request/list-requests';
export * from './concur/travel-request/children';
export type * from './concur/travel-request/types';
export { runExport, type ExportOptions } from './pipelines/run/run-export';
export type { RunSummary } from './pipelines/run/summary';
export { createSink } from './pipelines/sinks/create-sink';
export { createCsvSink } from './pipelines/sinks/csv/csv-sink';
export { createSqliteSink } from './pipelines/sinks/sqlite/sqlite-sink';
export type * from './pipelines/sinks/sink';
export type { Column, ColumnType, Row, Table } from './pipelines/tables/table';
export { startFakeConcur, type FakeConcur, type FakeConcurOptions } from './fake-concur';
