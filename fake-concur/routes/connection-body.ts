import { without, type JsonObject } from '../json';
import type { State } from '../state';
import type { ConnectionRequest } from '../world/connection-requests';

/** A version of the Connection Requests API. */
export type ConnectionVersion = '3.0' | '3.1' | '3.2';

/**
 * A connection request in the casing of its version: Pascal in 3.0 and 3.1 (which adds the e-mail
 * addresses), camel in 3.2, where ID and URI stay upper-case and userId appears.
 * Reading it has a side effect: a request token is generated on every GET.
 */
export function connectionBody(
	version: ConnectionVersion,
	request: ConnectionRequest,
	state: State,
): JsonObject {
	const { user } = request;
	const host = state.quirks.foreignLinks ? state.world.hosts.trap : state.world.hosts.home;
	const fields: JsonObject = {
		firstName: user.firstName,
		middleName: user.middleName ?? state.connections.middleNameOf(request),
		lastName: user.lastName,
		loyaltyNumber: request.loyaltyNumber,
		status: request.state,
		requestToken: state.tokens.issueRequestToken(user.id),
		// UTC without zone and without milliseconds.
		lastModified: new Date(request.lastModified).toISOString().slice(0, 19),
		emailAddresses: Object.fromEntries(request.emails.map((mail, n) => [`email${n + 1}`, mail])),
		userId: user.id,
	};
	const ids: JsonObject = {
		ID: request.id,
		URI: `${host}/api/v${version}/common/connectionrequests/${request.id}`,
	};
	if (version === '3.2') return { ...fields, ...ids };
	const older = without(fields, 'userId', 'emailAddresses');
	const withMails =
		version === '3.1' ? { ...older, emailAddresses: fields['emailAddresses'] ?? null } : older;
	return { ...ids, ...toPascal(withMails) };
}

function toPascal(fields: JsonObject): JsonObject {
	const result: JsonObject = {};
	for (const [name, value] of Object.entries(fields)) {
		const pascal = name.charAt(0).toUpperCase() + name.slice(1);
		const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
		result[pascal] = isMap ? toPascal(value) : value;
	}
	return result;
}
