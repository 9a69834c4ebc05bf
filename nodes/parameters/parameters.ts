import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { parseExactJson } from '../../concur/exact-json';
import { isJsonObject, type JsonObject } from '../../concur/json';
import { displayNameOf } from './display-name';
import { toDay, toSeconds } from './dates';

/** Reads the parameters of one item: whatever an expression may have given, checked. */
export class Parameters {
	constructor(
		private readonly node: IExecuteFunctions,
		readonly itemIndex: number,
		/** Those of the operation: errors use their display names. */
		private readonly properties: readonly INodeProperties[],
	) {}

	/** A text that must not be empty. */
	text(name: string): string {
		const text = this.optionalText(name);
		if (text === undefined) throw this.wrong(name, 'is empty', 'Fill it in.');
		return text;
	}

	/** A text, or undefined where it is empty; numbers are taken as text. */
	optionalText(name: string): string | undefined {
		return toText(this.#read(name));
	}

	flag(name: string): boolean {
		return this.#read(name) === true;
	}

	/** One of the values offered, also where an expression chose it. */
	choice<T extends string>(name: string, allowed: readonly T[], ...member: [unknown?]): T {
		const value = this.#given(name, member);
		const chosen = allowed.find((one) => one === value);
		if (chosen !== undefined) return chosen;
		throw this.wrong(name, 'has a value that is not offered', `Use one of ${allowed.join(', ')}.`);
	}

	/** The id that a resource locator stands for. */
	id(name: string): string {
		const id = this.optionalId(name);
		if (id === undefined)
			throw this.wrong(name, 'is empty', 'Choose from the list or give the ID.');
		return id;
	}

	optionalId(name: string): string | undefined {
		return toText(this.node.getNodeParameter(name, this.itemIndex, '', { extractValue: true }));
	}

	/** How many records to return; undefined for all. */
	limit(): number | undefined {
		if (this.flag('returnAll')) return undefined;
		const limit = Number(this.#read('limit'));
		if (Number.isSafeInteger(limit) && limit > 0) return limit;
		throw this.wrong('limit', 'is not a whole number above 0', 'Use 1 or more.');
	}

	/** A collection; its fields are read with {@link textOf} and the like. */
	fields(name: string): JsonObject {
		const value = this.#read(name);
		return isJsonObject(value) ? value : {};
	}

	/** A list; one value alone is a list of one. */
	list(name: string): readonly unknown[] {
		const value: unknown = this.node.getNodeParameter(name, this.itemIndex, []);
		return Array.isArray(value) ? value : [value];
	}

	/** JSON as an object or as the text of one; an empty text is an empty object. */
	json(name: string, ...member: [unknown?]): JsonObject {
		const value = this.#given(name, member);
		if (isJsonObject(value)) return value;
		if (value === undefined || value === null || value === '') return {};
		const parsed = typeof value === 'string' ? parseJson(value) : undefined;
		if (isJsonObject(parsed)) return parsed;
		throw this.wrong(name, 'is not a JSON object', 'Write it as {"field": "value"}.');
	}

	/** A moment as whole seconds since 1970; one without a zone counts in the workflow's zone. */
	seconds(name: string, ...member: [unknown?]): number | undefined {
		const value = this.#given(name, member);
		if (isEmpty(value)) return undefined;
		const seconds = toSeconds(value, this.node.getTimezone());
		if (seconds !== undefined) return seconds;
		throw this.wrong(name, 'is not a date and time', 'Write it as 2026-11-21T08:30:00.');
	}

	/** A calendar day as `yyyy-MM-dd`: the day as it is written, whatever follows it. */
	day(name: string, ...member: [unknown?]): string | undefined {
		const value = this.#given(name, member);
		if (isEmpty(value)) return undefined;
		const day = toDay(value, this.node.getTimezone());
		if (day !== undefined) return day;
		throw this.wrong(name, 'is not a date', 'Write it as 2026-11-21.');
	}

	/** The error for a parameter the user has to correct. */
	wrong(name: string, what: string, advice: string): NodeOperationError {
		const shown = displayNameOf(name, this.properties) ?? name;
		return new NodeOperationError(this.node.getNode(), `The parameter '${shown}' ${what}`, {
			description: advice,
			itemIndex: this.itemIndex,
		});
	}

	/** The parameter, or the member of a collection that the caller has read already. */
	#given(name: string, member: readonly [unknown?]): unknown {
		return member.length === 0 ? this.#read(name) : member[0];
	}

	#read(name: string): unknown {
		return this.node.getNodeParameter(name, this.itemIndex, undefined);
	}
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** A text without blanks around it; undefined where nothing is left. */
export function toText(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	return text === '' ? undefined : text;
}

function parseJson(text: string): unknown {
	try {
		return parseExactJson(text);
	} catch {
		// The caller says it in words that name the parameter.
		return undefined;
	}
}
