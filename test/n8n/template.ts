import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConnections, INodeParameters } from 'n8n-workflow';
import { z } from 'zod';
import type { CredentialReference, WorkflowSketch } from './workflow';

const isRecord = (value: unknown) => typeof value === 'object' && value !== null;

const TEMPLATE = z.object({
	name: z.string(),
	nodes: z.array(
		z
			.object({
				name: z.string(),
				type: z.string(),
				typeVersion: z.number(),
				position: z.tuple([z.number(), z.number()]),
				onError: z.enum(['continueErrorOutput']).optional(),
				executeOnce: z.boolean().default(false),
				parameters: z.custom<INodeParameters>(isRecord),
				credentials: z.record(z.object({ id: z.string(), name: z.string() })).optional(),
			})
			.strip(),
	),
	connections: z.custom<IConnections>(isRecord),
	settings: z.record(z.unknown()),
});

/** What a person does after the import: chooses credentials, and fills in the address of the chat. */
export function fillTemplate(
	file: string,
	credentials: Readonly<Record<string, CredentialReference>>,
	chatUrl: string,
): WorkflowSketch {
	const text = readFileSync(join(__dirname, '../../workflows', file), 'utf8');
	const template = TEMPLATE.parse(JSON.parse(text));
	return {
		...template,
		nodes: template.nodes.map(({ onError, credentials: asked, ...node }) => ({
			...node,
			...(onError && { onError }),
			parameters: node.parameters['url'] ? { ...node.parameters, url: chatUrl } : node.parameters,
			...(asked && {
				credentials: Object.fromEntries(
					Object.keys(asked).map((type) => [type, chosen(credentials, type)]),
				),
			}),
		})),
	};
}

function chosen(
	credentials: Readonly<Record<string, CredentialReference>>,
	type: string,
): CredentialReference {
	const credential = credentials[type];
	if (credential === undefined) throw new Error(`The test has no credential ${type}`);
	return credential;
}
