import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { findSecrets } from '../support/find-secrets';
import { createTextFinder } from '../support/find-texts';

// The search itself runs after the last test, over everything that the tests wrote.
describe('The search for leaked secrets', () => {
	it('finds one in a plain, a gzipped and a zstd file, and in a binary one', () => {
		const folder = mkdtempSync(join(tmpdir(), 'find-secrets-'));
		const text = 'before hush-hush-42 after';
		writeFileSync(join(folder, 'plain.log'), text);
		writeFileSync(join(folder, 'rows.csv.gz'), gzipSync(text));
		writeFileSync(join(folder, 'rows.csv.zst'), zstdCompressSync(text));
		writeFileSync(
			join(folder, 'target.db'),
			Buffer.concat([Buffer.from([0, 255]), Buffer.from(text)]),
		);
		writeFileSync(join(folder, 'innocent.log'), 'hush');
		writeFileSync(join(folder, 'the-list.txt'), 'hush-hush-42');
		const found = findSecrets(folder, ['hush-hush-42'], 'the-list.txt');
		expect(found.map(({ file }) => file.slice(folder.length + 1)).sort()).toEqual([
			'plain.log',
			'rows.csv.gz',
			'rows.csv.zst',
			'target.db',
		]);
	});

	it('finds every text that a plain search finds, wherever it stands', () => {
		const letters = fc.stringMatching(/^[ab-]{8,12}$/);
		fc.assert(
			fc.property(
				fc.uniqueArray(letters, { maxLength: 40 }),
				fc.array(fc.oneof(letters, fc.string({ maxLength: 3 })), { maxLength: 30 }),
				(texts, pieces) => {
					const haystack = Buffer.from(pieces.join(''));
					const expected = texts.filter((text) => haystack.includes(text));
					expect(createTextFinder(texts)(haystack).sort()).toEqual(expected.sort());
				},
			),
		);
	});
});
