import { isRawNumber } from '../../concur/exact-json';
import { readDay, readTimeOfDay, readWrittenDay } from '../../concur/time-grammar';
import { writeDigits, writeNumber } from './decimals';
import type { Drift } from './drift';
import type { Cell, ColumnType } from './table';
import { readTimestamp } from './timestamps';

/** Turns a received value, never null or undefined, into a cell; counts what it did not expect. */
export type ReadCell = (value: unknown, drift: Drift, path: string) => Cell;

function readText(value: unknown, drift: Drift, path: string): Cell {
	if (typeof value === 'string') return value;
	drift.count(path);
	return JSON.stringify(value);
}

function readBoolean(value: unknown, drift: Drift, path: string): Cell {
	if (typeof value === 'boolean') return value;
	drift.count(path);
	// Concur's own events send booleans as text.
	if (value === 'true') return true;
	if (value === 'false') return false;
	return null;
}

function readInteger(value: unknown, drift: Drift, path: string): Cell {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
	drift.count(path);
	if (typeof value !== 'string' || !/^-?\d{1,15}$/.test(value)) return null;
	return Number(value);
}

function readDecimal(value: unknown, drift: Drift, path: string): Cell {
	const digits =
		typeof value === 'number'
			? writeNumber(value)
			: isRawNumber(value)
				? writeDigits(value.rawJSON)
				: undefined;
	if (digits !== undefined) return digits;
	drift.count(path);
	return typeof value === 'string' ? (writeDigits(value.trim()) ?? null) : null;
}

function readDateCell(value: unknown, drift: Drift, path: string): Cell {
	if (typeof value === 'string') {
		const date = readDay(value);
		if (date !== undefined) return date;
		const day = readWrittenDay(value);
		if (day !== undefined) {
			if (!/^.{10}T00:00:00(\.0+)?Z?$/.test(value)) drift.count(path);
			return day;
		}
		if (value === '') return null;
	}
	drift.count(path);
	return null;
}

function readParsed(parse: (text: string) => string | undefined): ReadCell {
	return (value, drift, path) => {
		if (typeof value === 'string') {
			const parsed = parse(value);
			if (parsed !== undefined) return parsed;
			if (value === '') return null;
		}
		drift.count(path);
		return null;
	};
}

/** How each type of column reads a value. */
export const readers: Readonly<Record<ColumnType, ReadCell>> = {
	text: readText,
	boolean: readBoolean,
	integer: readInteger,
	decimal: readDecimal,
	date: readDateCell,
	time: readParsed(readTimeOfDay),
	timestamp: readParsed(readTimestamp),
};
