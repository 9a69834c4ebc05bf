import { json } from 'node:stream/consumers';
import { contestants, isContestantName } from './contestants';
import { measure } from './measurement';

/** `node contestant-main.js NAME`: reads its input from standard input, prints the measurement. */
async function main(): Promise<void> {
	const name = process.argv[2] ?? '';
	if (!isContestantName(name)) throw new Error(`there is no contestant ${name}`);
	const work = await contestants[name](await json(process.stdin));
	process.stdout.write(JSON.stringify(await measure(work)));
}

void main();
