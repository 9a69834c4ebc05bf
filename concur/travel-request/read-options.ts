/** What every reading call of Travel Request v4 takes besides its id. */
export interface ReadOptions {
	/** The user on whose behalf to read, where the call takes one; a user token needs none. */
	readonly userId?: string | undefined;
	readonly signal?: AbortSignal | undefined;
}
