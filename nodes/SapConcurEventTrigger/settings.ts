import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { filterFor } from '../../concur/events/event-types';
import { signatureAlgorithms, type SignatureRule } from '../../concur/events/verify-signature';
import type { Parameters } from '../parameters/parameters';
import { triggerParameters } from '../parameters/sources';
import { properties } from './properties';

/** Where the trigger reads its parameters: as n8n (de)activates it, or as an event comes in. */
export type TriggerContext = IHookFunctions | IWebhookFunctions;

/** The topic, or nothing where an expression has given none. */
export function readTopic(context: TriggerContext): string | undefined {
	return read(context).optionalId('topic');
}

/** The regular expression for types of events; undefined for all. */
export function readFilter(context: TriggerContext): string | undefined {
	const own = readOptions(context).optionalText('eventTypePattern');
	return own ?? filterFor(read(context).options('statusChanges'));
}

/** What signatures are held against; undefined only where the user has switched the check off. */
export function readSignatureRule(context: TriggerContext): SignatureRule | undefined {
	const parameters = read(context);
	if (!parameters.flag('verifySignature')) return undefined;
	const chosen = readOptions(context).optionalChoice('signatureAlgorithm', signatureAlgorithms);
	return {
		publicKey: parameters.optionalText('publicKey') ?? '',
		algorithm: chosen ?? 'RSA-PSS',
	};
}

/** Whether events of types that were not asked for are dropped as they arrive. */
export function readFilterOnArrival(context: TriggerContext): boolean {
	return readOptions(context).flag('filterOnArrival');
}

export function readSimplify(context: TriggerContext): boolean {
	return read(context).flag('simplify');
}

/** Whether the whole travel request is to be read for each event. */
export function readFetchRequest(context: TriggerContext): boolean {
	return read(context).flag('fetchRequest');
}

function readOptions(context: TriggerContext): Parameters {
	return read(context).fields('options');
}

function read(context: TriggerContext): Parameters {
	return triggerParameters(context, properties);
}
