/** The topic of travel requests (Concur Request Event). */
export const requestTopic = 'public.concur.request';

/**
 * What a travel request's event type says after `statusChange.` (Concur Request Event, schema), with
 * a name for a menu. Companies add roles of their own, so `PENDING` stands for every step.
 */
export const statusChanges = {
	APPROVED: 'Approved',
	CANCELED: 'Canceled',
	PENDING: 'Pending (Any Step)',
	'PENDING.AuthorizedApprover': 'Pending: Authorized Approver',
	'PENDING.BudgetManager': 'Pending: Budget Manager',
	'PENDING.CostObjectApprover': 'Pending: Cost Object Approver',
	'PENDING.ExternalValidation': 'Pending: External Validation',
	'PENDING.RequestAdministrator': 'Pending: Request Administrator',
	'PENDING.RequestAuditor': 'Pending: Request Auditor',
	'PENDING.RequestManager': 'Pending: Request Manager',
	'PENDING.RiskManager': 'Pending: Risk Manager',
	'PENDING.TMC': 'Pending: Travel Agency (TMC)',
	SENTBACK: 'Sent Back or Recalled',
} as const;

/** A regular expression for the types of these changes; undefined, so every type, for none. */
export function filterFor(changes: readonly string[]): string | undefined {
	const parts = changes.map((change) =>
		change === 'PENDING' ? String.raw`PENDING(\..+)?` : change.replace(/[^\w\s]/g, String.raw`\$&`),
	);
	return parts.length === 0 ? undefined : String.raw`^statusChange\.(${parts.join('|')})$`;
}
