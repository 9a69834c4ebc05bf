import { createSink, parseTarget } from '../../../pipelines/sinks/create-sink';

describe('targets', () => {
	test.each([
		['csv:out', { kind: 'csv', directory: 'out', options: { escapeFormulas: false } }],
		[
			'csv:/data/my out?compress=gz&escape_formulas=true',
			{
				kind: 'csv',
				directory: '/data/my out',
				options: { escapeFormulas: true, compression: 'gz' },
			},
		],
		['sqlite:C:\\data\\x.db', { kind: 'sqlite', file: 'C:\\data\\x.db' }],
		['sqlite:C:/me@home/x.db', { kind: 'sqlite', file: 'C:/me@home/x.db' }],
		['parquet:me@home', { kind: 'parquet', directory: 'me@home', roll: {} }],
	])('%s is understood', (to, target) => {
		expect(parseTarget(to)).toEqual(target);
		expect(createSink(to).target).toBe(to.split('?')[0]);
	});

	test.each([
		['mysql://me:pa55word@host/db', 'TARGET_UNKNOWN', 'mysql:'],
		['me:pa55word@host', 'TARGET_UNKNOWN', 'me:'],
		['/just/a/pa55word/path', 'TARGET_UNKNOWN', 'names no kind'],
		['csv:', 'TARGET_UNKNOWN', 'no place'],
		['csv:out?compress=rar', 'TARGET_OPTION', 'compress'],
		['csv:out?escape_formulas=maybe', 'TARGET_OPTION', 'escape_formulas'],
		['csv:out?zip=1', 'TARGET_OPTION', 'zip'],
		['sqlite:x.db?mode=ro', 'TARGET_OPTION', 'mode'],
		['sqlite:postgres://me:pa55word@host', 'TARGET_UNKNOWN', 'a login'],
		['sqlite://me:pa55word@host/db', 'TARGET_UNKNOWN', 'a login'],
		['csv:me:pa55word@host', 'TARGET_UNKNOWN', 'a login'],
		['csv:me:pa55?word=x@host', 'TARGET_UNKNOWN', 'a login'],
		['csv:s3://pa55word/out', 'TARGET_UNKNOWN', 'a login'],
		['parquet:Server=h;Pwd=pa55word', 'TARGET_UNKNOWN', 'a login'],
		['csv:out?pa55word', 'TARGET_OPTION', 'no option of that name'],
		['singer:me:pa55word', 'TARGET_UNKNOWN', 'not in full'],
	])('%s is refused with what is wrong and what would be right', (to, code, named) => {
		let thrown: unknown;
		try {
			createSink(to);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({ code, message: expect.stringContaining(named) });
		expect(JSON.stringify(thrown) + String(thrown)).not.toContain('pa55word');
	});
});
