import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { filterFor } from '../../concur/events/event-types';
import { signatureAlgorithms, type SignatureRule } from '../../concur/events/verify-signature';
import { isJsonObject, type JsonObject } from '../../concur/json';
import { toText } from '../parameters/parameters';

/** Where the trigger reads its parameters: as n8n (de)activates it, or as an event comes in. */
export type TriggerContext = IHookFunctions | IWebhookFunctions;

/** The topic, or nothing where an expression has given none. */
export function readTopic(context: TriggerContext): string | undefined {
	return toText(context.getNodeParameter('topic', '', { extractValue: true }));
}

/** The regular expression for types of events; undefined for all. */
export function readFilter(context: TriggerContext): string | undefined {
	const own = toText(readOptions(context)['eventTypePattern']);
	if (own !== undefined) return own;
	const chosen = context.getNodeParameter('statusChanges', []);
	return filterFor(
		Array.isArray(chosen)
			? chosen.filter((change): change is string => typeof change === 'string')
			: [],
	);
}

/** What signatures are held against; undefined only where the user has switched the check off. */
export function readSignatureRule(context: TriggerContext): SignatureRule | undefined {
	if (context.getNodeParameter('verifySignature', true) === false) return undefined;
	const chosen = readOptions(context)['signatureAlgorithm'];
	return {
		publicKey: toText(context.getNodeParameter('publicKey', '')) ?? '',
		algorithm: signatureAlgorithms.find((one) => one === chosen) ?? 'RSA-PSS',
	};
}

export function readOptions(context: TriggerContext): JsonObject {
	const options: unknown = context.getNodeParameter('options', {});
	return isJsonObject(options) ? options : {};
}
