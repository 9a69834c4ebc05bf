import { LoadOptionsContext } from 'n8n-core';
import {
	UserError,
	Workflow,
	type INodeCredentials,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
} from 'n8n-workflow';
import { createAdditionalData } from './additional-data';
import type { CredentialStore } from './credential-store';
import { addNode, registerNodeTypes } from './node-types';

export interface LoadOptions {
	readonly nodeType: INodeType;
	readonly store: CredentialStore;
	/** The name of the node's method. */
	readonly method: string;
	readonly credentials?: INodeCredentials;
	/** What the editor holds at the moment. */
	readonly parameters?: INodeParameters;
	/** The parameter whose list is opened. */
	readonly path?: string;
}

export interface ListSearch extends LoadOptions {
	/** What the user typed into the search field. */
	readonly filter?: string;
	/** From the page before. */
	readonly paginationToken?: string;
}

/** Asks the node for a page of a list to choose from, as the editor does. */
export async function searchList(search: ListSearch): Promise<INodeListSearchResult> {
	const method = search.nodeType.methods?.listSearch?.[search.method];
	if (!method) throw new UserError(`The node has no list search named "${search.method}"`);
	return method.call(openEditor(search), search.filter, search.paginationToken);
}

/** Asks the node for the options of a drop-down, as the editor does. */
export async function loadOptions(options: LoadOptions): Promise<INodePropertyOptions[]> {
	const method = options.nodeType.methods?.loadOptions?.[options.method];
	if (!method) throw new UserError(`The node has no options named "${options.method}"`);
	return method.call(openEditor(options));
}

/** n8n's class, fit for this package's stricter reading of optional properties. */
class EditorContext extends LoadOptionsContext {
	override getWorkflow(): { id: string; name: string; active: boolean } {
		const workflow = super.getWorkflow();
		return { ...workflow, name: workflow.name ?? '' };
	}
}

function openEditor({
	nodeType,
	store,
	credentials,
	parameters = {},
	path = '',
}: LoadOptions): EditorContext {
	const node = addNode(nodeType, { parameters, ...(credentials && { credentials }) });
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: registerNodeTypes(nodeType),
	});
	return new EditorContext(workflow, node, createAdditionalData(store, parameters), path);
}
