import { globSync, readFileSync } from 'node:fs';

/** What reads a parameter as it comes is a second place that may take one for something else. */
test('nothing but nodes/parameters reads what n8n has for a parameter', () => {
	const files = globSync('nodes/**/*.ts').filter((file) => !file.startsWith('nodes/parameters/'));
	expect(files.length).toBeGreaterThan(50);
	expect(files.filter((file) => readFileSync(file, 'utf8').includes('getNodeParameter'))).toEqual(
		[],
	);
});

test('what is unchecked stays where a rule of one operation checks it', () => {
	const files = globSync('nodes/**/*.ts').filter((file) => !file.startsWith('nodes/parameters/'));
	const users = files.filter((file) => readFileSync(file, 'utf8').includes('.raw('));
	expect(users).toEqual(['nodes/SapConcur/execute.ts']);
});
