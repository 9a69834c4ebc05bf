import { NodeOperationError, type INodeProperties } from 'n8n-workflow';
import type { RawNumber } from '../../concur/exact-json';
import type { JsonObject } from '../../concur/json';
import { fieldsOf, readFields, readRows } from './groups';
import type { Refuse } from './refuse';
import type { Source } from './sources';
import { toDay, toSeconds } from './values/dates';
import { toFlag } from './values/flag';
import { toList, toRecord } from './values/json';
import { readId } from './values/locator';
import { findEntry, menuOf, type MenuEntry } from './values/menu';
import { toCount, toDecimal } from './values/numbers';
import { isEmpty, toText } from './values/text';

/**
 * Reads the parameters of one item, or the fields of a collection among them.
 *
 * An expression, a workflow that was written by hand or an AI model may have given anything: `"true"`
 * for a switch, JSON for a collection, null for what is left empty. Each value is read as what it
 * means, or refused by the name that the panel shows; none is silently something else. Where nothing
 * was said, a switch is as it is by default and an optional field is left out.
 */
export class Parameters {
	constructor(
		private readonly source: Source,
		private readonly properties: readonly INodeProperties[],
	) {}

	get itemIndex(): number {
		return this.source.itemIndex;
	}

	/** What n8n has, unchecked; for the rules that belong to one operation. */
	raw(name: string): unknown {
		return this.source.read(name);
	}

	/** A text that must not be empty. */
	text(name: string): string {
		return this.#accept(name, this.optionalText(name), 'is empty', 'Fill it in.');
	}

	/** A text, or undefined where it is empty; numbers are taken as text. */
	optionalText(name: string): string | undefined {
		return this.#optional(name, toText, 'is not a text', 'Give a text or a number.');
	}

	flag(name: string): boolean {
		const flag = this.#optional(name, toFlag, 'is neither true nor false', 'Use true or false.');
		return flag ?? this.#property(name)?.default === true;
	}

	/** One of the values that the menu offers. */
	option(name: string): string {
		return this.choice(
			name,
			menuOf(name, this.properties).map(({ value }) => value),
		);
	}

	/** One of the values that are offered. */
	choice<T extends string>(name: string, allowed: readonly T[]): T {
		const menu = menuOf(name, this.properties);
		const entries = allowed.map((value): MenuEntry<T> => ({
			value,
			name: menu.find((entry) => entry.value === value)?.name ?? value,
		}));
		const what = 'has a value that is not offered';
		const chosen = findEntry(this.raw(name), entries)?.value;
		return this.#accept(name, chosen, what, `Use one of ${allowed.join(', ')}.`);
	}

	/** Those that are chosen of a menu of which several may be. */
	options(name: string): readonly string[] {
		const menu = menuOf(name, this.properties);
		const advice = `Use any of ${menu.map(({ value }) => value).join(', ')}.`;
		return this.list(name).map((each) => {
			const chosen = findEntry(each, menu)?.value;
			return this.#accept(name, chosen, 'has a value that is not offered', advice);
		});
	}

	/** The same as {@link choice}, or undefined where nothing is chosen. */
	optionalChoice<T extends string>(name: string, allowed: readonly T[]): T | undefined {
		return isEmpty(this.raw(name)) ? undefined : this.choice(name, allowed);
	}

	/** The id that a resource locator stands for. */
	id(name: string): string {
		return this.#accept(
			name,
			this.optionalId(name),
			'is empty',
			'Choose from the list or give the ID.',
		);
	}

	optionalId(name: string): string | undefined {
		return readId(this.raw(name), this.#property(name), this.#refuse(name));
	}

	/** How many records to return; undefined for all. */
	limit(): number | undefined {
		if (this.flag('returnAll')) return undefined;
		const limit = toCount(this.raw('limit')) || undefined;
		return this.#accept('limit', limit, 'is not a whole number above 0', 'Use 1 or more.');
	}

	/** A whole number from 0; undefined where it is empty. */
	count(name: string): number | undefined {
		return this.#optional(name, toCount, 'is not a whole number', 'Use 0 or more.');
	}

	/** A number with every digit that was given; undefined where it is empty. */
	decimal(name: string): number | RawNumber | undefined {
		return this.#optional(name, toDecimal, 'is not a number', 'Write it as 120.5.');
	}

	/** A number that must be there. */
	requiredDecimal(name: string): number | RawNumber {
		return this.#accept(name, this.decimal(name), 'is empty', 'Fill it in.');
	}

	/** The fields of a collection. */
	fields(name: string): Parameters {
		const property = this.#property(name);
		return this.#within(name, readFields(this.raw(name), property, this.#refuse(name)));
	}

	/** The fields of each row of a collection that has several. */
	rows(name: string): readonly Parameters[] {
		const rows = readRows(this.raw(name), this.#property(name), this.#refuse(name));
		return rows.map((row) => this.#within(name, row));
	}

	/** A list; a text with commas is one, and one value alone is a list of one. */
	list(name: string): readonly unknown[] {
		return toList(this.raw(name));
	}

	/** JSON as an object or as the text of one; an empty text is an empty object. */
	json(name: string): JsonObject {
		const record = toRecord(this.raw(name));
		return this.#accept(name, record, 'is not a JSON object', 'Write it as {"field": "value"}.');
	}

	/** A moment as whole seconds since 1970; one without a zone counts in the workflow's zone. */
	seconds(name: string): number | undefined {
		const read = (value: unknown) => toSeconds(value, this.source.zone);
		const advice = 'Write it as 2026-11-21T08:30:00.';
		return this.#optional(name, read, 'is not a date and time', advice);
	}

	/** A calendar day as `yyyy-MM-dd`: the day as it is written, whatever follows it. */
	day(name: string): string | undefined {
		const read = (value: unknown) => toDay(value, this.source.zone);
		return this.#optional(name, read, 'is not a date', 'Write it as 2026-11-21.');
	}

	/** The error for a parameter the user has to correct. */
	wrong(name: string, what: string, advice: string): NodeOperationError {
		const shown = this.#property(name)?.displayName ?? name;
		return new NodeOperationError(this.source.node, `The parameter '${shown}' ${what}`, {
			description: advice,
			itemIndex: this.source.itemIndex,
		});
	}

	#optional<T>(
		name: string,
		read: (value: unknown) => T | undefined,
		what: string,
		advice: string,
	): T | undefined {
		const value = this.raw(name);
		return isEmpty(value) ? undefined : this.#accept(name, read(value), what, advice);
	}

	#accept<T>(name: string, value: T | undefined, what: string, advice: string): T {
		if (value === undefined) throw this.wrong(name, what, advice);
		return value;
	}

	#refuse(name: string): Refuse {
		return (what, advice) => this.wrong(name, what, advice);
	}

	#within(name: string, values: JsonObject): Parameters {
		const read = (field: string): unknown => values[field];
		return new Parameters({ ...this.source, read }, fieldsOf(this.#property(name)));
	}

	#property(name: string): INodeProperties | undefined {
		return this.properties.find((property) => property.name === name);
	}
}
