import { once } from 'node:events';
import { InvalidArgumentError, type Command } from 'commander';
import { startFakeConcur, type FakeConcur } from '../../fake-concur';
import { Random } from '../../fake-concur/random';
import { watchSignals } from './signals';

interface FakeFlags {
	readonly port: number;
	readonly requests: number;
	readonly users: number;
	readonly seed: number;
	readonly changes: number;
}

export function addFakeCommand(program: Command): void {
	program
		.command('fake')
		.description('Start a fake SAP Concur on this machine, to try everything without an account')
		.option('--port <n>', 'the port to listen on; 0 picks a free one', parseCount, 8585)
		.option('--requests <n>', 'travel requests in it', parseCount, 1000)
		.option('--users <n>', 'users who own them', parseCount, 5)
		.option('--seed <n>', 'the same seed gives the same world', parseCount, 1)
		.option('--changes <n>', 'requests edited every second', parseCount, 0)
		.action(runFakeCommand);
}

async function runFakeCommand({ changes, ...options }: FakeFlags): Promise<void> {
	const fake = await startFakeConcur(options);
	const random = new Random(options.seed, Date.now());
	const changing = setInterval(() => {
		for (let change = 0; change < changes; change++) fake.world.randomEdit(random);
	}, 1000);
	process.stdout.write(describeFake(fake, options));
	const signals = watchSignals();
	await once(signals.aborted, 'abort');
	clearInterval(changing);
	signals.stop();
	await fake.close();
}

/** Everything to copy for a first export; the credentials open nothing but this fake. */
function describeFake(fake: FakeConcur, { requests }: { requests: number }): string {
	const { clientId, clientSecret } = fake.credentials;
	return `A fake SAP Concur with ${requests} travel requests listens on ${fake.baseUrl}
To export from it, in another terminal:

export SAP_CONCUR_BASE_URL=${fake.baseUrl}
export SAP_CONCUR_CLIENT_ID=${clientId}
export SAP_CONCUR_CLIENT_SECRET=${clientSecret}
sap-concur-export run --to sqlite:concur.db

Ctrl+C stops it.
`;
}

function parseCount(text: string): number {
	const count = Number(text);
	if (Number.isInteger(count) && count >= 0) return count;
	throw new InvalidArgumentError('It must be a whole number.');
}
