import type { StoredColumn, StoredTable, StoredType } from './stored-table';

const partitionKey = ['stream', 'user_id', 'view'];

/**
 * What a database keeps beside the rows. A Concur user is a `user_id`: a bare `user` means the
 * database's own user in PostgreSQL.
 */
export const bookkeepingTables: readonly StoredTable[] = [
	{
		name: '_sap_concur_meta',
		key: ['name'],
		columns: [required('name', 'text'), required('value', 'text')],
	},
	{
		name: '_sap_concur_coverage',
		key: partitionKey,
		columns: [
			...partitionKey.map((name) => required(name, 'text')),
			required('detail', 'text'),
			required('windows', 'json'),
			{ name: 'open_read_at', type: 'integer' },
			{ name: 'sightings', type: 'json' },
		],
	},
	{
		name: '_sap_concur_runs',
		key: ['run_id'],
		columns: [
			required('run_id', 'text'),
			required('started_at', 'timestamp'),
			required('finished_at', 'timestamp'),
			required('status', 'text'),
			required('summary', 'json'),
		],
	},
	{
		name: '_sap_concur_dead_letters',
		key: [...partitionKey, 'record_id'],
		columns: [
			...partitionKey.map((name) => required(name, 'text')),
			required('record_id', 'text'),
			required('window_from', 'integer'),
			required('window_to', 'integer'),
			required('code', 'text'),
			required('message', 'text'),
			{ name: 'correlation_id', type: 'text' },
			required('failed_at', 'timestamp'),
			{ ...required('attempts', 'integer'), default: '1' },
			{ name: 'skipped_at', type: 'timestamp' },
		],
	},
];

function required(name: string, type: StoredType): StoredColumn {
	return { name, type, isRequired: true };
}
