import { read, type Ledger } from './ledger';

/** The views of GET /requests. */
export const views = [
	'ALL',
	'ACTIVE',
	'ACTIVEAPPROVED',
	'UNSUBMITTED',
	'PENDING',
	'VALIDATED',
	'APPROVED',
	'CANCELED',
	'CLOSED',
	'SUBMITTED',
	'TOAPPROVE',
	'PENDINGEBOOKING',
	'PENDINGPROPOSAL',
	'PROPOSALAPPROVED',
	'PROPOSALCANCELED',
] as const;

/** The name of a view. */
export type View = (typeof views)[number];

/** Views relative to an approver instead of the traveler. */
export const approverViews: readonly View[] = ['APPROVED', 'TOAPPROVE'];

/** Views relative to a travel agent; they require userId. */
export const agentViews: readonly View[] = [
	'PENDINGPROPOSAL',
	'PROPOSALAPPROVED',
	'PROPOSALCANCELED',
];

/** Approved requests older than this are no longer active. */
const threeMonthsMs = 92 * 86_400_000;

/** Whether a request belongs to a view, apart from whose view it is. */
export function belongsTo(view: View, ledger: Ledger, index: number, now: number): boolean {
	const status = ledger.statusOf(index);
	const closed = ledger.has(index, 'closed');
	const approved = status === 'APPROVED' || status === 'PENDING_BOOKING';
	const fresh = now - read(ledger.authorized, index) < threeMonthsMs;
	const agency = ledger.has(index, 'agency');
	switch (view) {
		case 'ALL':
			return true;
		case 'ACTIVE':
			return status !== 'CANCELED' && !closed && (!approved || fresh);
		case 'ACTIVEAPPROVED':
			return approved && !closed && fresh;
		case 'UNSUBMITTED':
			return status === 'NOT_SUBMITTED' || status === 'SENTBACK';
		case 'PENDING':
		case 'TOAPPROVE':
			return status === 'SUBMITTED';
		case 'VALIDATED':
		case 'APPROVED':
			return approved;
		case 'CANCELED':
			return status === 'CANCELED';
		case 'CLOSED':
			return closed;
		case 'SUBMITTED':
			return status === 'SUBMITTED' || approved;
		case 'PENDINGEBOOKING':
			return status === 'PENDING_BOOKING';
		case 'PENDINGPROPOSAL':
			return agency && status === 'SUBMITTED';
		case 'PROPOSALAPPROVED':
			return agency && approved;
		case 'PROPOSALCANCELED':
			return agency && status === 'CANCELED';
	}
}
