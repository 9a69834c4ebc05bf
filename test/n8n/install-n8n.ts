import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import manifest from './real-n8n/package.json';
import { findNodeHeaders } from './node-headers';
import { runCommand } from './run-command';

const SQLITE_BINARY = 'node_modules/sqlite3/build/Release/node_sqlite3.node';
const LOWEST_NODE = 24;

/** The folder n8n is installed in: kept between runs, for an install takes minutes. */
export function n8nHome(): string {
	const version = manifest.dependencies.n8n;
	return process.env['TEST_N8N_HOME'] ?? join(tmpdir(), `n8n-nodes-sap-concur-n8n-${version}`);
}

/** Installs the pinned n8n unless it is there already, and answers its folder. */
export function installN8n(): string {
	if (Number.parseInt(process.versions.node) < LOWEST_NODE)
		throw new Error(`n8n needs Node ${LOWEST_NODE}; start the suite with npm run test:n8n`);
	const home = n8nHome();
	if (existsSync(join(home, SQLITE_BINARY)) && existsSync(n8nCommand(home))) return home;
	process.stdout.write(`Installing n8n ${manifest.dependencies.n8n} into ${home}: some minutes\n`);
	mkdirSync(home, { recursive: true });
	copyFileSync(resolve(__dirname, 'real-n8n/package.json'), join(home, 'package.json'));
	// Several of n8n's dependencies would build native code, and only the database's is needed.
	runCommand('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: home });
	buildSqlite(home);
	return home;
}

/** The file to start with Node. */
export function n8nCommand(home: string): string {
	return join(home, 'node_modules/n8n/bin/n8n');
}

/** sqlite3's own install script: a prebuilt binary where it can be had, otherwise a compiler. */
function buildSqlite(home: string): void {
	const headers = findNodeHeaders();
	runCommand('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
		cwd: home,
		...(headers === undefined ? {} : { env: { npm_config_nodedir: headers } }),
	});
}
