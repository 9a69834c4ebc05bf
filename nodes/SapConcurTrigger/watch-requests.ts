import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { JsonObject } from '../../concur/json';
import { ChangeJudge } from '../../pipelines/watch/changed-requests';
import { findLatestRequest } from '../../pipelines/watch/latest-request';
import type { ReadContext } from '../../pipelines/watch/read-details';
import { requestState, type RequestState } from '../../pipelines/watch/request-state';
import { StatusJudge, statusOf, type StatusChange } from '../../pipelines/watch/status-changes';
import { beginRequestWatch, pollRequests, type Judge } from '../../pipelines/watch/watch-requests';
import { simplifyRequest } from '../SapConcur/resources/travel-request/simplify';
import { scalar } from '../output/scalar';
import { readPartition, readSimplify, readStatuses } from './settings';
import type { Records, Watch, WatchTools } from './watch';

/** Requests of which anything has changed. */
export function watchChanges(context: IPollFunctions, tools: WatchTools): Watch<RequestState> {
	const reading = toReadContext(context, tools);
	const toRecord = readSimplify(context) ? simplifyChange : keep;
	return {
		...watchBy(new ChangeJudge(reading), reading, tools, toRecord),
		async sample() {
			const latest = await findLatestRequest(reading);
			return latest ? [toRecord(latest)] : [];
		},
	};
}

/** Requests whose approval status has changed. */
export function watchStatuses(context: IPollFunctions, tools: WatchTools): Watch<RequestState> {
	const reading = toReadContext(context, tools);
	const statuses = readStatuses(context);
	const isSimplified = readSimplify(context);
	const judge = new StatusJudge({ ...reading, statuses, withDetails: !isSimplified });

	function toRecord({ previousStatus, status, request }: StatusChange): IDataObject | JsonObject {
		const record = isSimplified ? simplifyRequest(request) : request;
		return { ...record, previousStatus, status };
	}

	return {
		...watchBy(judge, reading, tools, toRecord),
		async sample() {
			const request = await findLatestRequest(
				reading,
				(item) => statuses.size === 0 || statuses.has(statusOf(item) ?? ''),
			);
			if (!request) return [];
			return [toRecord({ previousStatus: null, status: statusOf(request) ?? '', request })];
		},
	};
}

function watchBy<Event>(
	judge: Judge<Event>,
	reading: ReadContext,
	{ time }: WatchTools,
	toRecord: (event: Event) => Records[number],
): Omit<Watch<RequestState>, 'sample'> {
	const { partition } = reading;
	return {
		target: `${partition.view} of ${partition.user}`,
		schema: requestState,
		async begin() {
			return { records: [], state: await beginRequestWatch({ ...reading, time }) };
		},
		async poll(before) {
			const { events, state } = await pollRequests({ ...reading, time, judge }, before);
			return { records: events.map(toRecord), state };
		},
		adviceForSample:
			"The view has no such travel request. Choose another 'View' or 'User', or make a request in SAP Concur.",
	};
}

function toReadContext(context: IPollFunctions, { client, time, warn }: WatchTools): ReadContext {
	return { client, partition: readPartition(context), signal: time.signal, warn };
}

function simplifyChange(request: JsonObject): IDataObject {
	return { ...simplifyRequest(request), lastModified: scalar(request['lastModified']) };
}

function keep(request: JsonObject): JsonObject {
	return request;
}
