import { once } from 'node:events';
import { InvalidArgumentError, type Command } from 'commander';
import { codeOf } from '../../concur/error-like';
import { ConfigurationError } from '../../concur/errors';
import { startFakeConcur, type FakeConcur } from '../../fake-concur';
import { Random } from '../../fake-concur/random';
import type { Answer } from './output/answer';
import { watchSignals } from './signals';

interface FakeFlags {
	readonly port: number;
	readonly requests: number;
	readonly users: number;
	readonly seed: number;
	readonly changes: number;
}

export function addFakeCommand(program: Command, answer: Answer): void {
	program
		.command('fake')
		.description('Start a fake SAP Concur on this machine, to try everything without an account')
		.option('--port <n>', 'the port to listen on; 0 picks a free one', parsePort, 8585)
		.option('--requests <n>', 'travel requests in it', parseCount, 1000)
		.option('--users <n>', 'users who own them', parseCount, 5)
		.option('--seed <n>', 'the same seed gives the same world', parseCount, 1)
		.option('--changes <n>', 'requests edited every second', parseCount, 0)
		.action((flags: FakeFlags) => runFakeCommand(flags, answer));
}

async function runFakeCommand({ changes, ...options }: FakeFlags, answer: Answer): Promise<void> {
	const fake = await startOn(options);
	const random = new Random(options.seed, Date.now());
	const changing = setInterval(() => {
		for (let change = 0; change < changes; change++) fake.world.randomEdit(random);
	}, 1000);
	answer.give(describeFake(fake, options));
	const signals = watchSignals();
	await once(signals.aborted, 'abort');
	clearInterval(changing);
	signals.stop();
	await fake.close();
}

async function startOn(options: Omit<FakeFlags, 'changes'>): Promise<FakeConcur> {
	try {
		return await startFakeConcur(options);
	} catch (cause) {
		if (codeOf(cause) !== 'EADDRINUSE') throw cause;
		throw new ConfigurationError('PORT_TAKEN', `Port ${options.port} is in use already.`, {
			advice: 'Choose another with --port; 0 picks a free one.',
			cause,
		});
	}
}

/** Everything to copy for a first export; the credentials open nothing but this fake. */
function describeFake(fake: FakeConcur, { requests }: { requests: number }): string[] {
	const { clientId, clientSecret } = fake.credentials;
	const text = `A fake SAP Concur with ${requests} travel requests listens on ${fake.baseUrl}
To export from it, in another terminal:

export SAP_CONCUR_BASE_URL=${fake.baseUrl}
export SAP_CONCUR_CLIENT_ID=${clientId}
export SAP_CONCUR_CLIENT_SECRET=${clientSecret}
sap-concur-export run --to sqlite:concur.db

Ctrl+C stops it.`;
	return text.split('\n');
}

function parsePort(text: string): number {
	const port = parseCount(text);
	if (port <= 65_535) return port;
	throw new InvalidArgumentError('It must be a whole number up to 65535.');
}

function parseCount(text: string): number {
	const count = Number(text);
	if (Number.isInteger(count) && count >= 0) return count;
	throw new InvalidArgumentError('It must be a whole number.');
}
