import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { runExport } from '../../pipelines/run/run-export';
import type { RunSummary } from '../../pipelines/run/summary';
import { createSink } from '../../pipelines/sinks/create-sink';
import { rootTableOf } from '../../pipelines/tables/catalog';
import { serve, testClient, type Answer } from '../concur/serve';
import { readCsv, readSqlite, type TargetRow } from '../support/read-target';
import { makeWorkspace } from '../support/workspace';

export const targetKinds = ['sqlite', 'csv'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** What a plain server answers; another window or page of the list has nothing. */
export interface Answers {
	readonly list?: Answer;
	/** For every detail; without it thin rows are exported. */
	readonly detail?: Answer;
	readonly token?: Answer;
	/** The queue of connection requests; with it nothing else is exported. */
	readonly queue?: Answer;
}

/** What one export of it comes to. */
export interface Outcome {
	readonly summary: RunSummary;
	readonly rows: readonly TargetRow[];
}

const LIST = '/travelrequest/v4/requests';
/** The second in which all records were modified, for whoever filters by it. */
const MODIFIED_AT = '2024-02-19T15:52:24Z';
const QUEUE = '/common/connectionrequests';

/** An answer of the corpus, byte by byte. */
export function readAnswer(file: string): string {
	return readFileSync(join(__dirname, file), 'utf8');
}

/** What a file says it is. */
export function typeOf(file: string): string {
	const types: Readonly<Record<string, string>> = {
		'.html': 'text/html',
		'.json': 'application/json',
		'.txt': 'text/plain',
		'.xml': 'application/xml',
	};
	return types[extname(file)] ?? '';
}

/** Sends a text as it is. */
export function send(text: string, status = 200, type = 'application/json'): Answer {
	return (response) => {
		response.writeHead(status, { 'content-type': type });
		response.end(text);
	};
}

/** A list of one thin record. */
export function listOf(id: string): Answer {
	return send(JSON.stringify({ data: [{ id }] }));
}

/** Exports once from a server that gives these answers. */
export async function exportFrom(kind: TargetKind, answers: Answers): Promise<Outcome> {
	const nothing = send('{"data":[]}');
	const server = await serve((response, call) => {
		const isFurther = Number(call.query.get('start')) > 0 || !isInWindow(call.query);
		const isQueue = call.path.endsWith(QUEUE);
		const first = isQueue ? answers.queue : answers.list;
		const isList = isQueue || call.path === LIST;
		((isList ? (isFurther ? nothing : first) : answers.detail) ?? nothing)(response, call);
	}, answers.token);
	const path = join(makeWorkspace('corpus'), 'target');
	const stream = answers.queue ? 'connection-requests' : 'travel-requests';
	const client = testClient(server);
	try {
		const summary = await runExport({
			client,
			sink: createSink(`${kind}:${path}`),
			users: justTheToken(),
			streams: [stream],
			detail: answers.detail ? 'request' : 'list',
		});
		const table = rootTableOf(stream).name;
		const rows = kind === 'sqlite' ? readSqlite(path, table) : readCsv(path, table);
		return { summary, rows };
	} finally {
		await client.close();
		await server.close();
	}
}

/** Whether a list asks for the second in which the answer's records were modified. */
function isInWindow(query: URLSearchParams): boolean {
	const after = query.get('modifiedAfter') ?? '';
	const before = query.get('modifiedBefore') ?? '9999';
	return after <= MODIFIED_AT && MODIFIED_AT <= before;
}

async function* justTheToken(): AsyncGenerator<string> {
	yield '';
}

/** A cell as a kind of target keeps it. */
export function store(
	kind: TargetKind,
	cell: string | number | boolean | null,
): string | number | null {
	if (kind === 'csv') return cell === null ? '' : String(cell);
	return typeof cell === 'boolean' ? Number(cell) : cell;
}
