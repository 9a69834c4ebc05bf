import { parseExactJson } from './exact-json';
import { BadBodyError, BodyTooLargeError, WebPageError } from './errors';
import { JsonAssembler } from './json-assembler';
import type { TransportResponse } from './transport';

export interface BodyLimits {
	/** Bodies up to this many bytes are collected and parsed in one go; 4 MiB unless told. */
	readonly parseLimit: number;
	/** Bodies beyond this are refused with `CONCUR_BODY_TOO_LARGE`; 32 MiB unless told. */
	readonly maxBytes: number;
	/**
	 * For lists: how many items were asked for. It guards bodies beyond `parseLimit` only, where
	 * more items than asked for end the reading at once.
	 */
	readonly maxItems?: number;
	/** Reads a body of up to `parseLimit` that is no JSON; undefined where it cannot. */
	readonly readOther?: (text: string) => unknown;
}

export const defaultBodyLimits: BodyLimits = {
	parseLimit: 4 * 1024 * 1024,
	maxBytes: 32 * 1024 * 1024,
};

export interface JsonBody {
	/** Undefined for an empty body. Numbers that a double cannot hold are kept raw. */
	readonly value: unknown;
	/** Bytes of the body. */
	readonly bytes: number;
}

/** What an error about the body may say. */
export interface BodyContext {
	readonly call: string;
	readonly correlationId: string;
}

/**
 * Reads an answer as JSON in bounded memory.
 * @throws {BadBodyError} cut short or not JSON; worth a repetition. {@link WebPageError} a web page.
 * @throws {BodyTooLargeError} past `maxBytes`, or more items than asked for.
 */
export async function readJson(
	response: TransportResponse,
	limits: BodyLimits,
	context: BodyContext,
): Promise<JsonBody> {
	const reader = new BodyReader(limits, context, response.headers['content-type'] ?? '');
	for await (const chunk of response.body) reader.take(chunk);
	reader.checkLength(response.headers['content-length']);
	return { value: reader.finish(), bytes: reader.bytes };
}

/** The first `maxBytes` of a body as text: enough of an error page to say what it is. */
export async function readTextStart(
	response: TransportResponse,
	maxBytes: number,
): Promise<string> {
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of response.body) {
		chunks.push(chunk);
		bytes += chunk.byteLength;
		if (bytes >= maxBytes) break;
	}
	return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, maxBytes));
}

class BodyReader {
	bytes = 0;
	/** Decoded as it comes, so that no chunk's memory is held until the end. */
	#text = '';
	#assembler: JsonAssembler | undefined;
	readonly #decoder = new TextDecoder('utf-8', { fatal: true });

	constructor(
		private readonly limits: BodyLimits,
		private readonly context: BodyContext,
		private readonly contentType: string,
	) {}

	take(chunk: Uint8Array): void {
		this.bytes += chunk.byteLength;
		if (this.bytes > this.limits.maxBytes) throw this.#tooManyBytes();
		this.#orBad(() => {
			const text = this.#decoder.decode(chunk, { stream: true });
			if (this.#assembler) this.#assembler.push(text);
			else this.#text += text;
			if (!this.#assembler && this.bytes > this.limits.parseLimit) this.#startAssembling();
		});
	}

	checkLength(header: string | undefined): void {
		const announced = header === undefined ? Number.NaN : Number(header);
		if (Number.isSafeInteger(announced) && announced !== this.bytes) {
			throw this.#bad('is not as long as announced');
		}
	}

	finish(): unknown {
		if (this.bytes === 0) return undefined;
		const assembler = this.#assembler;
		return this.#orBad(() => {
			// The fatal decoder drops a byte-order mark and refuses what is not UTF-8.
			const rest = this.#decoder.decode();
			if (!assembler) return this.#parse(this.#text + rest);
			assembler.push(rest);
			return assembler.end();
		});
	}

	#parse(text: string): unknown {
		return this.limits.readOther?.(text) ?? parseExactJson(text);
	}

	#startAssembling(): void {
		const assembler = new JsonAssembler({
			maxItems: this.limits.maxItems ?? Number.POSITIVE_INFINITY,
			onTooMany: () => this.#tooManyItems(),
		});
		this.#assembler = assembler;
		assembler.push(this.#text);
		this.#text = '';
	}

	// A parser's own message quotes the body, so it is neither shown nor kept as the cause.
	#orBad<T>(work: () => T): T {
		try {
			return work();
		} catch (error) {
			if (error instanceof BodyTooLargeError) throw error;
			throw this.#isWebPage() ? this.#webPage() : this.#bad('is not sound JSON');
		}
	}

	#isWebPage(): boolean {
		return /html/i.test(this.contentType) || /^\s*<(?:!doctype html|html)\b/i.test(this.#text);
	}

	#webPage(): WebPageError {
		const message = `The answer to ${this.context.call} is a web page where JSON is due: a login page or a proxy has answered in Concur's place.`;
		return new WebPageError('CONCUR_BAD_BODY', message, {
			correlationId: this.context.correlationId,
			advice:
				'Check that the base address is an API host, and let the proxy of your network pass calls to it.',
		});
	}

	#bad(what: string): BadBodyError {
		const message = `The answer to ${this.context.call} ${what}.`;
		return new BadBodyError('CONCUR_BAD_BODY', message, {
			correlationId: this.context.correlationId,
			advice: 'Check that the base address is an API host and that no proxy alters the answers.',
		});
	}

	#tooManyBytes(): BodyTooLargeError {
		const most = Math.floor(this.limits.maxBytes / 1024 / 1024);
		return this.#tooLarge(`is larger than ${most} MiB`);
	}

	#tooManyItems(): BodyTooLargeError {
		return this.#tooLarge(`holds more than the ${this.limits.maxItems} items asked for`);
	}

	#tooLarge(what: string): BodyTooLargeError {
		const message = `The answer to ${this.context.call} ${what}.`;
		return new BodyTooLargeError('CONCUR_BODY_TOO_LARGE', message, {
			correlationId: this.context.correlationId,
			advice: 'Ask for fewer items at once, or raise the size limit if the answer is genuine.',
		});
	}
}
