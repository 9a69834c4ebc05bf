import type { FakeConcur } from '../../../fake-concur';
import { resources } from '../../../nodes/SapConcur/resources';

type Call = FakeConcur['calls'][number];

/**
 * Fails where an operation has called an endpoint that it does not declare: what the README says of
 * it would not be true.
 */
export function expectDeclared(resource: string, operation: string, calls: readonly Call[]): void {
	const declared = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation)
		?.endpoints.map(toPattern);
	const strays = calls
		.map(({ method, path }) => `${method} ${path}`)
		.filter((call) => call !== 'POST /oauth2/v0/token')
		.filter((call) => !declared?.some((pattern) => pattern.test(call)));
	if (strays.length > 0) {
		throw new Error(
			`${resource}:${operation} calls what it does not declare: ${strays.join(', ')}`,
		);
	}
}

function toPattern(endpoint: string): RegExp {
	const source = endpoint.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+');
	return new RegExp(`^${source}$`);
}
