import type { INode, INodeProperties } from 'n8n-workflow';
import { additionalFieldsOf, optionsOf } from '../../../nodes/parameters/collections';
import { requestLocator, userLocator } from '../../../nodes/parameters/common';
import { customFieldOptions, customFieldsOf } from '../../../nodes/parameters/custom-fields';
import { Parameters } from '../../../nodes/parameters/parameters';
import { placeField } from '../../../nodes/parameters/place';
import { policyLocator } from '../../../nodes/parameters/request-fields';
import { textField } from '../../../nodes/parameters/text-field';

const node: INode = {
	id: '1',
	name: 'SAP Concur',
	type: 'sapConcur',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const flagField: INodeProperties = {
	displayName: 'Urgent',
	name: 'urgent',
	type: 'boolean',
	default: true,
};

const properties: readonly INodeProperties[] = [
	requestLocator,
	flagField,
	optionsOf([textField('Company ID', 'companyId', ''), userLocator('Whose'), flagField]),
	additionalFieldsOf([
		customFieldsOf('requests', customFieldOptions(3)),
		placeField('Main Destination', 'mainDestination', 'Where to'),
		policyLocator,
	]),
];

/** Parameters as n8n would give them. */
function given(values: Readonly<Record<string, unknown>>): Parameters {
	return new Parameters(
		{ node, zone: 'UTC', itemIndex: 3, read: (name) => values[name] },
		properties,
	);
}

const BOTH = { companyId: 'C', urgent: false };

describe('A collection', () => {
	test.each<[string, unknown]>([
		['an object', BOTH],
		['JSON', '{"companyId": "C", "urgent": false}'],
		['an object by titles', { 'Company ID': ' C\n', URGENT: 'false' }],
		['JSON with texts and numbers', '\n{"company_id": "C", "urgent": 0}'],
	])('is read from %s', (_, options) => {
		const fields = given({ options }).fields('options');
		expect([fields.text('companyId'), fields.flag('urgent')]).toEqual(['C', false]);
	});

	test.each([undefined, null, '', ' ', {}, '{}'])('is empty where it is %j', (options) => {
		const fields = given({ options }).fields('options');
		expect([fields.optionalText('companyId'), fields.flag('urgent')]).toEqual([undefined, true]);
	});

	test.each<[string, unknown, string]>([
		['a text', 'C', 'is not a JSON object'],
		['broken JSON', '{"companyId": ', 'is not a JSON object'],
		['a list', [BOTH], 'is not a JSON object'],
		['the JSON of a list', '[]', 'is not a JSON object'],
		['a number', 7, 'is not a JSON object'],
		['a switch', true, 'is not a JSON object'],
		['a Date', new Date(0), 'is not a JSON object'],
		['a field that is not known', { companyID: 'C', colour: 'red' }, "has no field 'colour'"],
		['a field twice', { companyId: 'C', 'Company ID': 'D' }, "has the field 'Company ID' twice"],
	])('that is %s is refused by its name', (_, options, what) => {
		expect(() => given({ options }).fields('options')).toThrow(`The parameter 'Options' ${what}`);
	});

	test('keeps its locators, also where an expression gives it whole', () => {
		const options = '{"userId": {"__rl": true, "mode": "list", "value": "U"}}';
		expect(given({ options }).fields('options').optionalId('userId')).toBe('U');
		const additionalFields = { policy: 'P' };
		expect(given({ additionalFields }).fields('additionalFields').optionalId('policy')).toBe('P');
	});
});

describe('A place', () => {
	const placeOf = (mainDestination: unknown): unknown =>
		given({ additionalFields: { mainDestination } })
			.fields('additionalFields')
			.fields('mainDestination')
			.optionalText('iataCode');

	test.each<[string, unknown]>([
		['as n8n stores it', { place: { iataCode: 'LYS' } }],
		['without the wrapping', { iataCode: 'LYS' }],
		['as JSON', '{"place": {"iataCode": "LYS"}}'],
		['as JSON in the wrapping', { Place: '{"IATA Code": "LYS"}' }],
	])('%s', (_, mainDestination) => {
		expect(placeOf(mainDestination)).toBe('LYS');
	});

	test('that is only a word is refused', () => {
		expect(() => placeOf('Lyon')).toThrow("'Main Destination' is not a JSON object");
		expect(() => placeOf({ town: 'Lyon' })).toThrow("'Main Destination' has no field 'town'");
	});
});

describe('Rows', () => {
	const rowsOf = (customFields: unknown): unknown[] =>
		given({ additionalFields: { customFields } })
			.fields('additionalFields')
			.rows('customFields')
			.map((row) => [row.raw('field'), row.raw('value')]);

	const row = { field: 'custom1', value: 'A' };

	test.each<[string, unknown]>([
		['as n8n stores them', { customField: [row] }],
		['one alone', { customField: row }],
		['a list without the wrapping', [row]],
		['one without list and wrapping', row],
		['as JSON', JSON.stringify({ customField: [row, {}, null] })],
		['a list as JSON', JSON.stringify([row])],
	])('%s', (_, customFields) => {
		expect(rowsOf(customFields)).toEqual([['custom1', 'A']]);
	});

	test.each([undefined, null, '', {}, [], '[]', { customField: [] }])('none in %j', (none) => {
		expect(rowsOf(none)).toEqual([]);
	});

	test.each(['A', [1], { custom1: 'A' }, [{ ...row, colour: 'red' }]])('refused: %j', (wrong) => {
		expect(() => rowsOf(wrong)).toThrow("The parameter 'Custom Fields' ");
	});
});

describe('A locator', () => {
	const ID = '224AF3CDCC2A5244A37C72FA5770C6F2';
	const url = `https://us2.api.concursolutions.com/travelrequest/v4/requests/${ID}?userId=1`;

	test.each<[string, unknown]>([
		['as n8n stores it', { __rl: true, mode: 'id', value: ` ${ID}\n` }],
		['of a mode that nobody knows', { __rl: true, mode: 'uuid', value: ID }],
		['without a mode', { value: ID }],
		['as a bare text', ID],
		['as JSON', JSON.stringify({ __rl: true, mode: 'url', value: url })],
		['by its URL', { __rl: true, mode: 'url', value: url }],
		['with a URL for an ID', { __rl: true, mode: 'id', value: url }],
		['as a bare URL', url],
	])('%s', (_, requestId) => {
		expect(given({ requestId }).id('requestId')).toBe(ID);
	});

	test.each([undefined, null, '', {}, { __rl: true, mode: 'list', value: '' }, { value: null }])(
		'empty: %j',
		(requestId) => {
			expect(given({ requestId }).optionalId('requestId')).toBeUndefined();
			expect(() => given({ requestId }).id('requestId')).toThrow("'Travel Request' is empty");
		},
	);

	test.each<[unknown, string]>([
		[true, 'is not an ID'],
		[[ID], 'is not an ID'],
		[{ id: ID }, 'is not an ID'],
		[{ __rl: true, mode: 'id', value: { id: ID } }, 'is not an ID'],
		[{ __rl: true, mode: 'url', value: 'https://example.com' }, 'is a URL without an ID in it'],
		['https://example.com', 'is a URL without an ID in it'],
	])('refused: %j', (requestId, what) => {
		expect(() => given({ requestId }).optionalId('requestId')).toThrow(
			`The parameter 'Travel Request' ${what}`,
		);
	});
});

test.each<[unknown, boolean]>([
	[true, true],
	[false, false],
	[' True ', true],
	['FALSE', false],
	[1, true],
	[0, false],
	['1', true],
	['0', false],
	[null, true],
	[undefined, true],
	['', true],
])('the switch %j is %s, where it is on by default', (urgent, flag) => {
	expect(given({ urgent }).flag('urgent')).toBe(flag);
});

test.each(['yes', 'on', 2, -1, NaN, {}, [], [true], new Date(0)])(
	'the switch %p is refused',
	(urgent) => {
		expect(() => given({ urgent }).flag('urgent')).toThrow("'Urgent' is neither true nor false");
	},
);

test.each([true, {}, ['C'], NaN, Infinity, new Date(0)])('%p is no text', (companyId) => {
	const fields = given({ options: { companyId } }).fields('options');
	expect(() => fields.optionalText('companyId')).toThrow("'Company ID' is not a text");
});

test('a refusal names the item', () => {
	expect(() => given({ urgent: 'yes' }).flag('urgent')).toThrow(
		expect.objectContaining({ context: expect.objectContaining({ itemIndex: 3 }) as unknown }),
	);
});
