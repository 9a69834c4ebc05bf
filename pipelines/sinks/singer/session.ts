import type { Writable } from 'node:stream';
import { findTable, rootTableOf, tablesOf } from '../../tables/catalog';
import { printableJson } from '../../terminal/printable';
import { countsOf } from '../count-rows';
import { PartitionLedger } from '../partition-ledger';
import { makeRunId } from '../run-id';
import type {
	Batch,
	Counts,
	Detail,
	Facts,
	PartitionState,
	SinkSession,
	StreamName,
} from '../sink';
import { TargetWriteError } from '../target-errors';
import { WrittenVersions } from '../written-versions';
import { StreamWriter } from './messages';
import type { Selection } from './selection';
import { writeState, type SingerStart } from './singer-state';

/** How often a STATE is written between records. */
export interface StateRules {
	readonly rows: number;
	readonly ms: number;
}

/** Stands for the version of a record that is gone; no hash looks like it. */
const GONE = 'deleted';

/** A run that writes Singer messages. */
export class SingerSession implements SinkSession {
	readonly runId: string;
	readonly #ledger: PartitionLedger;
	readonly #writers = new Map<string, StreamWriter>();
	/** What is written of each stream that this run or the one before has exported. */
	readonly #fed = new Map<StreamName, Selection>();
	readonly #written = new WrittenVersions();
	#sequence: number;
	#rowsSinceState = 0;
	#stateAt = performance.now();
	#state: 'open' | 'broken' | 'closed' = 'open';

	constructor(
		private readonly target: string,
		private readonly output: Writable,
		private readonly selection: Selection,
		private readonly rules: StateRules,
		start: SingerStart,
	) {
		this.runId = makeRunId(start.lastRunId);
		this.#sequence = start.sequence;
		this.#ledger = new PartitionLedger(start.partitions, start.facts);
		for (const { partition, detail } of start.partitions) this.#feed(partition.stream, detail);
	}

	get partitions(): readonly PartitionState[] {
		return this.#ledger.states;
	}

	get facts(): Facts {
		return this.#ledger.facts;
	}

	async write(batch: Batch): Promise<Counts> {
		const counts: Counts = {};
		let text = this.#writeSchemas(batch) + this.#writeRecords(batch, counts);
		this.#ledger.store(batch);
		for (const { inserted, deleted } of Object.values(counts))
			this.#rowsSinceState += inserted + deleted;
		const { rows, ms } = this.rules;
		if (this.#rowsSinceState >= rows || performance.now() - this.#stateAt >= ms)
			text += this.#writeState();
		await this.#say(text);
		return counts;
	}

	async reset(streams: readonly StreamName[]): Promise<void> {
		this.#ledger.forget(streams);
		await this.#say(this.#writeState());
	}

	async finish(): Promise<void> {
		await this.#say(this.#writeState());
		this.#state = 'closed';
	}

	async abandon(): Promise<void> {
		this.#state = 'closed';
	}

	/** A stream's schema goes before its first record; children are only read in full detail. */
	#writeSchemas({ partition, detail }: Batch): string {
		let text = '';
		for (const [name, chosen] of this.#feed(partition.stream, detail)) {
			const table = findTable(name);
			if (!table || this.#writers.has(name)) continue;
			const writer = new StreamWriter(table, chosen);
			this.#writers.set(name, writer);
			text += writer.writeSchema();
		}
		return text;
	}

	#writeRecords({ partition, records, extractedAt, isShared }: Batch, counts: Counts): string {
		const root = rootTableOf(partition.stream);
		let text = '';
		for (const record of records) {
			const { id, rows, deletedAt } = record;
			if (isShared) {
				const version = deletedAt === undefined ? record.fingerprint : GONE;
				if (this.#written.has(id, version)) {
					if (deletedAt === undefined) countsOf(counts, root.name).unchanged++;
					continue;
				}
				this.#written.set(id, version);
			}
			if (deletedAt !== undefined) {
				const writer = this.#writers.get(root.name);
				text += writer?.writeTombstone(id, extractedAt, this.runId, deletedAt) ?? '';
				if (writer) countsOf(counts, root.name).deleted++;
			}
			for (const row of rows) {
				const writer = this.#writers.get(row.table.name);
				if (!writer) continue;
				text += writer.writeRow(row, extractedAt, this.runId);
				countsOf(counts, row.table.name).inserted++;
			}
		}
		return text;
	}

	#feed(stream: StreamName, detail: Detail): Selection {
		const tables = detail === 'full' ? tablesOf(stream) : [rootTableOf(stream)];
		const names = new Set(tables.map(({ name }) => name));
		const fed = new Map([...this.selection].filter(([name]) => names.has(name)));
		this.#fed.set(stream, fed);
		return fed;
	}

	#writeState(): string {
		this.#sequence++;
		this.#rowsSinceState = 0;
		this.#stateAt = performance.now();
		const state = {
			sequence: this.#sequence,
			runId: this.runId,
			partitions: this.#ledger.states,
			facts: this.#ledger.facts,
		};
		const fed = new Map([...this.#fed.values()].flatMap((selection) => [...selection]));
		return `${JSON.stringify({ type: 'STATE', value: writeState(state, fed) })}\n`;
	}

	/** Returns once the text is handed on: a slow loader slows the reading down. */
	async #say(text: string): Promise<void> {
		if (this.#state !== 'open') throw new RangeError(`the session is ${this.#state}`);
		if (text === '') return;
		try {
			const printed = isTerminal(this.output) ? printableJson(text) : text;
			await new Promise<void>((resolve, reject) => {
				this.output.write(printed, (error) => (error ? reject(error) : resolve()));
			});
		} catch (error) {
			this.#state = 'broken';
			throw new TargetWriteError(this.target, error);
		}
	}
}

/** Somebody looks at the messages, instead of a loader. */
function isTerminal(output: Writable): boolean {
	return 'isTTY' in output && output.isTTY === true;
}
