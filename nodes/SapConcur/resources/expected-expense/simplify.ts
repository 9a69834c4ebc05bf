import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../../../concur/json';
import { memberOf, scalar } from '../../../output/scalar';
import type { Parameters } from '../../../parameters/parameters';

/** How expected expenses come out. Read before the call: a refused parameter must not follow a change. */
export function readShape(
	parameters: Parameters,
): (expense: JsonObject) => IDataObject | JsonObject {
	return parameters.flag('simplify') ? simplifyExpense : keep;
}

function keep(expense: JsonObject): JsonObject {
	return expense;
}

/** The ten most useful fields of an expected expense, flat. */
function simplifyExpense(expense: JsonObject): IDataObject {
	const type = memberOf(expense, 'expenseType');
	const amount = memberOf(expense, 'transactionAmount');
	const approved = memberOf(expense, 'approvedAmount');
	const location = memberOf(expense, 'location');
	return {
		id: scalar(expense['id']),
		expenseTypeId: scalar(type['id']),
		expenseTypeName: scalar(type['name']),
		transactionDate: scalar(expense['transactionDate']),
		transactionAmount: scalar(amount['value']),
		currency: scalar(amount['currency']),
		approvedAmount: scalar(approved['value']),
		approvedCurrency: scalar(approved['currency']),
		businessPurpose: scalar(expense['businessPurpose']),
		location: scalar(location['city'] ?? location['name']),
	};
}
