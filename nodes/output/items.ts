import type { GenericValue, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isRawNumber } from '../../concur/exact-json';
import type { JsonObject } from '../../concur/json';

/** One item per record, each paired with the item it came from. */
export function toItems(
	records: readonly (IDataObject | JsonObject)[],
	itemIndex: number,
): INodeExecutionData[] {
	return records.map((record) => ({ json: toData(record), pairedItem: { item: itemIndex } }));
}

function toData(record: JsonObject): IDataObject {
	const data: IDataObject = {};
	for (const [name, value] of Object.entries(record)) data[name] = toValue(value);
	return data;
}

/** Numbers that a JavaScript number would round become text: no digit of an amount is lost. */
function toValue(value: unknown): GenericValue | IDataObject | GenericValue[] | IDataObject[] {
	if (isRawNumber(value)) return value.rawJSON;
	if (Array.isArray(value)) return value.map(toValue);
	if (typeof value === 'object' && value !== null) return toData({ ...value });
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
		return value;
	}
	return value === undefined ? undefined : null;
}
