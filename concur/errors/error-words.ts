import { isJsonObject, type JsonObject } from '../json';

/** What an error body says. */
export interface ErrorWords {
	/** `missingRequiredParam`, `108`, `security.rate.limit.reached`, … */
	readonly concurCode: string | undefined;
	/** All its sentences, each once. */
	readonly message: string | undefined;
	/** The v3 family names its correlation id in the body. */
	readonly correlationId: string | undefined;
}

// The names that words have in the forms which error-body.ts lists; capitals do not count.
const MESSAGES =
	'errormessage error_description message title detail faultstring description reason'.split(' ');
const CODES = 'errorcode code scimtype'.split(' ');
const FIELDS = 'field fieldname property parameter attribute schemapath source'.split(' ');
/** Members that hold one sentence for each field: `{"errors":{"name":["is missing"]}}`. */
const BY_FIELD = new Set(['errors', 'validationerrors', 'fielderrors', 'modelstate']);

/** SCIM names its schemas; no error is told in there. */
const NO_WORDS = 'schemas';

const DEEPEST = 8;
const MOST_SENTENCES = 20;

/** Walks through the whole of a JSON body, so that no form it may have loses its words. */
export function readErrorWords(body: unknown): ErrorWords {
	const walk = new ErrorWalk();
	walk.visit(body, '', 0);
	return {
		concurCode: walk.code ?? walk.kind,
		message: walk.sentences.size === 0 ? undefined : [...walk.sentences].join('; '),
		correlationId: walk.correlationId,
	};
}

class ErrorWalk {
	code: string | undefined;
	/** OAuth2's `error`, less telling than its `code`. */
	kind: string | undefined;
	correlationId: string | undefined;
	readonly sentences = new Set<string>();

	/** @param name of the member that holds the value. */
	visit(value: unknown, name: string, depth: number): void {
		if (depth > DEEPEST || name === NO_WORDS) return;
		if (typeof value === 'string') this.#say(value);
		else if (Array.isArray(value)) for (const item of value) this.visit(item, name, depth + 1);
		else if (isJsonObject(value)) this.#visitObject(value, name, depth);
	}

	#visitObject(body: JsonObject, name: string, depth: number): void {
		const members = Object.entries(body).map(([key, value]) => [key.toLowerCase(), value] as const);
		const find = (names: readonly string[]) =>
			names.flatMap((wanted) => members.flatMap(([key, value]) => (key === wanted ? [value] : [])));

		// Rate limits: {"error":{"id":"security.rate.limit.reached","message"}}; in the v3 family's
		// {"Error":{"Message","Server-Time","Id"}} Id is the correlation id.
		const isError = name.toLowerCase() === 'error';
		const id = isError ? [body['id']] : [];
		const code = [...find(CODES), ...id].map(toText).find((text) => text !== undefined);
		if (isError) this.correlationId ??= toText(body['Id']);
		const isFirst = this.code === undefined;
		this.code ??= code;

		const field = find(FIELDS)
			.map(toText)
			.find((text) => text !== undefined);
		const words = find(MESSAGES).filter((value) => typeof value === 'string');
		const labels = [isFirst || code === this.code ? undefined : code, field];
		if (words.length === 0 && labels[0] !== undefined) this.#say(labels[0]);
		for (const word of words) this.#say(word, ...labels);

		const isMap = words.length === 0 && code === undefined;
		for (const [key, value] of Object.entries(body)) {
			if (typeof value === 'object') this.#visitMember(value, key, name, depth);
			else if (key.toLowerCase() === 'error' && typeof value === 'string') this.#takeKind(value);
			else if (holdsFields(name) && isMap && typeof value === 'string') this.#say(value, key);
		}
	}

	#visitMember(value: object | null, key: string, name: string, depth: number): void {
		if (holdsFields(name) && Array.isArray(value)) {
			for (const item of value) {
				if (typeof item === 'string') this.#say(item, key);
				else this.visit(item, key, depth + 1);
			}
		} else this.visit(value, key, depth + 1);
	}

	#takeKind(error: string): void {
		if (/\s/.test(error.trim())) this.#say(error);
		else this.kind ??= toText(error);
	}

	#say(words: string, ...labels: readonly (string | undefined)[]): void {
		const text = words.trim();
		if (text === '' || this.sentences.size >= MOST_SENTENCES) return;
		const before = labels.filter((label) => label !== undefined && !text.startsWith(label));
		this.sentences.add([...before, text].join(': '));
	}
}

function holdsFields(name: string): boolean {
	return BY_FIELD.has(name.toLowerCase());
}

function toText(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
