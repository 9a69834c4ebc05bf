import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fakeEnv, runCli } from '../support/run-cli';
import { makeWorkspace } from '../support/workspace';
import { playTable, type Scene } from './scene';
import { changeItems, detailOf, isList, json } from './twists';

const ESC = '\u001b';

/** Clears the screen, hides a link, names another window, turns the writing, and takes no room. */
const SPELL = `${ESC}[2J${ESC}]8;;http://evil.example${ESC}\\here${ESC}]0;owned\u0007\u009b31m\u202egnp.exe\u2066\u200b\u2028\u007f`;

/** All that a terminal would obey instead of showing it; the end of a line is the command's own. */
const OBEYED = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

/** What a command prints for people. */
async function runForPeople({ gateway, fake, target }: Scene, command = 'run') {
	return runCli([command, '--to', target], {
		env: { ...fakeEnv(fake), SAP_CONCUR_BASE_URL: gateway.origin },
		nodeArgs: ['--require', join(__dirname, '../support/hasty-timers.cjs')],
	});
}

const errorsOf = z.object({
	errors: z.array(z.object({ message: z.string() })).min(1),
});

playTable('Words', [
	{
		server: 'its error messages have escape sequences, and characters that turn or hide others',
		comesOut: 'no terminal gets them, and JSON says them by their numbers',
		twist: (call, pass) =>
			isList(call) ? json({ errors: [{ errorCode: 'bad', errorMessage: SPELL }] }, 400) : pass(),
		async play(scene) {
			const { stdout, stderr, summary } = await scene.run();
			const [error] = errorsOf.parse(summary).errors;
			for (const part of [`${ESC}[2J`, '\u009b31m\u202egnp.exe\u2066'])
				expect(error?.message).toContain(part);
			expect(stdout + stderr).not.toMatch(OBEYED);
			const told = await runForPeople(scene);
			expect(told.stdout).toContain('gnp.exe');
			expect(told.stdout + told.stderr).not.toMatch(OBEYED);
		},
	},
	{
		server: 'names of requests, of fields and of one that cannot be read have them',
		comesOut: 'neither the summary nor status nor the report passes them on',
		async twist(call, pass) {
			if (isList(call))
				return changeItems(await pass(), (items) =>
					items.map((item) => ({ ...item, name: SPELL, [`field ${SPELL}`]: 1 })),
				);
			return detailOf(call)
				? json({ errors: [{ errorCode: 'bad', errorMessage: SPELL }] }, 400)
				: pass();
		},
		async play(scene) {
			for (const command of ['run', 'status']) {
				const { stdout, stderr } = await runForPeople(scene, command);
				expect(stdout).toContain(command === 'run' ? 'could not read' : 'gnp.exe');
				expect(stdout + stderr).not.toMatch(OBEYED);
			}
			const status = await runCli(['status', '--to', scene.target, '--json']);
			expect(status.stdout).not.toMatch(OBEYED);
			expect(status.stdout).toContain('\\u202egnp.exe');
			const out = join(makeWorkspace('words'), 'page.html');
			await runCli(['report', '--to', scene.target, '--out', out]);
			const page = readFileSync(out, 'utf8');
			expect(page).toContain('gnp.exe');
			expect(page).not.toMatch(/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/u);
		},
	},
	{
		server: 'the company has no user at all',
		comesOut: 'a run for all users has failed and says why',
		twist: (call, pass) =>
			call.path === '/profile/identity/v4.1/Users'
				? json({ totalResults: 0, itemsPerPage: 100, startIndex: 1, Resources: [] })
				: pass(),
		async play({ run }) {
			const { code, summary } = await run(['--all-users']);
			expect(code).toBe(1);
			expect(summary).toMatchObject({
				...{ status: 'failed', since: null, watermark: null },
				errors: [{ code: 'CONCUR_NO_USERS' }],
			});
		},
	},
]);
