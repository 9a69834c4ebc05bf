import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import type { ReadOptions } from './read-options';

/** Reads what stands at a path, on behalf of the user that is given. */
export function readPath(
	client: ConcurClient,
	path: string,
	options: ReadOptions,
): Promise<ConcurAnswer> {
	return client.request({
		method: 'GET',
		path,
		query: { userId: options.userId },
		signal: options.signal,
	});
}
