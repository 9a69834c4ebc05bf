import { isObject, object, textOf, type JsonObject, type JsonValue } from '../json';
import type { FakeSettings } from '../options';
import type { Random } from '../random';
import type { WorkflowAction } from '../world/workflow';
import type { World } from '../world/world';

/** The topic of travel requests. */
export const requestTopic = 'public.concur.request';

/**
 * The event that tells of a workflow action (Concur Request Event): never of creating, editing or
 * deleting. Its type for closing and reopening is not documented; here it is that of the status.
 */
export function makeStatusEvent(
	world: World,
	settings: FakeSettings,
	random: Random,
	id: string,
	action: WorkflowAction,
): JsonObject {
	const request = world.truth(id)?.request;
	const change = changeOf(action, statusOf(request));
	const owner = textOf(isObject(request) ? request['owner'] : undefined, 'id');
	const approver = approverOf(world, owner);
	const isPending = change === 'PENDING.RequestManager';
	const isApprovers = action === 'approve' || action === 'sendback';
	return {
		id: random.uuid(),
		correlationId: random.uuid(),
		eventType: `statusChange.${change}`,
		topic: requestTopic,
		timeStamp: world.clock.now().toISOString(),
		data: null,
		subtopic: null,
		facts: object({
			companyId: settings.credentials.companyId,
			// Booleans come as text.
			isClosed: String(isObject(request) && request['closed'] === true),
			isTest: 'false',
			isRecall: String(action === 'recall'),
			requestId: textOf(request, 'requestId'),
			actingUserId: isApprovers ? approver : undefined,
			recipientId: isPending ? approver : undefined,
			id,
			href: `${world.hosts.home}/travelrequest/v4/requests/${id}`,
			userId: owner,
			entityId: 'p00fake01',
			policyId: textOf(isObject(request) ? request['policy'] : undefined, 'id'),
			status: isPending ? 'PendingRequestManagerApproval' : statusFact(change),
			role: isPending ? 'RequestManager' : '',
			currentApprovalStatus: isPending ? 'Q_PEND' : '',
			stepCode: stepCodeOf(change),
			isPaymentCardRelated: 'false',
		}),
	};
}

function changeOf(action: WorkflowAction, status: string): string {
	if (action === 'submit') return 'PENDING.RequestManager';
	if (action === 'recall') return 'SENTBACK';
	return status === 'PENDING_BOOKING' ? 'PENDING.TMC' : status;
}

function statusFact(change: string): string {
	return change === 'PENDING.TMC' ? 'PendingTMCApproval' : change;
}

function stepCodeOf(change: string): string | null {
	if (change === 'SENTBACK') return 'SENDBACK';
	// A step that is not set up for notifications has none.
	return change === 'APPROVED' ? 'REQAPPR' : null;
}

function statusOf(request: JsonValue | undefined): string {
	return textOf(isObject(request) ? request['approvalStatus'] : undefined, 'code') ?? '';
}

function approverOf(world: World, ownerId: string | undefined): string | undefined {
	const owner = world.users.find(({ id }) => id === ownerId);
	return owner && world.users[owner.approver]?.id;
}
