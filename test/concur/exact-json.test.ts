import fc from 'fast-check';
import { exactNumber, isRawNumber, parseExactJson } from '../../concur/exact-json';
import { JsonAssembler } from '../../concur/json-assembler';

function assemble(text: string, size = 3): unknown {
	const assembler = new JsonAssembler({ maxItems: Infinity, onTooMany: () => new Error('many') });
	for (let at = 0; at < text.length; at += size) assembler.push(text.slice(at, at + size));
	return assembler.end();
}

test.each([
	['0', false],
	['-0', false],
	['1.10', false],
	['123456789012.34', false],
	['0.30000000000000004', false],
	['9007199254740993', true],
	['12345678901234567890', true],
	['12345678901234.12345678', true],
	['0.1234567890123456789', true],
	['100000000000000000000', false],
	['1e3', false],
	['1E-7', false],
	['1e400', true],
	['-1e400', true],
	['1e-400', true],
	['0e400', false],
	['0.000000000000000000001', false],
])('%s is kept raw: %s, by both ways of reading', (source, raw) => {
	const text = `{"value": ${source}, "list":[${source}]}`;
	for (const parsed of [parseExactJson(text), assemble(text)]) {
		expect(JSON.stringify(parsed)).toBe(
			raw ? `{"value":${source},"list":[${source}]}` : JSON.stringify(JSON.parse(text)),
		);
	}
	expect(isRawNumber(exactNumber(source))).toBe(raw);
	expect(isRawNumber(parseExactJson(source))).toBe(raw);
});

test('digits inside strings are left alone', () => {
	const text = '{"id":"CED5E9CD8FC1424488F9331ACF956E73","note":"see: 12345678901234567890"}';
	expect(parseExactJson(text)).toEqual(JSON.parse(text));
});

test('long numbers between any strings are kept, and what looks like one in a string is left alone', () => {
	const number = fc.constantFrom('12345678901234567890', '0.1', '1e400', '-9007199254740993.5');
	const awkward = fc.constantFrom('\\\\', '"', '\\"', '#', ':[12345678901234567890,', '\\":1e400}');
	const string = fc.array(fc.oneof(awkward, fc.string()), { maxLength: 4 });
	const value = fc.oneof(
		number,
		string.map((parts) => JSON.stringify(parts.join(''))),
	);
	fc.assert(
		fc.property(fc.array(value, { minLength: 1 }), (values) => {
			// Plain names: V8 13.6 mixes up names of members that differ in escaped characters only.
			const members = values.map((text, index) => `"k${index}":${text}`);
			const text = `{${members.join(',')},"list":[${values.join(',')}]}`;
			expect(JSON.stringify(parseExactJson(text))).toBe(text);
			expect(JSON.stringify(parseExactJson(`[[${text}],${text}]`))).toBe(`[[${text}],${text}]`);
		}),
	);
});

test('no decimal text loses a digit', () => {
	const digits = fc.stringMatching(/^[1-9][0-9]{0,24}$/);
	const number = fc
		.tuple(
			fc.boolean(),
			digits,
			fc.stringMatching(/^[0-9]{0,12}$/),
			fc.integer({ min: -5, max: 5 }),
		)
		.map(([minus, whole, fraction, exponent]) =>
			[minus ? '-' : '', whole, fraction && `.${fraction}`, exponent && `e${exponent}`].join(''),
		);
	fc.assert(
		fc.property(number, (source) => {
			const written = JSON.stringify(parseExactJson(`[${source}]`)).slice(1, -1);
			expect(asFraction(written)).toEqual(asFraction(source));
			expect(JSON.stringify(assemble(`[${source}]`, 5)).slice(1, -1)).toBe(written);
		}),
	);
});

/** A decimal text as numerator times a power of ten, exactly. */
function asFraction(text: string): [bigint, number] {
	const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
	const [whole = '', fraction = ''] = mantissa.split('.');
	let value = BigInt(whole + fraction);
	let scale = Number(exponent) - fraction.length;
	while (value !== 0n && value % 10n === 0n) {
		value /= 10n;
		scale++;
	}
	return [value, scale];
}

test('both ways of reading agree on any JSON', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 40 }), (value, size) => {
			const text = JSON.stringify(value);
			expect(assemble(text, size)).toEqual(JSON.parse(text));
		}),
	);
});

test('a __proto__ member is data', () => {
	const text = '{"__proto__":{"polluted":true}}';
	for (const parsed of [parseExactJson(text), assemble(text)]) {
		expect(JSON.stringify(parsed)).toBe(text);
		expect(parsed).not.toHaveProperty('polluted');
	}
});

test.each(['', '{', '[1,2', '{"a":1', '"abc', 'tru', '[1]]', '{"a" 1}', '<html>', '[1,]'])(
	'%s is refused',
	(text) => {
		expect(() => assemble(text)).toThrow();
	},
);

test.each([
	'[01234567890123456789]',
	'[12345678901234567890 1]',
	'[12345678901234567890"a"]',
	'{"a":12345678901234567890.}',
	'["12345678901234567890]',
])('%s is no JSON because of a long number in it', (text) => {
	expect(() => parseExactJson(text)).toThrow(SyntaxError);
});
