import { HttpError } from '../errors';

/**
 * Whether Concur itself says that it has no such thing: a 404 with its error code `notFound`
 * (Travel Request v4, response codes). Gateways and proxies answer 404 as well, in HTML or without
 * a body, and mean that they know no way there.
 */
export function isNotFound(error: unknown): error is HttpError {
	return error instanceof HttpError && error.status === 404 && error.concurCode === 'notFound';
}
