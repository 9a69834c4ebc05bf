import { travelRequestError } from '../faults/faulty-answers';
import type { Answer, Refusal } from './answer';
import type { Family } from './router';
import { escapeXml, wantsJson } from './xml';

/** The body of a refusal in the manner of the endpoint's family. */
export function answerRefusal(
	refusal: Refusal,
	family: Family,
	accept: string | undefined,
	now: Date,
	correlationId: string,
): Answer {
	const { status, code, message } = refusal;
	switch (family) {
		case 'travelRequest':
			return travelRequestError(status, code, message);
		case 'token':
			return {
				status,
				json: { code: Number(code), error_description: message, ...refusal.extra },
			};
		case 'identity':
			return {
				status,
				json: {
					schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
					status: String(status),
					detail: message,
				},
			};
		case 'connections':
			return connectionError(status, message, wantsJson(accept), now, correlationId);
		case 'events':
			// Which form it has is not documented.
			return { status, json: { code, message } };
		case 'control':
			return { status, json: { error: message } };
	}
}

/** The error body of the v3 family, XML unless JSON was asked for. */
function connectionError(
	status: number,
	message: string,
	json: boolean,
	now: Date,
	id: string,
): Answer {
	const time = now.toISOString().slice(0, 19);
	if (json) return { status, json: { Error: { Message: message, 'Server-Time': time, Id: id } } };
	const text = `<Error><Message>${escapeXml(message)}</Message><Server-Time>${time}</Server-Time><Id>${id}</Id></Error>`;
	return { status, text, type: 'application/xml' };
}
