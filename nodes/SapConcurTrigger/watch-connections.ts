import type { IPollFunctions } from 'n8n-workflow';
import type { ConnectionRequest } from '../../concur/connection-request/connection-request';
import { listConnectionRequests } from '../../concur/connection-request/list-connection-requests';
import {
	beginConnectionWatch,
	connectionState,
	pollConnections,
	type ConnectionState,
} from '../../pipelines/watch/watch-connections';
import {
	plainConnection,
	simplifyConnection,
} from '../SapConcur/resources/connection-request/simplify';
import { readSimplify, readVersion } from './settings';
import type { Watch, WatchTools } from './watch';

const MOST_A_PAGE = 10;

/** Travelers who wait to be connected. */
export function watchConnections(
	context: IPollFunctions,
	{ client, time, warn }: WatchTools,
): Watch<ConnectionState> {
	// Never with request tokens: n8n writes what a trigger outputs into its database.
	const read = { version: readVersion(context) };
	const toRecord = readSimplify(context) ? simplifyConnection : plainConnection;

	async function poll(before: ConnectionState) {
		const { events, state } = await pollConnections({ client, read, time, warn }, before);
		return { records: events.map(toRecord), state };
	}

	return {
		target: '',
		schema: connectionState,
		begin: () => poll(beginConnectionWatch),
		poll,
		async sample() {
			const query = { limit: MOST_A_PAGE };
			const options = { ...read, signal: time.signal };
			const { items } = await listConnectionRequests(client, query, options);
			return [...items].sort(byLastModified).slice(0, 1).map(toRecord);
		},
		adviceForSample:
			'No traveler waits to be connected. SAP can make a request for tests: with the operation Create of the SAP Concur node.',
	};
}

/** Newest first; the texts are ISO and of one form. */
function byLastModified(a: ConnectionRequest, b: ConnectionRequest): number {
	return (b.lastModified ?? '').localeCompare(a.lastModified ?? '');
}
