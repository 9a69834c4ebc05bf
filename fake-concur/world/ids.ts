import { mix } from '../random';

/** What an id stands for. */
export const idKinds = {
	request: 1,
	expense: 2,
	allocation: 3,
	leg: 4,
	cashAdvance: 5,
	listItem: 6,
	proposal: 7,
} as const;

/** The name of a kind of id. */
export type IdKind = keyof typeof idKinds;

const multiplier = 0x9e3779b1;
const inverse = invert(multiplier);

/** Ids of 32 hex digits that can be decoded, so that a million requests need no id table. */
export class Ids {
	/** Ids of a world with this seed. */
	constructor(private readonly seed: number) {}

	/** The id of a thing: the request's index and, for children, their number within it. */
	encode(kind: IdKind, index: number, ordinal = 0): string {
		const first = Math.imul(index ^ mix(this.seed, 77), multiplier) >>> 0;
		const second = ((idKinds[kind] << 24) | ordinal) ^ mix(this.seed, first);
		return this.words(first, second >>> 0);
	}

	/** The request index and the child's number behind an id of that kind, or undefined. */
	decode(kind: IdKind, id: string): { index: number; ordinal: number } | undefined {
		if (!isId(id)) return undefined;
		const first = Number.parseInt(id.slice(0, 8), 16);
		const second = Number.parseInt(id.slice(8, 16), 16);
		if (this.words(first, second) !== id.toUpperCase()) return undefined;
		const plain = (second ^ mix(this.seed, first)) >>> 0;
		if (plain >>> 24 !== idKinds[kind]) return undefined;
		const index = (Math.imul(first, inverse) ^ mix(this.seed, 77)) >>> 0;
		return { index, ordinal: plain & 0xffffff };
	}

	private words(first: number, second: number): string {
		// Second goes in first: it contains mix(seed, first), which would cancel out the other way round.
		const third = mix(second, first, this.seed, 3);
		const fourth = mix(second, first, this.seed, 4);
		return [first, second, third, fourth].map(hexWord).join('');
	}
}

/** True for 32 hex digits, with or without the dashes of a UUID. */
export function isId(text: string): boolean {
	return /^[0-9a-f]{32}$/i.test(text);
}

/** True for an RFC 4122 UUID. */
export function isUuid(text: string): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function hexWord(word: number): string {
	return word.toString(16).toUpperCase().padStart(8, '0');
}

/** The inverse of an odd number modulo 2^32 (Newton's iteration). */
function invert(odd: number): number {
	let x = odd;
	for (let i = 0; i < 5; i++) x = Math.imul(x, 2 - Math.imul(odd, x));
	return x >>> 0;
}
