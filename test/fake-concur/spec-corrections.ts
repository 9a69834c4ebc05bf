import { isObject, type JsonObject, type JsonValue } from '../../fake-concur/json';

/** A known error of SAP's specifications and how the contract test reads past it. */
export interface SpecCorrection {
	/** What is wrong, and what says so. */
	readonly why: string;
	apply(spec: JsonObject): void;
}

/** Corrections that hold for the early-access specification as well. */
export const sharedCorrections: readonly SpecCorrection[] = [
	{
		why: 'the examples show 0 amounts, and large ones; the schema says 1 to 2147483647',
		apply: (spec) => {
			objectAt(spec, 'definitions', 'Amount', 'properties')['value'] = { type: 'number' };
		},
	},
	{
		why: 'cleared and empty fields come as null; Swagger 2 cannot say so',
		apply: allowNull,
	},
	{ why: 'Swagger 2 (JSON schema 4) writes exclusiveMinimum as a boolean', apply: dropExclusives },
];

/** Every correction of the Travel Request specification. */
export const travelRequestCorrections: readonly SpecCorrection[] = [
	{
		why: 'allocation, participant and proposal paths repeat the /v4 of the base path',
		apply: (spec) => {
			const paths = objectAt(spec, 'paths');
			for (const [path, methods] of Object.entries(paths)) {
				if (!path.startsWith('/v4/')) continue;
				Reflect.deleteProperty(paths, path);
				paths[path.slice('/v4'.length)] = methods;
			}
		},
	},
	{
		why: 'GET and PUT of an allocation show a one-element array, the schema an object',
		apply: (spec) => {
			for (const method of ['get', 'put']) {
				const ok = objectAt(
					spec,
					...['paths', '/requests/{requestUuid}/allocations/{allocationUuid}', method],
					...['responses', '200'],
				);
				ok['schema'] = { type: 'array', items: { $ref: '#/definitions/Allocation' } };
			}
		},
	},
	{
		why: 'members that the examples or the schema page show and the specification lacks',
		apply: (spec) => {
			const extra: Record<string, string[]> = {
				CustomField: ['template', 'isValid'],
				Amount: ['amount'],
				Expense: ['paymentType'],
				RequestDetails: [
					'expensePolicy',
					'pnr',
					'isParentRequest',
					'parentRequest',
					'cashAdvances',
				],
				Request: ['expensePolicy', 'cashAdvances', 'exceptions'],
				SegmentLeg: ['flightNumber', 'travelExceptionReasonCodes'],
			};
			for (const [name, members] of Object.entries(extra)) {
				const properties = objectAt(spec, 'definitions', name, 'properties');
				for (const each of members) properties[each] ??= {};
			}
		},
	},
	...sharedCorrections,
];

/** Every correction of the Connection Requests specifications. */
export const connectionCorrections: readonly SpecCorrection[] = [
	{
		why: 'Items is an array on the reference page and in the example, one object in the swagger',
		apply: (spec) => {
			objectAt(spec, 'definitions', 'ConnectionRequestCollection', 'properties')['Items'] = {
				type: 'array',
				items: { $ref: '#/definitions/ConnectionRequestGet' },
			};
		},
	},
	{
		why: 'absent values come as null (all five e-mail addresses, NextPage on the last page)',
		apply: allowNull,
	},
];

/** A copy of a specification without its known errors; unknown members are then refused. */
export function correctSpec(spec: JsonObject, corrections: readonly SpecCorrection[]): JsonObject {
	const copy = structuredClone(spec);
	for (const correction of corrections) correction.apply(copy);
	for (const definition of Object.values(objectAt(copy, 'definitions'))) {
		if (isObject(definition) && definition['properties'])
			definition['additionalProperties'] = false;
	}
	return copy;
}

/** The object at a path of names; a missing one means the specification has changed. */
export function objectAt(value: JsonValue, ...names: string[]): JsonObject {
	let at: JsonValue | undefined = value;
	for (const name of names) at = isObject(at) ? at[name] : undefined;
	if (!isObject(at)) throw new Error(`the specification has no ${names.join(' > ')}`);
	return at;
}

function allowNull(spec: JsonObject): void {
	for (const definition of Object.values(objectAt(spec, 'definitions'))) {
		const properties = isObject(definition) ? definition['properties'] : undefined;
		if (!isObject(properties)) continue;
		for (const [name, schema] of Object.entries(properties)) {
			properties[name] = { anyOf: [schema, { type: 'null' }] };
		}
	}
}

function dropExclusives(value: JsonValue): void {
	if (Array.isArray(value)) value.forEach(dropExclusives);
	if (!isObject(value)) return;
	for (const name of ['exclusiveMinimum', 'exclusiveMaximum']) {
		if (typeof value[name] === 'boolean') Reflect.deleteProperty(value, name);
	}
	Object.values(value).forEach(dropExclusives);
}
