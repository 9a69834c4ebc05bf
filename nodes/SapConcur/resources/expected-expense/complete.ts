import { isJsonObject, type JsonObject } from '../../../../concur/json';
import { memberOf } from '../../../output/scalar';

/** What Concur keeps itself; SAP's example of an update leaves these out. */
const kept = ['comments', 'href', 'lastComment', 'lastModifiedDate', 'parentRequest'];

/** What Concur works out from the amount and the exchange rate. */
const sums = ['approvedAmount', 'postedAmount', 'remainingAmount'];
const allocationSums = ['allocationAmount', 'approvedAmount', 'postedAmount'];

/**
 * The whole expense with its changes. SAP's swagger: "Partial update is not supported, the full body
 * needs to be provided". Where the amount or its rate changes, the sums that follow from them are
 * left to Concur, as in a new expense: the old ones would contradict the new amount.
 */
export function completeExpense(current: JsonObject, changes: JsonObject): JsonObject {
	const whole = { ...without(current, kept), ...changes };
	const body =
		'transactionAmount' in changes || 'exchangeRate' in changes
			? withoutSums(whole, current, changes)
			: whole;
	return { ...body, id: current['id'] };
}

function withoutSums(whole: JsonObject, current: JsonObject, changes: JsonObject): JsonObject {
	const outdated = [...sums, 'allocations'].filter((name) => !(name in changes));
	const { transactionAmount } = changes;
	return {
		...without(whole, outdated),
		...(outdated.includes('allocations') && { allocations: sharesOf(current) }),
		...(isJsonObject(transactionAmount) && {
			transactionAmount: { ...memberOf(current, 'transactionAmount'), ...transactionAmount },
		}),
	};
}

/** The allocations by their percentages. */
function sharesOf({ allocations }: JsonObject): unknown {
	if (!Array.isArray(allocations)) return allocations;
	return allocations.map((each: unknown) =>
		isJsonObject(each) ? without(each, allocationSums) : each,
	);
}

function without(record: JsonObject, names: readonly string[]): JsonObject {
	return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
