import type { ConcurClient } from '../../concur/client';
import { timeMemory } from '../../concur/server-time/time-memory';
import type { Facts } from '../sinks/sink';
import { parseJson } from '../../concur/json';

/** The fact by which a target remembers what time it was judged to be. */
const FACT = 'server_time';

/** Lets the judgement of what time it is go on from the one that filled the target. */
export function recallTime({ serverTime }: Pick<ConcurClient, 'serverTime'>, facts: Facts): void {
	const text = facts[FACT];
	if (text === undefined) return;
	const memory = timeMemory.safeParse(parseJson(text));
	if (memory.success) serverTime.recall(memory.data);
}

export function rememberTime({ serverTime }: Pick<ConcurClient, 'serverTime'>): Facts {
	const memory = serverTime.remember();
	return memory ? { [FACT]: JSON.stringify(memory) } : {};
}
