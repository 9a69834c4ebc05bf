import type { JsonObject } from '../../concur/json';

/**
 * All that was read of one travel request. A collection that was not asked for is absent; one that
 * is empty says that there are none.
 */
export interface RequestBundle {
	readonly request: JsonObject;
	readonly expenses?: readonly JsonObject[];
	readonly comments?: readonly JsonObject[];
	/** Comments of expenses, by expense id. */
	readonly expenseComments?: Readonly<Record<string, readonly JsonObject[]>>;
	readonly exceptions?: readonly JsonObject[];
	readonly cashAdvances?: readonly JsonObject[];
}
