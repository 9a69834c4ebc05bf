import { pathId } from '../paths';

/** 3.0 and 3.1 have left the documentation; 3.2 is the current one. */
export const connectionVersions = ['3.2', '3.1', '3.0'] as const;

export type ConnectionVersion = (typeof connectionVersions)[number];

export const currentConnectionVersion: ConnectionVersion = '3.2';

/** What every call of Connection Requests takes besides its own parameters. */
export interface ConnectionOptions {
	/** 3.2 unless told. */
	readonly version?: ConnectionVersion | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** The path of the queue, or of one request in it. */
export function connectionPath(version: ConnectionVersion | undefined, id?: string): string {
	const queue = `/api/v${version ?? currentConnectionVersion}/common/connectionrequests`;
	return id === undefined ? queue : `${queue}/${pathId(id)}`;
}
