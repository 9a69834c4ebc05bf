import { join } from 'node:path';
import prepareRun from '../support/prepare-run';
import { outputRoot } from '../support/workspace';
import { installN8n } from './install-n8n';
import { N8nApi } from './n8n-api';
import { packPackage } from './pack-package';
import { readTail } from './read-tail';
import { setRunning } from './running-n8n';
import { keepSession, setUpOwner } from './session';
import { startN8n } from './start-n8n';

/** Before the first test: one n8n for all files, with the packed package in it. */
export default async function setUpN8n(): Promise<void> {
	prepareRun();
	const home = installN8n();
	const packed = packPackage(join(outputRoot(), 'packed'));
	const logFile = join(outputRoot(), 'n8n.log');
	process.env['TEST_N8N_LOG'] = logFile;
	const userFolder = join(outputRoot(), 'n8n-user');
	const running = await startN8n({ home, userFolder, logFile, env: packed.env });
	setRunning(running);
	try {
		const session = await setUpOwner(running.baseUrl);
		keepSession(session);
		await new N8nApi(session).installPackage(packed.name, packed.version);
	} catch (error) {
		await running.stop();
		process.stderr.write(`The end of n8n's log, ${logFile}:\n${readTail(logFile)}\n`);
		throw error;
	}
}
