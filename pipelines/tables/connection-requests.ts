import { column, named } from './columns';
import type { Table } from './table';

/** One row for each connection request ever seen. Its request token is a credential: no column. */
export const connectionRequests: Table = {
	name: 'connection_requests',
	key: ['id'],
	columns: [
		named('id', 'text', 'ID'),
		column('text', 'status'),
		column('text', 'firstName'),
		column('text', 'middleName'),
		column('text', 'lastName'),
		column('text', 'loyaltyNumber'),
		column('text', 'userId'),
		...[1, 2, 3, 4, 5].map((number) => column('text', `emailAddresses.email${number}`)),
		column('timestamp', 'lastModified'),
	],
	ignored: [['URI'], ['requestToken']],
};
