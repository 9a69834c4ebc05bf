import type { IExecuteFunctions } from 'n8n-workflow';
import type { ConcurError } from '../../concur/errors';

/** Shows beside the output what may be wrong with it although nothing has failed. */
export function hintAt(node: IExecuteFunctions, { message, advice }: ConcurError): void {
	node.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message: `${message} ${advice}`,
	});
}
