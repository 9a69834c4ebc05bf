/** What every changing call of Travel Request v4 takes besides its ids and body. */
export interface WriteOptions {
	/**
	 * The user on whose behalf to act, shown in the audit trail. A user token needs none; a company
	 * token is refused without it (`missingRequiredParam`) unless the call says otherwise.
	 */
	readonly userId?: string | undefined;
	readonly signal?: AbortSignal | undefined;
}
