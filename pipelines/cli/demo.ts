import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { startFakeConcur, type FakeConcur } from '../../fake-concur';

const OUTPUT = resolve('demo-output');

/** Says that a folder was made by this demo, and may be made anew by the next. */
const MARKER = join(OUTPUT, '.made-by-the-demo');

const REQUESTS = 3000;
const HOUR_MS = 3_600_000;
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/** Shows a first and an incremental export on a fake Concur, with the real command. */
async function demo(): Promise<void> {
	prepareOutput();
	const fake = await startFakeConcur({
		// Nothing in it is younger than an hour, and its clock shows the time, as Concur's would.
		now: new Date(Date.now() - HOUR_MS),
		requests: REQUESTS,
		documentedExamples: false,
		seed: 2026,
		users: 8,
	});
	try {
		fake.clock.advance(HOUR_MS);
		say(`A fake SAP Concur with ${REQUESTS} travel requests of 8 users is running.\n`);
		say('First export: everything.');
		await exportTo(fake, 'sqlite:concur.db');
		await exportTo(fake, 'csv:csv');

		const edited = changeWorld(fake);
		say('Meanwhile 40 requests have been edited and 15 added.\n');

		say('Second export: only what changed.');
		await exportTo(fake, 'sqlite:concur.db');
		await exportTo(fake, 'csv:csv');

		say('What changed, as SQLite sees it:');
		showChanges(edited);
		showFiles();
	} finally {
		await fake.close();
	}
}

function prepareOutput(): void {
	if (existsSync(OUTPUT) && !existsSync(MARKER))
		throw new Error(`${OUTPUT} exists and is not of this demo: move it away, then run again.`);
	rmSync(OUTPUT, { recursive: true, force: true });
	mkdirSync(OUTPUT);
	writeFileSync(MARKER, '');
}

/** Runs the command as a user would, and shows both. */
async function exportTo(fake: FakeConcur, target: string): Promise<void> {
	const args = ['run', '--to', target];
	say(`$ sap-concur-export ${args.join(' ')}`);
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[join(__dirname, 'main.js'), ...args],
		{
			cwd: OUTPUT,
			env: {
				SAP_CONCUR_BASE_URL: fake.baseUrl,
				SAP_CONCUR_CLIENT_ID: fake.credentials.clientId,
				SAP_CONCUR_CLIENT_SECRET: fake.credentials.clientSecret,
			},
		},
	);
	say(stdout);
}

function changeWorld(fake: FakeConcur): string {
	const [first = ''] = fake.world.requests();
	fake.world.edit(first, { name: 'Sales kick-off in Lisbon', businessPurpose: '=1+1, "quoted"' });
	fake.world.schedule({ edits: 39, creates: 15, deletes: 0 });
	return first;
}

function showChanges(edited: string): void {
	const database = new DatabaseSync(join(OUTPUT, 'concur.db'), { readOnly: true });
	try {
		const runs = database
			.prepare('SELECT _run_id AS run, count(*) AS rows FROM travel_requests GROUP BY 1 ORDER BY 1')
			.all();
		for (const { run, rows } of runs)
			say(`  ${String(rows)} requests last written by run ${String(run)}`);
		const row = database
			.prepare('SELECT request_id, name, last_modified FROM travel_requests WHERE id = ?')
			.get(edited);
		say(`  for example ${JSON.stringify(row)}\n`);
	} finally {
		database.close();
	}
}

function showFiles(): void {
	say('The files:');
	const files = readdirSync(OUTPUT, { recursive: true, withFileTypes: true });
	for (const file of files.filter(({ name }) => /\.(db|csv|json)$/.test(name)))
		say(`  ${relative(process.cwd(), join(file.parentPath, file.name))}`);
}

void demo();
