import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * The folder of Node headers on this machine, if any, so that building sqlite3 downloads none.
 * They may be another release's: sqlite3 uses Node-API only, which is the same in all.
 */
export function findNodeHeaders(): string | undefined {
	const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'));
	const prefixes = [process.execPath, ...onPath.filter((file) => existsSync(file))].map((file) =>
		dirname(dirname(realpathSync(file))),
	);
	return [configuredFolder(), ...prefixes].find(
		(folder) => folder !== undefined && existsSync(join(folder, 'include/node/node_api.h')),
	);
}

/** What npm is told to use, where it is. */
function configuredFolder(): string | undefined {
	const { stdout } = spawnSync('npm', ['config', 'get', 'nodedir'], { encoding: 'utf8' });
	const folder = stdout.trim();
	return folder === '' || folder === 'undefined' ? undefined : folder;
}
