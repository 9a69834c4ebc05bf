import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ConcurClient } from '../../../../concur/client';
import { createAttemptLedger } from '../../../../concur/connection-request/attempt-ledger';
import {
	createConnectionResponder,
	findContradictions,
	matchDecisions,
	type ConnectionResponder,
	type ConnectionResponse,
	type DecidedRequest,
	type MatchDecision,
} from '../../../../concur/connection-request/respond';
import { describeStatus } from '../../../../concur/connection-request/statuses';
import { ConcurError } from '../../../../concur/errors';
import { optionsOf } from '../../../parameters/collections';
import type { Parameters } from '../../../parameters/parameters';
import { parametersOf } from '../../../parameters/sources';
import type { Operation, OperationCall } from '../operation';
import { exchangeByNode } from './exchange-by-node';
import { connectionId, versionField, versionOf } from './parameters';

/** In the order of n8n's menus: by name. */
const decisions = [
	'doesNotMatch',
	'matched',
	'needsAttention',
	'notFound',
	'tryAgainLater',
] as const satisfies readonly MatchDecision[];

const decisionNames: Readonly<Record<MatchDecision, string>> = {
	doesNotMatch: 'Does Not Match',
	matched: 'Matched',
	needsAttention: 'Needs Attention',
	notFound: 'Not Found',
	tryAgainLater: 'Try Again Later',
};

const tokenChoices = ['kept', 'exchange'] as const;

const tokenNames = { kept: 'Already Exchanged and Kept', exchange: 'Exchange and Output' };

const tokenNotes = {
	kept: 'Only answer, with nothing secret in the output. Exchange Request Token ran before, and the workflow has stored what it gave: wherever a run dies, no connection is lost.',
	exchange:
		'Exchange the request token, answer, and output the refresh token and the geolocation: they are the connection, and the workflow has to store them next',
};

const onExchange = { show: { tokens: ['exchange'] } };

const properties: readonly INodeProperties[] = [
	{ ...connectionId, default: '={{ $json.id }}' },
	{
		displayName: 'Decision',
		name: 'decision',
		type: 'options',
		options: decisions.map((value) => ({
			name: decisionNames[value],
			value,
			description: describeDecision(value),
		})),
		default: '={{ $json.decision }}',
		description: `What became of the search for the traveler among your members. As an expression: ${decisions.join(', ')}.`,
	},
	{
		displayName: 'Tokens of Matched Travelers',
		name: 'tokens',
		type: 'options',
		noDataExpression: true,
		required: true,
		options: tokenChoices.map((value) => ({
			name: tokenNames[value],
			value,
			description: tokenNotes[value],
		})),
		default: '',
		description:
			"The traveler's refresh token is the connection: whoever answers Matched without it has connected nobody",
	},
	{
		displayName:
			"The output of a matched traveler holds their tokens, and Concur has told them that they are connected. Store the tokens in an encrypted place right after this node, answer a few requests at a time ('Loop Over Items'), and turn off the saving of executions in the settings of this workflow. After a match, a request that fails comes out as an item with the outcome 'failed', so that no tokens are lost.",
		name: 'tokensNotice',
		type: 'notice',
		default: '',
		displayOptions: onExchange,
	},
	{
		displayName: 'User ID',
		name: 'connectedUserId',
		type: 'string',
		default: '={{ $json.userId }}',
		description:
			'The user ID of the connection request; only version 3.2 gives one. Needed for Matched.',
		displayOptions: onExchange,
	},
	{
		displayName: 'Request Token',
		name: 'requestToken',
		type: 'string',
		typeOptions: { password: true },
		default: '={{ $json.requestToken }}',
		description:
			"Read it with 'Include Request Token'. Needed for Matched. Where Concur refuses it, or cannot be asked, 'try again later' is answered instead, of which the traveler hears nothing.",
		displayOptions: onExchange,
	},
	versionField,
	optionsOf([
		{
			displayName: 'Attempts So Far',
			name: 'attemptsSoFar',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'How often your workflow has answered this request before with the same kind of answer: the three refusals are one kind, Try Again Later and Matched the other. The node counts too, in the static data of the workflow (under the name of this node, for 30 days, at most 1,000 requests; n8n saves it when a production execution ends, never for manual ones, and executions at the same time overwrite each other, as does a polling trigger in the same workflow: count in a place of your own, as the template does, where the last attempt must not be missed). The larger count is used.',
		},
	]),
];

export const respondToConnection: Operation = {
	value: 'respond',
	name: 'Respond',
	action: 'Respond to connection requests',
	description:
		'Answer each connection request by its match decision, once, and count the attempts that Concur allows',
	// A request is read only where it is in doubt whether it has its answer.
	endpoints: [
		'PUT /api/{version}/common/connectionrequests/{id}',
		'GET /api/{version}/common/connectionrequests/{id}',
		'POST /oauth2/v0/token',
	],
	properties,
	async execute(call) {
		const { node, client, parameters } = call;
		const run = runs.get(client) ?? openRun(call);
		runs.set(client, run);
		const request = takeRequest(run, parameters.itemIndex, node.continueOnFail());
		const response = await run.responder
			.respond(request)
			.catch((error: unknown) => passOn(error, run, node));
		if (response instanceof ConcurError) return [describeFailure(response, request)];
		run.holdsTokens ||= response.grant !== undefined;
		return [describeResponse(response, request, run.exchanges)];
	},
};

/** Throws a failure, unless that would take the tokens of the items before with it. */
function passOn(error: unknown, { holdsTokens }: Run, node: OperationCall['node']): ConcurError {
	const stopped = node.getExecutionCancelSignal()?.aborted === true;
	const becomesItem = holdsTokens && !node.continueOnFail() && !stopped;
	if (becomesItem && error instanceof ConcurError) return error;
	throw error;
}

function describeDecision(decision: MatchDecision): string {
	const status = matchDecisions[decision];
	return `${status}. ${describeStatus(status)}`;
}

/** What the items of one execution share. */
interface Run {
	readonly responder: ConnectionResponder;
	readonly planned: readonly Planned[];
	readonly exchanges: boolean;
	/** Tokens of a traveler are among the output already. */
	holdsTokens: boolean;
}

type Planned = { readonly request: DecidedRequest } | { readonly error: unknown };

/** By the client, which all items of one execution share. */
const runs = new WeakMap<ConcurClient, Run>();

/** Reads all items before the first is answered: what is wrong with one may concern another. */
function openRun({ node, client, parameters }: OperationCall): Run {
	const exchanges = parameters.choice('tokens', tokenChoices) === 'exchange';
	const read = node.getInputData().map((_, itemIndex): Planned => {
		try {
			return { request: readRequest(parametersOf(node, itemIndex, properties), exchanges) };
		} catch (error) {
			return { error };
		}
	});
	const requests = read.flatMap((one) => ('request' in one ? [one.request] : []));
	const contradictions = new Map(
		findContradictions(requests).map((error, index) => [requests[index], error]),
	);
	const planned = read.map((one): Planned => {
		const error = 'request' in one ? contradictions.get(one.request) : undefined;
		return error ? { error } : one;
	});
	const responder = createConnectionResponder(client, {
		...(exchanges && { exchange: exchangeByNode(node, RETRY) }),
		ledger: createAttemptLedger(node.getWorkflowStaticData('node')),
		signal: node.getExecutionCancelSignal(),
	});
	return { responder, planned, exchanges, holdsTokens: false };
}

/** The item's request; where the node stops at failures, none while another item cannot be answered. */
function takeRequest({ planned }: Run, itemIndex: number, goesOn: boolean): DecidedRequest {
	const concerned = goesOn ? planned.slice(itemIndex, itemIndex + 1) : planned;
	for (const one of concerned) if ('error' in one) throw one.error;
	const own = planned[itemIndex];
	if (own === undefined || 'error' in own) throw new RangeError(`There is no item ${itemIndex}.`);
	return own.request;
}

function readRequest(parameters: Parameters, exchanges: boolean): DecidedRequest {
	const decision = parameters.choice('decision', decisions);
	const isExchanged = exchanges && decision === 'matched';
	return {
		id: parameters.text('connectionRequestId'),
		decision,
		version: versionOf(parameters),
		attemptsSoFar: parameters.fields('options').count('attemptsSoFar') ?? 0,
		...(isExchanged && {
			userId: parameters.text('connectedUserId'),
			requestToken: parameters.text('requestToken'),
		}),
	};
}

/** Fewer repetitions than elsewhere: the request comes back after an hour. */
const RETRY = { attempts: 3 };

function describeResponse(
	{ grant, ...response }: ConnectionResponse,
	request: DecidedRequest,
	exchanges: boolean,
): IDataObject {
	if (!exchanges || request.decision !== 'matched') return { ...response };
	return {
		...response,
		userId: request.userId ?? null,
		refreshToken: grant?.refreshToken ?? null,
		geolocation: grant?.geolocation ?? null,
		scope: grant?.scope ?? null,
	};
}

/** Not by the name `error`, which would make n8n drop the rest. */
function describeFailure(error: ConcurError, { id, decision }: DecidedRequest): IDataObject {
	return {
		id,
		decision,
		status: null,
		outcome: 'failed',
		reason: `${error.message} ${error.advice}`,
		reasonCode: error.code,
		attempt: null,
		attemptsAllowed: null,
		lastAttempt: false,
		settledByReading: false,
	};
}
