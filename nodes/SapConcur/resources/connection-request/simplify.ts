import type { IDataObject } from 'n8n-workflow';
import type { ConnectionRequest } from '../../../../concur/connection-request/connection-request';

/** What a supplier matches by, in one line; the first of the e-mail addresses stands for all. */
export function simplifyConnection(request: ConnectionRequest): IDataObject {
	const { emailAddresses, uri: _, ...facts } = request;
	const emails = Object.values(emailAddresses);
	return { ...facts, email: emails.find((email) => typeof email === 'string') ?? null };
}

/** All of it, in the one shape of all versions. */
export function plainConnection({ emailAddresses, ...facts }: ConnectionRequest): IDataObject {
	return { ...facts, emailAddresses: { ...emailAddresses } };
}
