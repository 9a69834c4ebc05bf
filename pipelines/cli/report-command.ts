import { type Command } from 'commander';
import { buildReport } from '../report/build-report';
import { countRequests } from '../report/count-requests';
import { checkReportPath, writeReport } from '../report/write-report';
import { createSink } from '../sinks/create-sink';
import { missingTarget } from './missing-target';
import type { Answer } from './output/answer';

interface ReportFlags {
	readonly to: string;
	readonly out: string;
}

const STANDARD_OUTPUT = '-';

export function addReportCommand(program: Command, answer: Answer): void {
	program
		.command('report')
		.description('Write one page with charts on what a target holds and how its runs went')
		.requiredOption(
			'--to <target>',
			'csv:DIR, parquet:DIR, sqlite:FILE or postgres://USER@HOST/DATABASE?schema=NAME',
		)
		.requiredOption('--out <file>', 'the HTML file to write; - is the standard output')
		.action((flags: ReportFlags) => reportCommand(flags, answer));
}

async function reportCommand({ to, out }: ReportFlags, answer: Answer): Promise<void> {
	if (out !== STANDARD_OUTPUT) checkReportPath(out);
	const sink = createSink(to);
	const inspection = await sink.inspect();
	if (!inspection) throw missingTarget(sink);
	const page = buildReport({
		target: sink.target,
		appendOnly: sink.appendOnly,
		generatedAt: new Date(),
		inspection,
		requests: await countRequests(to),
	});
	if (out === STANDARD_OUTPUT) {
		process.stdout.write(page);
		return;
	}
	await writeReport(out, page);
	answer.give([`Wrote a report on ${sink.target} to ${out}`]);
}
