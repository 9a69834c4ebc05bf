import type { IDataObject } from 'n8n-workflow';
import { isRawNumber } from '../../../../concur/exact-json';
import { isJsonObject, type JsonObject } from '../../../../concur/json';

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

function memberOf(record: JsonObject, name: string): JsonObject {
	const value = record[name];
	return isJsonObject(value) ? value : {};
}

function nameOf({ firstName, lastName }: JsonObject): string | null {
	const name = [firstName, lastName].filter((part) => typeof part === 'string').join(' ');
	return name === '' ? null : name;
}

function scalar(value: unknown): string | number | boolean | null {
	if (isRawNumber(value)) return value.rawJSON;
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? value
		: null;
}
