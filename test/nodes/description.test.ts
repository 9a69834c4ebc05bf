import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SapConcur } from '../../nodes/SapConcur/SapConcur.node';
import { resources } from '../../nodes/SapConcur/resources';

const spec = z.object({
	basePath: z.string(),
	paths: z.record(z.record(z.unknown())),
});

/** What SAP's specifications document, as `GET /travelrequest/v4/requests/{requestUuid}`. */
function documentedIn(file: string): string[] {
	const text = readFileSync(join(__dirname, '../fixtures/specs', file), 'utf8');
	const { basePath, paths } = spec.parse(JSON.parse(text));
	return Object.entries(paths).flatMap(([path, methods]) =>
		// Some paths repeat the /v4 of the base path.
		Object.keys(methods).map(
			(method) => `${method.toUpperCase()} ${basePath}${path.replace(/^\/v4\//, '/')}`,
		),
	);
}

const documented = [
	'TravelRequest.v4.ConcurRequest.swagger2.json',
	'TravelRequest.v4.ConcurRequest-ea.swagger2.json',
	'ConnectionRequests.v3.0.concur-legacy.swagger2.json',
	'ConnectionRequests.v3.1.concur-legacy.swagger.json',
	'ConnectionRequests.v3.2.sap-docs-current.swagger.json',
].flatMap(documentedIn);

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({ resource, operation })),
);

/** An endpoint of ours stands for each version, and for each action, that it can call. */
function isServed(endpoint: string): boolean {
	return operations.some(({ operation }) =>
		operation.endpoints.some((own) => toPattern(own).test(endpoint)),
	);
}

function toPattern(endpoint: string): RegExp {
	const source = endpoint
		.replace(/\./g, '\\.')
		.replace('{version}', 'v3\\.[012]')
		.replace(/\{\w+\}/g, '\\{\\w+\\}')
		.replace(
			/(requests\/\\\{\\w\+\\\}\/)(submit|recall|cancel|close|reopen|approve|sendback)$/,
			'$1\\{action\\}',
		);
	return new RegExp(`^${source}$`);
}

describe('The description of the node', () => {
	it.each([...new Set(documented)])('has an operation for the documented %s', (endpoint) => {
		expect(isServed(endpoint)).toBe(true);
	});

	it('has one for every action on a travel request', () => {
		const called = operations.flatMap(({ operation }) => operation.endpoints);
		for (const action of ['submit', 'recall', 'cancel', 'close', 'reopen', 'approve', 'sendback']) {
			expect(called).toContain(`POST /travelrequest/v4/requests/{requestUuid}/${action}`);
		}
	});

	it.each(
		operations.map(({ resource, operation }) => [`${resource.name}: ${operation.name}`, operation]),
	)('claims for %s only endpoints that SAP documents', (_, operation) => {
		for (const endpoint of operation.endpoints) {
			const known =
				endpoint === 'POST /oauth2/v0/token' ||
				documented.some((one) => toPattern(endpoint).test(one));
			expect([endpoint, known]).toEqual([endpoint, true]);
		}
	});

	it('lists resources and operations by name, each with its own value', () => {
		const names = resources.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		for (const { operations: own } of resources) {
			const menu = own.map(({ name }) => name);
			expect(menu).toEqual([...menu].sort((a, b) => a.localeCompare(b)));
			expect(new Set(own.map(({ value }) => value)).size).toBe(own.length);
		}
	});

	it('shows every parameter only for its own resource and operation', () => {
		for (const property of new SapConcur().description.properties) {
			if (['authentication', 'resource'].includes(property.name)) continue;
			expect(property.displayOptions?.show?.['resource']).toHaveLength(1);
			const shown = property.displayOptions?.show?.['operation'];
			expect(property.name === 'operation' ? undefined : shown?.length).toBe(
				property.name === 'operation' ? undefined : 1,
			);
		}
	});

	it('may be used as a tool by an AI agent', () => {
		expect(new SapConcur().description.usableAsTool).toBe(true);
	});
});
