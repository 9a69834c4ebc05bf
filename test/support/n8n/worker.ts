import type { ICredentialType, INodeType } from 'n8n-workflow';
import { SapConcurApi } from '../../../credentials/SapConcurApi.credentials';
import { SapConcurOAuth2Api } from '../../../credentials/SapConcurOAuth2Api.credentials';
import { SapConcur } from '../../../nodes/SapConcur/SapConcur.node';

/** What one n8n process loads of the package. */
export interface Worker {
	readonly nodeType: INodeType;
	readonly types: readonly ICredentialType[];
}

/** Loads the package; in a module registry of its own, with a memory of its own. */
export function loadPackage(): Worker {
	return { nodeType: new SapConcur(), types: [new SapConcurApi(), new SapConcurOAuth2Api()] };
}
