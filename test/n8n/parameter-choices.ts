import type { INodeParameters } from 'n8n-workflow';
import { z } from 'zod';
import type { N8nHttp } from './n8n-http';
import type { CredentialReference } from './workflow';

const OPTION = z
	.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) })
	.passthrough();
const SEARCH_RESULTS = z.object({
	results: z.array(OPTION),
	paginationToken: z.unknown().optional(),
});

/** A list in a node's panel that the node fills by asking Concur. */
export interface ChoicesQuestion {
	readonly type: string;
	readonly typeVersion?: number;
	readonly parameters?: INodeParameters;
	readonly credentials?: Readonly<Record<string, CredentialReference>>;
	/** The parameter's name, and the node's method that fills it. */
	readonly parameter: string;
	readonly method: string;
}

/** The choices of a parameter with `loadOptionsMethod`. */
export async function loadChoices(http: N8nHttp, question: ChoicesQuestion) {
	return http.call(z.array(OPTION), 'POST', '/dynamic-node-parameters/options', body(question));
}

/** What the "From List" of a resource locator finds, one page at a time. */
export async function searchChoices(
	http: N8nHttp,
	question: ChoicesQuestion,
	page: { readonly filter?: string; readonly paginationToken?: unknown } = {},
) {
	const path = '/dynamic-node-parameters/resource-locator-results';
	return http.call(SEARCH_RESULTS, 'POST', path, { ...body(question), ...page });
}

function body(question: ChoicesQuestion) {
	return {
		path: `parameters.${question.parameter}`,
		methodName: question.method,
		nodeTypeAndVersion: { name: question.type, version: question.typeVersion ?? 1 },
		currentNodeParameters: question.parameters ?? {},
		credentials: question.credentials ?? {},
	};
}
