import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { exactNumber } from './exact-json';

type Container = { readonly kind: 'array'; readonly value: unknown[] } | ObjectContainer;
interface ObjectContainer {
	readonly kind: 'object';
	readonly value: Record<string, unknown>;
	key: string;
}

export interface AssemblerLimits {
	/** Most items in a list: the top array, or an array directly under the top object. */
	readonly maxItems: number;
	readonly onTooMany: () => Error;
}

/**
 * Builds a JSON value from pieces of text as they arrive, with stream-json's tokenizer; numbers
 * lose no digit. `push` and `end` throw on text that is not JSON.
 */
export class JsonAssembler {
	// Packed tokens only: keys, strings and numbers as single tokens cost half.
	readonly #tokenize = jsonParser({ streamValues: false });
	readonly #stack: Container[] = [];
	#root: unknown;
	#complete = false;

	constructor(private readonly limits: AssemblerLimits) {}

	push(text: string): void {
		if (text === '') return;
		const tokens = this.#tokenize(text);
		if (typeof tokens === 'symbol') return;
		for (const token of tokens.values) this.#consume(token);
	}

	/** The whole value; throws when the text ended too early. */
	end(): unknown {
		// White space closes a number that would otherwise wait for more digits.
		this.push('\n');
		if (!this.#complete) throw new Error('The JSON text ends too early.');
		return this.#root;
	}

	#consume(token: Token): void {
		switch (token.name) {
			case 'startObject':
				this.#stack.push({ kind: 'object', value: {}, key: '' });
				return;
			case 'startArray':
				this.#stack.push({ kind: 'array', value: [] });
				return;
			case 'endObject':
			case 'endArray':
				this.#add(this.#stack.pop()?.value);
				return;
			case 'keyValue': {
				const top = this.#stack.at(-1);
				if (top?.kind === 'object') top.key = token.value;
				return;
			}
			case 'numberValue':
				this.#add(exactNumber(token.value));
				return;
			case 'stringValue':
			case 'nullValue':
			case 'trueValue':
			case 'falseValue':
				this.#add(token.value);
		}
	}

	#add(value: unknown): void {
		const top = this.#stack.at(-1);
		if (top === undefined) {
			this.#root = value;
			this.#complete = true;
		} else if (top.kind === 'object') {
			setOwn(top.value, top.key, value);
		} else {
			top.value.push(value);
			if (this.#stack.length <= 2 && top.value.length > this.limits.maxItems) {
				throw this.limits.onTooMany();
			}
		}
	}
}

/** As JSON.parse does: a `__proto__` member is data, not a prototype. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
	if (key !== '__proto__') target[key] = value;
	else {
		Object.defineProperty(target, key, {
			value,
			writable: true,
			enumerable: true,
			configurable: true,
		});
	}
}
