import { unexpected } from '../answers';
import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import type { ReadOptions } from './read-options';

/**
 * Reads what stands at a path, on behalf of the user that is given. 202 and 206 are no whole answer,
 * whatever body they have; 204 says that there is none.
 */
export async function readPath(
	client: ConcurClient,
	path: string,
	options: ReadOptions,
): Promise<ConcurAnswer> {
	const answer = await client.request({
		method: 'GET',
		path,
		query: { userId: options.userId },
		signal: options.signal,
	});
	const { status } = answer;
	if (status === 200 || status === 204) return answer;
	throw unexpected(answer, `has status ${status}, so it is no whole answer`);
}
