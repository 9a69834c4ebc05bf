import type { INodeProperties } from 'n8n-workflow';
import {
	actOnRequest,
	type ActOptions,
	type RequestAction,
} from '../../../../concur/travel-request/act-on-request';
import { optionsOf } from '../../../parameters/collections';
import { requestLocator, simplify, userLocator } from '../../../parameters/common';
import type { Parameters } from '../../../parameters/parameters';
import { textField } from '../../../parameters/text-field';
import type { Operation } from '../operation';
import { readShape } from './simplify';

/** What tells one step of the workflow from another. */
export interface Step extends Pick<Operation, 'value' | 'name' | 'action' | 'description'> {
	/** As Concur calls it. */
	readonly step: RequestAction;
}

const companyId = textField(
	'Company ID',
	'companyId',
	'The unique identifier of the company',
	'8568a4cd-8ffc-49d6-9417-be2d69aa075f',
);

const delegator: INodeProperties = {
	...userLocator(''),
	displayName: 'On Behalf Of',
	name: 'delegatorUserId',
	description:
		"The approver in whose place the user acts as a delegate; early access at SAP. Without one the user acts as 'User' says.",
};

const comment: INodeProperties = {
	...textField(
		'Comment',
		'comment',
		'What the traveler should change; they read it in the request',
		'Please choose a cheaper flight',
	),
	typeOptions: { rows: 3 },
	required: true,
};

/** A step that the traveler takes. */
export function travelersStep(step: Step): Operation {
	const user = userLocator('The traveler whose request it is');
	return stepOperation(step, [user, requestLocator, optionsOf([companyId]), simplify], readCommon);
}

/** A step that an approver, a processor or a travel agent takes. */
export function approversStep(step: Step): Operation {
	const user = userLocator('The approver in whose name to act');
	const options = optionsOf([companyId, delegator]);
	const needsComment = step.step === 'sendback';
	const own = needsComment ? [comment, options] : [options];
	return stepOperation(step, [user, requestLocator, ...own, simplify], (parameters) => ({
		...readCommon(parameters),
		...(needsComment && { comment: parameters.text('comment') }),
		delegatorUserId: parameters.fields('options').optionalId('delegatorUserId'),
	}));
}

function readCommon(parameters: Parameters): ActOptions {
	return {
		userId: parameters.optionalId('userId'),
		companyId: parameters.fields('options').optionalText('companyId'),
	};
}

function stepOperation(
	{ step, ...menu }: Step,
	properties: readonly INodeProperties[],
	readOptions: (parameters: Parameters) => ActOptions,
): Operation {
	return {
		...menu,
		endpoints: [`POST /travelrequest/v4/requests/{requestUuid}/${step}`],
		properties,
		async execute({ client, parameters }) {
			const shape = readShape(parameters);
			const id = parameters.id('requestId');
			const request = await actOnRequest(client, id, step, readOptions(parameters));
			return [shape(request)];
		},
	};
}
