import fc from 'fast-check';
import { oneLine, printable, printableJson } from '../../../pipelines/terminal/printable';

/** By number, as these characters cannot be seen in an editor either. */
const of = (...codes: number[]): string => String.fromCodePoint(...codes);

describe('What a terminal prints', () => {
	it.each([
		['an escape sequence', `${of(0x1b)}[2J`, ' [2J'],
		['the same in one character', `${of(0x9b)}2J`, ' 2J'],
		['a link of OSC 8', `${of(0x1b)}]8;;http://x${of(0x07)}`, ' ]8;;http://x '],
		['a line that is overwritten', 'good\r\nbad', 'good bad'],
		[
			'a text that is turned around',
			`a${of(0x202e)}b${of(0x2066)}c${of(0x200f)}d${of(0x061c)}e`,
			'a b c d e',
		],
		['what takes no room', `a${of(0x200b)}b${of(0xfeff)}c${of(0xe0041)}d`, 'a b c d'],
		['separators', `a${of(0x2028)}b${of(0x2029)}c`, 'a b c'],
		['delete', `a${of(0x7f)}b`, 'a b'],
		['people', 'Zoë Ångström 李小龍 👍 “so”', 'Zoë Ångström 李小龍 👍 “so”'],
	])('%s', (_name, text, shown) => {
		expect(printable(text)).toBe(shown);
		expect(oneLine(` ${text} `)).toBe(shown.trim());
	});

	it('means the same as JSON, whatever it is, and has only what can be seen', () => {
		const nasty = fc.array(
			fc.oneof(
				fc.string({ unit: 'binary' }),
				fc.constantFrom(0x7f, 0x9b, 0x202e, 0x2028, 0x200b, 0xe0041, 0x1b).map((code) => of(code)),
			),
		);
		fc.assert(
			fc.property(nasty, (texts) => {
				const line = printableJson(JSON.stringify({ texts }));
				expect(JSON.parse(line)).toEqual({ texts });
				expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
			}),
		);
	});
});
