import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../../../concur/json';
import { memberOf, scalar } from '../../../output/scalar';
import type { Parameters } from '../../../parameters/parameters';

/** How requests come out. Read before the call: a refused parameter must not follow a change. */
export function readShape(
	parameters: Parameters,
): (request: JsonObject) => IDataObject | JsonObject {
	return parameters.flag('simplify') ? simplifyRequest : keep;
}

function keep(request: JsonObject): JsonObject {
	return request;
}

/** The ten most useful fields of a travel request, flat; list items and full requests have them all. */
export function simplifyRequest(request: JsonObject): IDataObject {
	const amount = memberOf(request, 'totalApprovedAmount');
	return {
		id: scalar(request['id']),
		requestId: scalar(request['requestId']),
		name: scalar(request['name']),
		businessPurpose: scalar(request['businessPurpose']),
		status: scalar(memberOf(request, 'approvalStatus')['code']),
		startDate: scalar(request['startDate']),
		endDate: scalar(request['endDate']),
		totalApprovedAmount: scalar(amount['value']),
		currency: scalar(amount['currency']),
		owner: nameOf(memberOf(request, 'owner')),
	};
}

function nameOf({ firstName, lastName }: JsonObject): string | null {
	const name = [firstName, lastName].filter((part) => typeof part === 'string').join(' ');
	return name === '' ? null : name;
}
