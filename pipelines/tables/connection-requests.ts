import { column, named } from './columns';
import type { Column, ColumnType, Table } from './table';

/**
 * One row for each connection request that was seen in the queue (Connection Requests v3.2). The
 * queue shows no history: when a request came and until when it waited is what the export saw.
 */
export const connectionRequests: Table = {
	name: 'connection_requests',
	key: ['id'],
	columns: [
		named('id', 'text', 'ID'),
		spelledEitherWay('text', 'userId'),
		spelledEitherWay('text', 'status'),
		spelledEitherWay('text', 'firstName'),
		spelledEitherWay('text', 'middleName'),
		spelledEitherWay('text', 'lastName'),
		spelledEitherWay('text', 'loyaltyNumber'),
		...[1, 2, 3, 4, 5].map((n) => spelledEitherWay('text', `emailAddresses.email${n}`)),
		spelledEitherWay('timestamp', 'lastModified'),
		{ name: 'first_seen_at', type: 'timestamp', path: [] },
		{ name: 'last_seen_at', type: 'timestamp', path: [] },
	],
	ignored: [['URI'], ['requestToken']],
};

/** `firstName` as 3.2 has it, or `FirstName` as the versions before, and what is sent as XML. */
function spelledEitherWay(type: ColumnType, path: string): Column {
	return column(
		type,
		path,
		path.replace(/(?:^|\.)[a-z]/g, (letter) => letter.toUpperCase()),
	);
}
