import type { ConcurClient, ConcurRequest } from '../client';
import type { ConcurAnswer } from '../exchange';
import { connectionPath, type ConnectionOptions } from './versions';
import { readXmlAnswer } from './xml/read-xml-answer';

/** A call of Connection Requests: to the queue, or to one request in it. */
export interface ConnectionCall extends Pick<
	ConcurRequest,
	'method' | 'query' | 'json' | 'maxItems' | 'repeat' | 'advice'
> {
	readonly id?: string;
}

/** Sends it, and reads what comes as XML, the default of the v3 family, as if it were JSON. */
export function sendConnectionCall(
	client: ConcurClient,
	{ id, ...call }: ConnectionCall,
	{ version, signal }: ConnectionOptions,
): Promise<ConcurAnswer> {
	return client.request({
		...call,
		path: connectionPath(version, id),
		readOther: readXmlAnswer,
		signal,
	});
}
