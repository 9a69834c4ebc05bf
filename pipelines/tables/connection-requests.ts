import { column, named } from './columns';
import type { Table } from './table';

/**
 * One row for each connection request that was seen in the queue (Connection Requests v3.2). The
 * queue shows no history: when a request came and until when it waited is what the export saw.
 */
export const connectionRequests: Table = {
	name: 'connection_requests',
	key: ['id'],
	columns: [
		named('id', 'text', 'ID'),
		column('text', 'userId'),
		column('text', 'status'),
		column('text', 'firstName'),
		column('text', 'middleName'),
		column('text', 'lastName'),
		column('text', 'loyaltyNumber'),
		...[1, 2, 3, 4, 5].map((n) => column('text', `emailAddresses.email${n}`)),
		column('timestamp', 'lastModified'),
		{ name: 'first_seen_at', type: 'timestamp', path: [] },
		{ name: 'last_seen_at', type: 'timestamp', path: [] },
	],
	ignored: [['URI'], ['requestToken']],
};
