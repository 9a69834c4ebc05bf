import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import type { ConcurClient } from '../../concur/client';
import { readBase } from '../../credentials/region';
import { PollClock, type PollTime } from '../../pipelines/watch/poll-time';
import { toNodeError } from '../output/errors';
import { toItems } from '../output/items';
import { chooseCredential } from '../parameters/authentication';
import { openClient } from '../transport/open-client';
import type { WatchedEvent } from './properties';
import { readEvent } from './settings';
import { readWatch, storeWatch } from './stored-watch';
import { watchConnections } from './watch-connections';
import { watchChanges, watchStatuses } from './watch-requests';
import type { Records, Watch } from './watch';

/** What n8n's engine allows where it does not tell. */
const USUAL_BUDGET_MS = 300_000;

/** Looks for events since the last poll; as a test, for one example. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const clock = new PollClock(budgetOf(context));
	try {
		const client = await openClient(context);
		clock.listenTo(client);
		try {
			const records = await pollWith(context, client, clock);
			return records.length === 0 ? null : [toTriggerItems(records)];
		} finally {
			await client.close();
		}
	} catch (error) {
		throw toNodeError(error, context.getNode(), 0);
	} finally {
		clock.end();
	}
}

async function pollWith(
	context: IPollFunctions,
	client: ConcurClient,
	time: PollTime,
): Promise<Records> {
	const event = readEvent(context);
	const warn = (message: string) => {
		context.logger.warn(client.redact(message));
	};
	const tools = { client, time, warn };
	if (event === 'newConnectionRequest')
		return follow(context, event, watchConnections(context, tools));
	return follow(context, event, chooseRequestWatch(event)(context, tools));
}

function chooseRequestWatch(event: Exclude<WatchedEvent, 'newConnectionRequest'>) {
	return event === 'requestChanged' ? watchChanges : watchStatuses;
}

async function follow<State>(
	context: IPollFunctions,
	event: WatchedEvent,
	watch: Watch<State>,
): Promise<Records> {
	if (context.getMode() === 'manual') return sampleOf(context, watch);
	const target = [event, await baseOf(context), watch.target].join(' ');
	const { state, revision } = readWatch(context, target, watch.schema);
	const polled = await (state === undefined ? watch.begin() : watch.poll(state));
	const isStored = storeWatch(context, target, { state: polled.state, revision });
	return isStored ? polled.records : [];
}

async function sampleOf<State>(context: IPollFunctions, watch: Watch<State>): Promise<Records> {
	const records = await watch.sample();
	if (records.length > 0) return records;
	throw new NodeOperationError(context.getNode(), 'There is nothing to show as an example', {
		description: watch.adviceForSample,
	});
}

/** The address of the account: another one has other records. */
async function baseOf(context: IPollFunctions): Promise<string> {
	const type = chooseCredential(context);
	return readBase(await context.getCredentials(type)).baseUrl;
}

/** A trigger has no input that its items could come from. */
function toTriggerItems(records: Records): INodeExecutionData[] {
	return toItems(records, 0).map(({ json }) => ({ json }));
}

function budgetOf(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context ? context.getPollBudgetMs() : USUAL_BUDGET_MS;
}
