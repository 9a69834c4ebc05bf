import type { INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { resources } from '../../../nodes/SapConcur/resources';
import type { Operation } from '../../../nodes/SapConcur/resources/operation';
import { openChildScene, type ChildScene } from '../../support/n8n/child-scene';
import { byId } from '../../support/n8n/run-concur';

/**
 * Every parameter of every operation, and every field of its collections, is given what fits no
 * value of its kind. Each is refused by the name that the panel shows, before anything is sent.
 * (A collection as a whole comes from the panel alone: n8n drops what an expression gives for one.)
 */

let scene: ChildScene;

beforeAll(async () => {
	scene = await openChildScene();
});

const OBJECT = '={{ ({ a: 1 }) }}';

/** What fits no value of a kind. */
function misfitFor({ type, typeOptions }: INodeProperties): NodeParameterValueType {
	if (type === 'boolean') return '={{ "perhaps" }}';
	if (type === 'number') return '={{ "many" }}';
	if (type === 'options' || type === 'multiOptions') return '={{ ["nonsense"] }}';
	if (type === 'dateTime') return '22:00';
	if (type === 'json') return '[1]';
	if (type === 'resourceLocator') return byId(OBJECT);
	return typeOptions?.multipleValues === true ? '={{ [{ a: 1 }] }}' : OBJECT;
}

/** What fits. */
function valueFor(property: INodeProperties): NodeParameterValueType {
	const { type, name, options = [] } = property;
	if (name === 'updateFields') return { ...firstFieldOf(property) };
	if (name === 'moreFields' || type === 'json') return '{"a": 1}';
	if (name === 'addUserIds') return ['A'];
	if (name === 'removeUserIds') return [];
	// Only matched travelers have tokens.
	if (name === 'decision') return 'matched';
	if (type === 'string') return name === 'currency' ? 'EUR' : 'A';
	if (type === 'dateTime') return '2026-05-01';
	if (type === 'number') return 1;
	if (type === 'resourceLocator') return byId('224AF3CDCC2A5244A37C72FA5770C6F2');
	if (type === 'options')
		return String(options.flatMap((each) => ('value' in each ? [each.value] : []))[0]);
	return property.default;
}

function firstFieldOf({ options = [] }: INodeProperties): INodeParameters {
	const field = options.find((each) => 'type' in each && ['string', 'number'].includes(each.type));
	return field && 'type' in field ? { [field.name]: valueFor(field) } : {};
}

interface Misfit {
	/** The name that the panel shows. */
	readonly title: string;
	readonly parameters: INodeParameters;
}

function* misfitsOf(operation: Operation): Generator<Misfit> {
	const properties = operation.properties.filter(({ type }) => type !== 'notice');
	const fitting = Object.fromEntries(properties.map((each) => [each.name, valueFor(each)]));
	for (const property of properties) {
		const shown = showing(property);
		for (const { title, value } of misfitsIn(property)) {
			yield { title, parameters: { ...fitting, ...shown, [property.name]: value } };
		}
	}
}

/** What other parameters must be, so that the panel shows this one. */
function showing({ displayOptions }: INodeProperties): INodeParameters {
	const shown: INodeParameters = {};
	for (const [name, values] of Object.entries(displayOptions?.show ?? {})) {
		const value: unknown = values?.[0];
		if (typeof value === 'string' || typeof value === 'boolean') shown[name] = value;
	}
	return shown;
}

function* misfitsIn(
	property: INodeProperties,
): Generator<{ title: string; value: NodeParameterValueType }> {
	const { displayName: title, name, type, options = [] } = property;
	if (name === 'customFields') {
		yield { title, value: { customField: [{ field: 'nonsense', value: 'A' }] } };
		yield { title: 'Custom 1', value: { customField: [{ field: 'custom1', value: OBJECT }] } };
	} else if (type === 'collection' || type === 'fixedCollection') {
		for (const option of options) {
			const fields = 'values' in option ? option.values : 'type' in option ? [option] : [];
			for (const field of fields) {
				for (const { title, value } of misfitsIn(field)) {
					const one = { [field.name]: value };
					yield { title, value: 'values' in option ? { [option.name]: one } : one };
				}
			}
		}
	} else {
		yield { title, value: misfitFor(property) };
	}
}

describe.each(
	resources.flatMap((resource) =>
		resource.operations.map((operation) => ({ resource: resource.value, operation })),
	),
)('$resource: $operation.value', ({ resource, operation }) => {
	it('refuses what fits no parameter, by its name and before anything is sent', async () => {
		const before = scene.fake.calls.length;
		const said: Record<string, unknown> = {};
		const due: Record<string, unknown> = {};
		for (const { title, parameters } of misfitsOf(operation)) {
			const { error } = await scene.run(resource, operation.value, parameters);
			const key = JSON.stringify(parameters);
			said[key] = error?.message ?? 'nothing';
			due[key] = expect.stringMatching(`^The parameter '${title}' (?!is empty)`);
		}
		expect(said).toEqual(due);
		expect(scene.fake.calls.slice(before)).toEqual([]);
	});
});
