import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, type Benchmark, type Result } from './benchmarks/benchmark';
import { concurrency } from './benchmarks/concurrency';
import { postgresLoad, sqliteLoad } from './benchmarks/loads';
import { memory } from './benchmarks/memory';
import { nothingNew } from './benchmarks/nothing-new';
import { thinCsv } from './benchmarks/thin-csv';

const benchmarks: Readonly<Record<string, Benchmark>> = {
	thinCsv,
	memory,
	concurrency,
	nothingNew,
	postgresLoad,
	sqliteLoad,
};

/** Compiled to build/bench/bench, beside the README's folder in the sources. */
const README = join(__dirname, '../../../bench/README.md');
const MARK = '<!-- the last table -->';

/** `npm run bench [-- NAME… --rounds N --shrink N --write]` */
async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			rounds: { type: 'string', default: '5' },
			shrink: { type: 'string', default: '1' },
			write: { type: 'boolean', default: false },
		},
	});
	const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
	const results: Result[] = [];
	for (const name of names) {
		const benchmark = benchmarks[name];
		if (!benchmark) throw new Error(`there is no benchmark ${name}`);
		const directory = mkdtempSync(join(tmpdir(), 'bench-'));
		try {
			const rounds = Number(values.rounds);
			const result = await benchmark({ directory, rounds, shrink: Number(values.shrink) });
			results.push(result);
			print(`${name}: ${describe(result)} (${result.detail})`);
		} finally {
			rmSync(directory, { recursive: true, force: true });
		}
	}
	const table = writeTable(results);
	print(`\n${table}`);
	if (values.write) keepTable(table);
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

/** What was seen, in the words of the table. */
function judge({ figures, format, isMet }: Result) {
	const middle = median(figures);
	return {
		middle: format(middle),
		range: `${format(Math.min(...figures))} to ${format(Math.max(...figures))}`,
		verdict: isMet(middle) ? 'met' : 'missed',
	};
}

function describe(result: Result): string {
	const { middle, range, verdict } = judge(result);
	return `${middle}, ${range}; ${result.target} ${verdict}`;
}

function writeTable(results: readonly Result[]): string {
	const lines = results.map((result) => {
		const { middle, range, verdict } = judge(result);
		return `| ${result.measure} | ${result.target} | **${middle}** (${range}) | ${verdict} | ${result.detail} |`;
	});
	return [
		'| measure | target | median (range) | | the last round |',
		'| --- | --- | --- | --- | --- |',
		...lines,
		'',
		`Node ${process.version}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`,
	].join('\n');
}

function keepTable(table: string): void {
	const [text] = readFileSync(README, 'utf8').split(MARK);
	writeFileSync(README, `${text}${MARK}\n\n${table}\n`);
}

void main();
