import type { INodeProperties } from 'n8n-workflow';
import { patchParticipants } from '../../../../concur/travel-request/participants';
import { requestLocator, userLocator } from '../../../parameters/common';
import type { Parameters } from '../../../parameters/parameters';
import { isEmpty, toText } from '../../../parameters/values/text';
import type { Operation } from '../operation';

function userList(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add User ID' },
		default: [],
		placeholder: 'e.g. 08bd47ca-36a5-4e31-9f7a-0c4e1f3dd8f3',
		description: `${description}. An expression may give a list, or a text with commas.`,
	};
}

export const updateParticipants: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update the participants of a budget request',
	description: 'Add participants to a budget request and take others out; all others stay',
	endpoints: ['PATCH /travelrequest/v4/requests/{requestUuid}/participants'],
	properties: [
		userLocator('The user in whose name to change them'),
		requestLocator,
		userList('User IDs to Add', 'addUserIds', 'The users who become participants'),
		userList('User IDs to Remove', 'removeUserIds', 'The users who are participants no longer'),
	],
	async execute({ client, parameters }) {
		const requestId = parameters.id('requestId');
		const added = readUserIds(parameters, 'addUserIds');
		const removed = readUserIds(parameters, 'removeUserIds');
		checkChanges(parameters, added, removed);
		const changes = [
			...added.map((id) => ({ id })),
			...removed.map((id) => ({ id, deleted: true })),
		];
		await patchParticipants(client, requestId, changes, {
			userId: parameters.optionalId('userId'),
		});
		// Concur answers without a body.
		return [{ updated: true, travelRequestId: requestId, added, removed }];
	},
};

function checkChanges(
	parameters: Parameters,
	added: readonly string[],
	removed: readonly string[],
): void {
	if (added.length + removed.length === 0) {
		throw parameters.wrong('addUserIds', 'is empty', 'Give a user ID to add or to remove.');
	}
	const both = added.find((id) => removed.includes(id));
	if (both !== undefined) {
		throw parameters.wrong(
			'removeUserIds',
			`names ${both}, who is to be added too`,
			'Name each user only once.',
		);
	}
}

function readUserIds(parameters: Parameters, name: string): string[] {
	const ids = parameters.list(name).flatMap((each) => {
		if (isEmpty(each)) return [];
		const text = toText(each);
		if (text !== undefined) return text.split(/[\s,;]+/).filter((id) => id !== '');
		throw parameters.wrong(name, 'holds something that is no user ID', 'Give the IDs as texts.');
	});
	return [...new Set(ids)];
}
