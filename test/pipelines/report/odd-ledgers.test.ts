import fc from 'fast-check';
import { findAll, readPage, readTable, type PageNode } from './read-page';
import { HOSTILE, reportOnData, runRecord } from './scene';
import type { ReportData } from '../../../pipelines/report/report-data';

/** A target in which every text that comes from elsewhere is the given one. */
function allOf(text: string): Partial<ReportData> {
	const letter = {
		recordId: text,
		window: { from: 1, to: 2 },
		code: text,
		message: text,
		correlationId: text,
		failedAt: text,
		attempts: 1,
	};
	const counts = { inserted: 1, updated: 2, unchanged: 3, deleted: 4 };
	return {
		target: text,
		inspection: {
			partitions: [
				{
					partition: { stream: 'travel-requests', user: text, view: text },
					detail: 'full',
					coverage: [],
					deadLetters: [letter],
				},
			],
			facts: {},
			runs: [
				runRecord(
					{
						tables: { [`t${text}`]: counts },
						errors: [{ code: text, message: text, correlationId: text, user: text }],
						failures: [text],
						drift: { [`d${text}`]: 1 },
						versions: { package: text, node: text },
					},
					text,
				),
			],
			rows: { [`r${text}`]: 5 },
		},
		requests: [
			{ month: text, status: text, requests: 3 },
			{ month: null, status: null, requests: 2 },
		],
	};
}

/** The elements of a page, its texts left out. */
function skeleton({ name, children }: PageNode): string {
	const within = children.map(skeleton).join('');
	return name === '' ? within : `${name}(${within})`;
}

describe('Texts from elsewhere', () => {
	it('are shown as they are and add no element to the page', () => {
		const { page, text } = reportOnData(allOf(HOSTILE));
		expect(findAll(page, 'script')).toEqual([]);
		expect(findAll(page, 'img')).toEqual([]);
		const [letter] = readTable(page, 'Records that could not be read');
		expect(letter).toMatchObject({ record: HOSTILE, 'what happened': HOSTILE });
		expect(text).not.toContain('<script');
		expect(skeleton(page)).toBe(skeleton(reportOnData(allOf('harmless')).page));
	});

	it('never change what the page is made of', () => {
		const plain = skeleton(reportOnData(allOf('x')).page);
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(
						fc.string({ unit: 'binary' }),
						fc.constantFrom('<', '>', '"', "'", '&', '</style>', '-->', '<!--', '\0', '\ud800'),
					),
				),
				(parts) => {
					const page = reportOnData(allOf(`x${parts.join('')}`)).page;
					expect(skeleton(page)).toBe(plain);
				},
			),
			{ numRuns: 25 },
		);
	});
});

describe('A ledger of another version', () => {
	it('shows what it has, and a dash for what it lacks', () => {
		const counts = { inserted: 65, updated: 0, unchanged: 0, deleted: 0 };
		const { page } = reportOnData({
			inspection: {
				partitions: [],
				rows: { travel_requests: 65 },
				facts: {},
				runs: [
					runRecord({ command: 'reconcile' }, 'bare'),
					runRecord({ calls: 'many', tables: 7, windows: null, errors: [{}], latency: {} }, 'odd'),
					runRecord(
						{
							tables: { travel_requests: counts },
							calls: 66,
							retries: 1,
							throttledMs: 2500,
							windows: { closed: 2, open: 0 },
							watermark: '2026-11-21T09:59:00.000Z',
							deadLetters: 0,
							durationMs: 121,
							drift: {},
							errors: [],
						},
						'first-version',
					),
				],
			},
		});
		const [bare, odd, first] = readTable(page, 'Calls by run');
		for (const row of [bare, odd])
			expect(row).toMatchObject({ calls: '–', 'token calls': '–', retries: '–', median: '–' });
		expect(first).toMatchObject({ calls: '66', 'token calls': '–', throttled: '2.5 s' });
		const runs = readTable(page, 'The runs');
		expect(runs).toMatchObject([
			{ run: 'bare', command: 'reconcile', took: '5.0 s', version: '–', 'lag at its end': '–' },
			{ run: 'odd', command: 'run', took: '5.0 s' },
			{ run: 'first-version', took: '0.1 s', 'lag at its end': '1 min 5 s' },
		]);
	});

	it('may have hundreds of runs: the newest are shown', () => {
		const runs = Array.from({ length: 200 }, (_, index) =>
			runRecord({ calls: index }, `r${index}`),
		);
		const { page } = reportOnData({ inspection: { partitions: [], facts: {}, rows: {}, runs } });
		expect(readTable(page, 'The runs')).toHaveLength(30);
		expect(page.text).toContain('The newest 30 of 200 runs are shown.');
	});
});

describe('A target without a run', () => {
	it('has a page that says so', () => {
		const { page } = reportOnData({});
		expect(page.text).toContain('No run has finished yet.');
		expect(page.text).toContain('There is no travel request in the target.');
		expect(findAll(page, 'svg')).toEqual([]);
	});
});

describe('The reader of pages that these tests use', () => {
	it('would see an element that a text brings', () => {
		expect(findAll(readPage('<p><script>x</script></p>'), 'script')).toHaveLength(1);
	});
});
