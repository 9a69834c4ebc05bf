import type { Resource } from '../operation';
import { getManyParticipants } from './get-many';
import { updateParticipants } from './update';

export const participant: Resource = {
	value: 'participant',
	name: 'Participant',
	description: 'Someone who travels on the budget of a budget request',
	operations: [getManyParticipants, updateParticipants],
};
