import { z } from 'zod';
import { ConfigurationError } from '../../../concur/errors';
import { findTable, streamOf, tables } from '../../tables/catalog';
import type { Table } from '../../tables/table';
import type { Detail } from '../sink';
import { describeProperties, describeStream, isAutomatic, rawColumn } from './json-schema';
import type { Selection } from './selection';

/**
 * What `--discover` prints: every stream with its schema and what of it is selected. Connection
 * requests are left to a choice: they need a scope of their own, and to read them has effects (it
 * makes request tokens, and on old queues it hides them from others).
 */
export function buildCatalog(detail: Detail) {
	return {
		streams: tables.map((table) => {
			const names = [...describeProperties(table).keys()];
			const isRead = table.parent === undefined || detail === 'full';
			const isSelected = isRead && streamOf(table) === 'travel-requests';
			return {
				tap_stream_id: table.name,
				stream: table.name,
				schema: describeStream(table, new Set(names)),
				key_properties: table.key,
				metadata: [
					{
						breadcrumb: [],
						metadata: {
							inclusion: 'available',
							selected: isSelected,
							'selected-by-default': isSelected,
							'table-key-properties': table.key,
							'forced-replication-method': 'INCREMENTAL',
							...(table.parent === undefined ? {} : { 'parent-tap-stream-id': table.parent }),
						},
					},
					...names.map((name) => ({
						breadcrumb: ['properties', name],
						metadata: describeChoice(table, name),
					})),
				],
			};
		}),
	};
}

function describeChoice(table: Table, name: string) {
	if (isAutomatic(table, name)) return { inclusion: 'automatic' };
	const byDefault = name !== rawColumn;
	return { inclusion: 'available', selected: byDefault, 'selected-by-default': byDefault };
}

const choiceSchema = z
	.object({
		inclusion: z.string().optional(),
		selected: z.boolean().nullish(),
		'selected-by-default': z.boolean().nullish(),
	})
	.passthrough();

type Choice = z.infer<typeof choiceSchema>;

const legacySchema = z.object({ selected: z.boolean().nullish() }).passthrough();

const catalogSchema = z.object({
	streams: z.array(
		z
			.object({
				tap_stream_id: z.string().optional(),
				stream: z.string().optional(),
				schema: z
					.object({
						selected: z.boolean().nullish(),
						properties: z.record(legacySchema).optional(),
					})
					.passthrough()
					.optional(),
				metadata: z
					.array(z.object({ breadcrumb: z.array(z.string()), metadata: choiceSchema }))
					.optional(),
			})
			.passthrough(),
	),
});

type CatalogStream = z.infer<typeof catalogSchema>['streams'][number];

/**
 * Reads which streams and properties a catalog selects, by its metadata or, as older tools write
 * it, by `selected` in the schemas themselves.
 * @throws {ConfigurationError} when it is no catalog, or selects a stream that does not exist.
 */
export function readSelection(catalog: unknown): Selection {
	const parsed = catalogSchema.safeParse(catalog);
	if (!parsed.success) {
		throw new ConfigurationError('CATALOG_INVALID', 'The catalog is not one of Singer.', {
			advice: 'Make it with --discover, then change only what is selected.',
		});
	}
	const selection = new Map<string, ReadonlySet<string>>();
	for (const stream of parsed.data.streams) {
		if (!isStreamSelected(stream)) continue;
		const name = stream.tap_stream_id ?? stream.stream ?? '';
		const table = findTable(name);
		if (!table) {
			throw new ConfigurationError(
				'CATALOG_STREAM_UNKNOWN',
				`The catalog selects the stream ${JSON.stringify(name)}, which does not exist.`,
				{ advice: `There are: ${tables.map((known) => known.name).join(', ')}.` },
			);
		}
		selection.set(name, new Set(selectedProperties(table, stream)));
	}
	return selection;
}

function isStreamSelected(stream: CatalogStream): boolean {
	const choice = findChoice(stream, []);
	if (choice?.inclusion === 'unsupported') return false;
	return choice?.selected ?? stream.schema?.selected ?? choice?.['selected-by-default'] ?? false;
}

function selectedProperties(table: Table, stream: CatalogStream): string[] {
	return [...describeProperties(table).keys()].filter((name) => {
		if (isAutomatic(table, name)) return true;
		const choice = findChoice(stream, ['properties', name]);
		if (choice?.inclusion === 'unsupported') return false;
		const legacy = stream.schema?.properties?.[name]?.selected;
		return choice?.selected ?? legacy ?? choice?.['selected-by-default'] ?? name !== rawColumn;
	});
}

function findChoice(stream: CatalogStream, breadcrumb: readonly string[]): Choice | undefined {
	const path = JSON.stringify(breadcrumb);
	return stream.metadata?.find((entry) => JSON.stringify(entry.breadcrumb) === path)?.metadata;
}
