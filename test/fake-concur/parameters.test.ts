import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { documentedParameters } from '../../fake-concur/http/parameters';
import { allRoutes } from '../../fake-concur/routes/all';

const operation = z.object({
	parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
});
const spec = z.object({ paths: z.record(z.record(operation.or(z.unknown()))) });

const names = ['TravelRequest.v4.ConcurRequest', 'TravelRequest.v4.ConcurRequest-ea'];

test.each(names)('the parameters of %s are documented ones', (name) => {
	const file = join(__dirname, '../fixtures/specs', `${name}.swagger2.json`);
	const { paths } = spec.parse(JSON.parse(readFileSync(file, 'utf8')));
	let compared = 0;
	for (const [path, operations] of Object.entries(paths)) {
		for (const [method, described] of Object.entries(operations)) {
			const { parameters } = operation.parse(described);
			const full = `/travelrequest/v4${path.replace(/^\/v4/, '')}`;
			const actions = full.endsWith('/{action}') ? ['submit', 'sendback'] : [''];
			for (const action of actions) {
				const known =
					documentedParameters[`${method.toUpperCase()} ${full.replace('{action}', action)}`];
				const listed = parameters.filter((each) => each.in === 'query').map((each) => each.name);
				expect([full, known]).toEqual([full, expect.arrayContaining(listed)]);
				compared++;
			}
		}
	}
	expect(compared).toBeGreaterThan(20);
});

test('every endpoint of Travel Request has its parameters listed', () => {
	const routes = allRoutes.filter(({ path }) => path.startsWith('/travelrequest/'));
	const unlisted = routes
		.map(({ method, path }) => `${method} ${path}`)
		.filter((name) => !(name in documentedParameters));
	expect(unlisted).toEqual([]);
	expect(routes).toHaveLength(Object.keys(documentedParameters).length);
});
