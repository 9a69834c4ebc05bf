const { spawnSync } = require('node:child_process');
const { delimiter } = require('node:path');

/**
 * The npm that n8n finds first. n8n installs community packages by name from the public registry;
 * this one answers for the package under test with the packed file and leaves the rest to npm,
 * whose own settings decide the registry.
 */
const { STAND_IN_FOLDER, STAND_IN_TARBALL, STAND_IN_PACKAGE, STAND_IN_VERSION, PATH } = process.env;
const args = process.argv.slice(2).filter((arg) => !arg.startsWith('--registry='));
const [command, spec = ''] = args;
const isOurs = spec.startsWith(`${STAND_IN_PACKAGE}@`);

if (isOurs && command === 'view') {
	process.stdout.write(JSON.stringify(STAND_IN_VERSION));
} else {
	if (isOurs && command === 'pack') args[1] = STAND_IN_TARBALL;
	const folders = PATH.split(delimiter).filter((folder) => folder !== STAND_IN_FOLDER);
	const env = { ...process.env, PATH: folders.join(delimiter) };
	process.exitCode = spawnSync('npm', args, { env, stdio: 'inherit' }).status ?? 1;
}
