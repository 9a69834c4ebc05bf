import { writeDigits } from '../../../pipelines/tables/decimals';

test.each([
	['1e999999', undefined],
	['1e-20000', undefined],
	['9'.repeat(200_000), undefined],
	[`0.${'1'.repeat(20_000)}`, undefined],
	['1e500', '1e500'],
	['9'.repeat(500), '9'.repeat(500)],
])('a number beyond what PostgreSQL holds is none: %#', (text, digits) => {
	expect(writeDigits(text)).toBe(digits);
});
