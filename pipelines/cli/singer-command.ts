import type { Command } from 'commander';
import { ConfigurationError } from '../../concur/errors';
import { findTable, streamOf } from '../tables/catalog';
import { streamNames, type Detail, type StreamName } from '../sinks/sink';
import type { Selection } from '../sinks/singer/selection';
import { buildCatalog, readSelection } from '../sinks/singer/singer-catalog';
import { createSingerSink } from '../sinks/singer/singer-sink';
import { readState } from '../sinks/singer/singer-state';
import { capNewSpace } from './cap-new-space';
import { describeSummary } from './describe-summary';
import type { Answer } from './output/answer';
import { exitCodeOf } from './output/exit-codes';
import { performExport } from './perform-export';
import { readSpan } from './read-span';
import { readJson, readSingerConfig, type SingerConfig } from './singer-config';
import { readUserChoice } from './users';
import { withClient } from './with-client';

interface SingerFlags {
	readonly config?: string;
	readonly catalog?: string;
	readonly properties?: string;
	readonly state?: string;
	readonly discover: boolean;
}

const CONFIG_HELP = `
Keys of the JSON file given with --config:
  SAP_CONCUR_…   the settings of the environment, under the same names
  start_date     the earliest modification to read, e.g. "2026-01-01"
  end_date       the latest modification to read
  detail         "list", "request" or "full"; by default what the selected streams need
  users          ["UUID", …] or "all"; by default the token's own user
  concurrency    requests in flight at most, 1 to 64; by default 4
  skip_after     let a record go that so many runs could not read; by default none ever is
  reread_open    hours until open requests are read again in full detail; by default 24; 0: never
  allow_hosts    ["host", …], further hosts to trust with tokens`;

export function addSingerCommand(program: Command, answer: Answer): void {
	program
		.command('singer')
		.description('Be a Singer tap: SCHEMA, RECORD and STATE messages on standard output')
		.option('--config <file>', 'a JSON file with the settings')
		.option('--catalog <file>', 'which streams and fields to write')
		.option('--properties <file>', 'the same, as older tools call it')
		.option('--state <file>', 'the last state that the loader printed')
		.option('--discover', 'print the catalog of all streams and fields', false)
		.addHelpText('after', CONFIG_HELP)
		.action((flags: SingerFlags) => runSinger(flags, answer));
}

async function runSinger(flags: SingerFlags, answer: Answer): Promise<void> {
	const config = readSingerConfig(flags.config);
	if (flags.discover) {
		process.stdout.write(`${JSON.stringify(buildCatalog(config.detail ?? 'request'), null, 2)}\n`);
		return;
	}
	capNewSpace();
	const selection = chooseStreams(flags, config);
	const detail = chooseDetail(config, selection);
	const sink = createSingerSink({
		selection,
		start: readState(
			flags.state === undefined ? {} : readJson('--state', flags.state),
			selection,
			detail,
		),
	});
	const span = readSpan(
		{ name: 'start_date', text: config.start_date },
		{ name: 'end_date', text: config.end_date },
	);
	const isAll = config.users === 'all';
	const users = readUserChoice(
		config.users === 'all' ? [] : (config.users ?? []),
		undefined,
		isAll,
	);
	const { allow_hosts: allowHosts, concurrency } = config;
	const clientFlags = { config: flags.config, allowHosts, concurrency };
	await withClient(clientFlags, answer, async (tools) => {
		const summary = await performExport(tools, {
			sink,
			streams: streamsOf(selection),
			users,
			detail,
			span,
			concurrency,
			...(config.skip_after === undefined ? {} : { skipAfter: config.skip_after }),
			rereadOpenHours: config.reread_open,
		});
		answer.give(describeSummary(summary, sink));
		process.exitCode = exitCodeOf(summary.status, tools.signals.received());
	});
}

/** Without a catalog: what --discover selects for the chosen detail. */
function chooseStreams({ catalog, properties }: SingerFlags, { detail }: SingerConfig): Selection {
	const file = catalog ?? properties;
	if (file !== undefined)
		return readSelection(readJson(catalog === undefined ? '--properties' : '--catalog', file));
	return readSelection(buildCatalog(detail ?? 'request'));
}

/** What has to be read for the selected streams of Singer. */
function streamsOf(selection: Selection): StreamName[] {
	const chosen = [...selection.keys()].map((name) => {
		const table = findTable(name);
		return table && streamOf(table);
	});
	return streamNames.filter((stream) => chosen.includes(stream));
}

/**
 * Children cost calls, so they are read only for somebody.
 * @throws {ConfigurationError} where nothing is selected, or what the asked detail does not have.
 */
function chooseDetail({ detail }: SingerConfig, selection: Selection): Detail {
	if (selection.size === 0) {
		throw new ConfigurationError('CATALOG_EMPTY', 'The catalog selects no stream.', {
			advice: 'Set "selected": true in the metadata of a stream, with the breadcrumb [].',
		});
	}
	const child = [...selection.keys()].find((name) => findTable(name)?.parent !== undefined);
	if (child === undefined) return detail ?? 'request';
	if (detail === undefined || detail === 'full') return 'full';
	throw new ConfigurationError(
		'CATALOG_NEEDS_DETAIL',
		`The catalog selects ${child}, which detail "${detail}" does not read.`,
		{ advice: 'Set detail to "full", or leave it out.' },
	);
}
