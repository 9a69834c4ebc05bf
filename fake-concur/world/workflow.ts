import { read, type Ledger, type StatusCode } from './ledger';
import type { Scene } from './scene';

/** The workflow actions of POST /requests/{id}/{action}. */
export const workflowActions = [
	'submit',
	'recall',
	'cancel',
	'close',
	'reopen',
	'approve',
	'sendback',
] as const;

/** A workflow action. */
export type WorkflowAction = (typeof workflowActions)[number];

/** The actions that only the traveler may take. */
export const travelerActions: readonly WorkflowAction[] = [
	'submit',
	'recall',
	'cancel',
	'close',
	'reopen',
];

const allowedFrom: Record<WorkflowAction, readonly StatusCode[]> = {
	submit: ['NOT_SUBMITTED', 'SENTBACK'],
	recall: ['SUBMITTED'],
	cancel: ['SUBMITTED', 'APPROVED', 'PENDING_BOOKING'],
	close: ['APPROVED', 'PENDING_BOOKING', 'CANCELED'],
	reopen: ['APPROVED', 'PENDING_BOOKING', 'CANCELED'],
	approve: ['SUBMITTED'],
	sendback: ['SUBMITTED'],
};

/** Whether the state of a request allows an action. */
export function allows(ledger: Ledger, index: number, action: WorkflowAction): boolean {
	if (!allowedFrom[action].includes(ledger.statusOf(index))) return false;
	const closed = ledger.has(index, 'closed');
	const canceledDraft =
		ledger.statusOf(index) === 'CANCELED' && !ledger.has(index, 'canceledPostApproval');
	if (action === 'close') return !closed && !canceledDraft;
	return action === 'reopen' ? closed : !closed;
}

/** The actions that the detail advertises in `operations`. */
export function availableOperations(scene: Scene, index: number): WorkflowAction[] {
	return workflowActions.filter((action) => allows(scene.ledger, index, action));
}

/** Moves a request to the state that follows an allowed action. */
export function follow(ledger: Ledger, index: number, action: WorkflowAction, now: number): void {
	if (action === 'close' || action === 'reopen') {
		ledger.mark(index, 'closed', action === 'close');
		return;
	}
	if (action === 'submit') ledger.submitted[index] = now;
	if (action === 'sendback') ledger.mark(index, 'everSentBack', true);
	if (action === 'approve') ledger.authorized[index] = now;
	if (action === 'cancel' && !Number.isNaN(read(ledger.authorized, index))) {
		ledger.mark(index, 'canceledPostApproval', true);
	}
	const next: Record<typeof action, StatusCode> = {
		submit: 'SUBMITTED',
		recall: 'NOT_SUBMITTED',
		cancel: 'CANCELED',
		approve: 'APPROVED',
		sendback: 'SENTBACK',
	};
	ledger.setStatus(index, next[action]);
}
