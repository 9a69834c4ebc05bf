import { ConfigurationError } from '../../concur/errors';
import type { Compression } from './csv/compression';
import { createCsvSink } from './csv/csv-sink';
import type { CsvOptions } from './csv/options';
import { isLoginLike } from './login-signs';
import { createParquetSink } from './parquet/parquet-sink';
import { createPostgresSink } from './postgres/postgres-sink';
import { readPostgresTarget, type PostgresTarget } from './postgres/target-url';
import type { Sink } from './sink';
import { createSingerSink } from './singer/singer-sink';
import { createSqliteSink } from './sqlite/sqlite-sink';

type PartRows = Pick<CsvOptions, 'rollRows'>;

/** What `--to` names. */
export type Target =
	| { readonly kind: 'csv'; readonly directory: string; readonly options: CsvOptions }
	| { readonly kind: 'parquet'; readonly directory: string; readonly roll: PartRows }
	| { readonly kind: 'singer' }
	| { readonly kind: 'sqlite'; readonly file: string }
	| { readonly kind: 'postgres'; readonly target: PostgresTarget };

const supported =
	'csv:DIR, csv:DIR?compress=gz|zst&escape_formulas=true&part_rows=100000, parquet:DIR, parquet:DIR?part_rows=100000, singer:-, sqlite:FILE, postgres://USER@HOST/DATABASE?schema=NAME';

/**
 * Reads a target such as `csv:out?compress=gz` or `sqlite:concur.db`.
 * @throws {ConfigurationError} when its scheme or an option is unknown, or its place reads like a
 * login. Never repeats what follows the scheme of such a target: it may hold a password.
 */
export function parseTarget(to: string): Target {
	const [, scheme = '', rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(to) ?? [];
	if (scheme === 'csv') {
		const [directory, options] = splitOptions(rest, scheme);
		return { kind: 'csv', directory, options: readCsvOptions(options) };
	}
	if (scheme === 'parquet') {
		const [directory, options] = splitOptions(rest, scheme);
		rejectUnknown(options, ['part_rows'], scheme);
		return { kind: 'parquet', directory, roll: readPartRows(options.get('part_rows')) };
	}
	if (scheme === 'singer' && rest === '-') return { kind: 'singer' };
	if (scheme === 'sqlite') {
		const [file, options] = splitOptions(rest, scheme);
		rejectUnknown(options, [], scheme);
		return { kind: 'sqlite', file };
	}
	if (scheme === 'postgres' || scheme === 'postgresql')
		return { kind: 'postgres', target: readPostgresTarget(to) };
	const what =
		scheme === '' || scheme === 'singer'
			? 'The target names no kind of sink, or not in full.'
			: `There is no kind of sink named ${scheme}:`;
	throw new ConfigurationError('TARGET_UNKNOWN', what, {
		advice: `Use one of ${supported}.`,
	});
}

/** The sink that a target names, not opened yet. */
export function createSink(to: string): Sink {
	const target = parseTarget(to);
	switch (target.kind) {
		case 'csv':
			return createCsvSink(target.directory, target.options);
		case 'parquet':
			return createParquetSink(target.directory, target.roll);
		case 'singer':
			return createSingerSink();
		case 'sqlite':
			return createSqliteSink(target.file);
		case 'postgres':
			return createPostgresSink(target.target);
	}
}

function splitOptions(rest: string, scheme: string): [string, URLSearchParams] {
	if (isLoginLike(rest)) {
		throw new ConfigurationError(
			'TARGET_UNKNOWN',
			`The target ${scheme}: takes a path, and what follows reads like an address with a login.`,
			{ advice: `Use one of ${supported}. A path may hold neither :// nor a : before an @.` },
		);
	}
	const mark = rest.indexOf('?');
	const place = mark < 0 ? rest : rest.slice(0, mark);
	if (place === '') {
		throw new ConfigurationError('TARGET_UNKNOWN', `The target ${scheme}: names no place.`, {
			advice: `Use one of ${supported}.`,
		});
	}
	return [place, new URLSearchParams(mark < 0 ? '' : rest.slice(mark + 1))];
}

function readCsvOptions(options: URLSearchParams): CsvOptions {
	rejectUnknown(options, ['compress', 'escape_formulas', 'part_rows'], 'csv');
	const compression = readCompression(options.get('compress'));
	const escape = options.get('escape_formulas') ?? 'false';
	if (escape !== 'true' && escape !== 'false') throw wrongOption('escape_formulas', 'true, false');
	return {
		escapeFormulas: escape === 'true',
		...(compression ? { compression } : {}),
		...readPartRows(options.get('part_rows')),
	};
}

function readPartRows(value: string | null): PartRows {
	if (value === null) return {};
	if (/^[1-9]\d{0,8}$/.test(value)) return { rollRows: Number(value) };
	throw wrongOption('part_rows', '100000, any whole number above 0');
}

function readCompression(value: string | null): Compression | undefined {
	if (value === null || value === 'none') return undefined;
	if (value === 'gz' || value === 'zst') return value;
	throw wrongOption('compress', 'gz, zst, none');
}

function rejectUnknown(options: URLSearchParams, known: readonly string[], scheme: string): void {
	for (const [name, value] of options) {
		if (known.includes(name)) continue;
		// A name without a value may be anything, a part of a password too.
		const named = value !== '' && /^\w{1,30}$/.test(name) ? ` ${name}` : ' of that name';
		throw new ConfigurationError('TARGET_OPTION', `${scheme}: has no option${named}.`, {
			advice: known.length > 0 ? `Known are ${known.join(', ')}.` : 'It takes none.',
		});
	}
}

function wrongOption(name: string, values: string): ConfigurationError {
	return new ConfigurationError('TARGET_OPTION', `The option ${name} takes one of ${values}.`, {
		advice: `Write it as ${name}=${values.split(', ')[0]}.`,
	});
}
