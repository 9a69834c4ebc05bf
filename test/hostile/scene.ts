import { join } from 'node:path';
import { z } from 'zod';
import type { FakeConcur, FakeConcurOptions } from '../../fake-concur';
import { latestById, readCsv, readSqlite } from '../support/read-target';
import { fakeEnv, runCli } from '../support/run-cli';
import { shiftedClock } from '../support/shifted-clock';
import { startFake } from '../support/start-fake';
import { makeWorkspace } from '../support/workspace';
import { startGateway, type Gateway, type Twist } from './gateway';

/** The targets that every row is run into: one that is searched, and one journal. */
export const targetKinds = ['sqlite', 'csv'] as const;

export type TargetKind = (typeof targetKinds)[number];

export interface Outcome {
	readonly code: number | null;
	/** The line that `--json` prints, parsed. */
	readonly summary: Summary;
	readonly stdout: string;
	readonly stderr: string;
}

const notes = z.array(z.object({ code: z.string(), message: z.string() }).passthrough());

/** What tables ask of a summary; the rest is there too. */
const summarySchema = z
	.object({
		status: z.string(),
		calls: z.number().optional(),
		watermark: z.string().nullish(),
		deadLetters: z.number().optional(),
		windows: z.object({ closed: z.number(), open: z.number() }).optional(),
		errors: notes.default([]),
		warnings: notes.default([]),
	})
	.passthrough();

export type Summary = z.infer<typeof summarySchema>;

/** A fake behind a gateway, and a target to export into. */
export interface Scene {
	readonly kind: TargetKind;
	readonly fake: FakeConcur;
	readonly gateway: Gateway;
	/** As `--to` takes it. */
	readonly target: string;
	/** Where the target is. */
	readonly path: string;
	/** From now on the machine that runs the command shows another time than Concur. */
	setLocalClock(aheadMs: number): void;
	/** Runs the compiled command, `run` unless told, with `--json`; pauses between tries take no time. */
	run(args?: readonly string[], command?: string): Promise<Outcome>;
	/** Ids of the requests that the target has, those marked as deleted left out. */
	living(): string[];
	/** Ids of the requests that the target has marked as deleted. */
	deleted(): string[];
	/** Living requests of the world that the target lacks, or has as deleted. */
	missing(): string[];
	/** Rows of a table: in a journal every one that was ever written. */
	rows(table?: string): readonly Readonly<Record<string, string | number | null>>[];
}

export interface SceneOptions {
	readonly world?: FakeConcurOptions;
	readonly twist?: Twist;
	/** Whether the twist sees token calls, too. */
	readonly alsoTokens?: boolean;
}

/** Sets a scene; it ends with the test file. */
export async function setScene(kind: TargetKind, options: SceneOptions = {}): Promise<Scene> {
	const fake = await startFake({ requests: 30, documentedExamples: false, ...options.world });
	const gateway = await startGateway(fake, { alsoTokens: options.alsoTokens ?? false });
	opened.push(gateway);
	gateway.twist(options.twist);
	const path = join(makeWorkspace('hostile'), kind === 'sqlite' ? 'target.db' : 'out');
	const target = `${kind}:${path}`;
	const rows = (table?: string) =>
		kind === 'sqlite' ? readSqlite(path, table) : readCsv(path, table);
	const byDeletion = (isDeleted: boolean): string[] =>
		[...latestById<Record<string, unknown>>(rows())]
			.filter(([, row]) => Boolean(row['_deleted_at']) === isDeleted)
			.map(([id]) => id);
	let aheadMs = 0;
	const localClock = () => shiftedClock(fake.clock.now().getTime() + aheadMs - Date.now());
	return {
		...{ kind, fake, gateway, target, path, rows },
		setLocalClock(ahead) {
			aheadMs = ahead;
		},
		async run(args = [], command = 'run') {
			const { code, stdout, stderr } = await runCli([command, '--to', target, '--json', ...args], {
				env: { ...fakeEnv(fake), ...localClock(), SAP_CONCUR_BASE_URL: gateway.origin },
				nodeArgs: ['--require', join(__dirname, '../support/hasty-timers.cjs')],
			});
			return { code, stdout, stderr, summary: parseSummary(stdout, stderr) };
		},
		living: () => byDeletion(false),
		deleted: () => byDeletion(true),
		missing() {
			const living = new Set(byDeletion(false));
			return fake.world.requests().filter((id) => !living.has(id));
		},
	};
}

const opened: Gateway[] = [];

afterAll(async () => {
	for (const gateway of opened.splice(0)) await gateway.close();
});

function parseSummary(stdout: string, stderr: string): Summary {
	let line: unknown;
	try {
		line = JSON.parse(stdout);
	} catch {
		throw new Error(`The command printed no line of JSON.\nstdout: ${stdout}\nstderr: ${stderr}`);
	}
	return summarySchema.parse(line);
}

/** One line of a table of hostile answers. */
export interface HostileRow extends SceneOptions {
	/** What the server does. */
	readonly server: string;
	/** What must come out. */
	readonly comesOut: string;
	/** Runs the command as often as it takes, and expects it. */
	readonly play: (scene: Scene) => Promise<void>;
}

/** Plays each row into each kind of target. */
export function playTable(name: string, rows: readonly HostileRow[]): void {
	describe.each(targetKinds)(`${name}, into %s`, (kind) => {
		test.each(rows)('$server: $comesOut', async (row) => {
			await row.play(await setScene(kind, row));
		});
	});
}
