import { isJsonObject, type JsonObject } from '../../concur/json';

/**
 * Whether people still work on a request, as its details and its list item both tell. Until it is
 * closed or canceled, its cash advances and exceptions change, and its modification time does not.
 */
export function isOpenRequest({ closed, approvalStatus }: JsonObject): boolean {
	if (closed === true) return false;
	return !isJsonObject(approvalStatus) || approvalStatus['code'] !== 'CANCELED';
}
