import Ajv, { type ValidateFunction } from 'ajv';
import { z } from 'zod';

export type SingerRecord = Record<string, string | number | boolean | null>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const BOOKMARK = z.object({ sequence: z.number(), partitions: z.array(z.unknown()) }).passthrough();

const MESSAGE = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('SCHEMA'),
		stream: z.string(),
		schema: z.object({ properties: z.record(z.unknown()) }).passthrough(),
		key_properties: z.array(z.string()).min(1),
	}),
	z.object({
		type: z.literal('RECORD'),
		stream: z.string(),
		record: z.unknown(),
		time_extracted: z.string().regex(INSTANT),
	}),
	z.object({ type: z.literal('STATE'), value: z.object({ bookmarks: z.record(BOOKMARK) }) }),
]);

interface Stream {
	readonly keys: readonly string[];
	readonly properties: readonly string[];
	readonly validate: ValidateFunction<SingerRecord>;
}

const ajv = new Ajv({ allErrors: true, strictTypes: false });
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
ajv.addFormat('date-time', INSTANT);

/** A loader as the Singer specification describes it: upserts by key, and keeps the last STATE. */
export class SingerLoader {
	readonly streams = new Map<string, Stream>();
	readonly tables = new Map<string, Map<string, SingerRecord>>();
	state: { bookmarks: Record<string, z.infer<typeof BOOKMARK>> } = { bookmarks: {} };
	states = 0;
	#pending: Array<() => void> = [];

	/**
	 * Reads a tap's whole output. Rows are stored when a STATE follows them.
	 * @param ended false where the tap was killed: its last line may be cut, and what no STATE has
	 * followed is lost, as by a loader that dies too.
	 */
	read(output: string, ended = true): this {
		this.streams.clear();
		this.#pending = [];
		const lines = output.split('\n');
		const rest = lines.pop();
		if (ended && rest !== '') throw new Error('the last line does not end');
		for (const line of lines) this.#take(line);
		if (ended && this.#pending.length > 0) throw new Error('records without a STATE after them');
		return this;
	}

	rows(stream: string): SingerRecord[] {
		return [...(this.tables.get(stream)?.values() ?? [])];
	}

	#take(line: string): void {
		const message = MESSAGE.parse(JSON.parse(line));
		if (message.type === 'SCHEMA') {
			const properties = Object.keys(message.schema.properties);
			if (!message.key_properties.every((key) => properties.includes(key)))
				throw new Error(`${message.stream} lacks a key`);
			this.streams.set(message.stream, {
				keys: message.key_properties,
				properties,
				validate: ajv.compile<SingerRecord>(message.schema),
			});
		} else if (message.type === 'RECORD') {
			this.#keep(message.stream, message.record);
		} else {
			for (const store of this.#pending.splice(0)) store();
			this.state = message.value;
			this.states++;
		}
	}

	#keep(name: string, record: unknown): void {
		const stream = this.streams.get(name);
		if (!stream) throw new Error(`a record of ${name} before its schema`);
		if (!stream.validate(record)) throw new Error(ajv.errorsText(stream.validate.errors));
		const key = JSON.stringify(stream.keys.map((property) => record[property]));
		this.#pending.push(() => {
			let table = this.tables.get(name);
			if (!table) this.tables.set(name, (table = new Map()));
			table.set(key, { ...table.get(key), ...record });
		});
	}
}
