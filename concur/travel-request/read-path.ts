import { unexpected } from '../answers';
import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import type { ReadOptions } from './read-options';
import { asksOtherwise, namesUser, rememberUser } from './user-parameter';

/**
 * Reads what stands at a path, on behalf of the user that is given where the call takes one; where
 * Concur takes it otherwise than its pages say, once more as it wants it. 202 and 206 are no whole
 * answer, whatever body they have; 204 says that there is none.
 */
export async function readPath(
	client: ConcurClient,
	path: string,
	{ userId, signal }: ReadOptions,
): Promise<ConcurAnswer> {
	const read = (isNamed: boolean): Promise<ConcurAnswer> =>
		client.request({
			...{ method: 'GET', path, signal },
			query: { userId: isNamed ? userId : undefined },
		});
	const isNamed = namesUser(client, path);
	let answer: ConcurAnswer;
	try {
		answer = await read(isNamed);
	} catch (error) {
		if (userId === undefined || !asksOtherwise(error, isNamed)) throw error;
		answer = await read(!isNamed);
		rememberUser(client, path, !isNamed);
	}
	const { status } = answer;
	if (status === 200 || status === 204) return answer;
	throw unexpected(answer, `has status ${status}, so it is no whole answer`);
}
