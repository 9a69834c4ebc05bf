import type { INodeProperties } from 'n8n-workflow';
import type { JsonObject } from '../../concur/json';
import { filled } from './gaps';
import type { Parameters } from './parameters';
import { textField } from './text-field';

/** How a place may be told; an IATA code, or a country and a city that Concur knows, must be there. */
const placeFields: readonly INodeProperties[] = [
	textField('City', 'city', 'The city, as Concur knows it', 'Lyon, FRANCE'),
	textField('Country Code', 'countryCode', 'The ISO 3166-1 code of the country', 'FR'),
	textField(
		'Country Subdivision Code',
		'countrySubDivisionCode',
		'The ISO 3166-2 code of the state or region',
		'FR-69',
	),
	textField('IATA Code', 'iataCode', 'The code of the airport; enough on its own', 'LYS'),
	textField('Location Code', 'locationCode', "Concur's code, where several places have the name"),
	textField('Location ID', 'id', "Concur's ID of the place"),
	textField('Location Name', 'name', 'The name of the place; mostly the city', 'Lyon, FRANCE'),
];

/** A field for a place. */
export function placeField(
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		placeholder: `Add ${displayName}`,
		default: {},
		description: `${description}: an IATA code, or a country code and a city`,
		options: [{ displayName: 'Place', name: 'place', values: [...placeFields] }],
	};
}

/** What {@link placeField} asked for, as the body of a place; undefined where nothing is told. */
export function readPlace(chosen: Parameters, name: string): JsonObject | undefined {
	const place = chosen.fields(name);
	const told = placeFields.map((field) => [field.name, place.optionalText(field.name)] as const);
	return filled(Object.fromEntries(told));
}
