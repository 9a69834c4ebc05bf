import type { INodeProperties } from 'n8n-workflow';
import { authentication } from '../parameters/authentication';
import { simplify, userLocator } from '../parameters/common';
import { versionField } from '../SapConcur/resources/connection-request/parameters';
import { viewField } from '../SapConcur/resources/travel-request/views';

/** What can start the workflow: the values of the Event parameter. */
export const events = ['newConnectionRequest', 'requestChanged', 'statusChanged'] as const;

export type WatchedEvent = (typeof events)[number];

const REQUEST_NOTICE =
	"A change starts the workflow half a minute after it was made, at the next poll; several changes between two polls come as one item with the latest state. A request that Concur shows late is found up to ten minutes later. Nothing announces deletions, cash advances and exceptions. The watch begins at activation, and anew when 'Event', 'User', 'View' or the region changes.";

const STATUS_NOTICE =
	'A new request counts as changed from no status (null). So does one that existed before the watch, when it is first seen with a status that Concur does not date, such as sent back. What happens between two polls comes as one change.';

const CONNECTION_NOTICE =
	'Each traveler who waits starts the workflow once, also those who wait already at activation, and again when Concur queues the request again after an answer that asks for it (after an hour or a day). They stay in the queue until they are answered. Their request tokens are not in the output, because n8n writes what starts an execution into its database, also where executions are not saved: read them in the workflow, with Get Many of the SAP Concur node.';

const ofConnections = { show: { event: ['newConnectionRequest'] } };
const ofRequests = { show: { event: ['requestChanged', 'statusChanged'] } };
const ofStatuses = { show: { event: ['statusChanged'] } };

function notice(name: string, text: string, displayOptions: typeof ofStatuses): INodeProperties {
	return { displayName: text, name, type: 'notice', default: '', displayOptions };
}

/** The statuses that SAP has; companies have further ones. */
export const statusOptions = [
	{ name: 'Approved', value: 'APPROVED' },
	{ name: 'Canceled', value: 'CANCELED' },
	{ name: 'Not Submitted', value: 'NOT_SUBMITTED' },
	{ name: 'Pending Booking', value: 'PENDING_BOOKING' },
	{ name: 'Sent Back', value: 'SENTBACK' },
	{ name: 'Submitted', value: 'SUBMITTED' },
] as const;

/** The parameters of the trigger. */
export const properties: INodeProperties[] = [
	authentication,
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'New Connection Request',
				value: 'newConnectionRequest',
				description: 'A traveler waits to be connected with your loyalty programme',
			},
			{
				name: 'Travel Request Created or Updated',
				value: 'requestChanged',
				description: 'Anything has changed: header, expenses, comments, status',
			},
			{
				name: 'Travel Request Status Changed',
				value: 'statusChanged',
				description: 'A request was submitted, approved, sent back, and so on',
			},
		],
		default: 'requestChanged',
		description: 'What starts the workflow',
	},
	notice('requestNotice', REQUEST_NOTICE, ofRequests),
	notice('statusNotice', STATUS_NOTICE, ofStatuses),
	notice('connectionNotice', CONNECTION_NOTICE, ofConnections),
	{ ...viewField, displayOptions: ofRequests },
	{
		...userLocator('The traveler, approver or travel agent whose view it is'),
		displayOptions: ofRequests,
	},
	{
		displayName: 'New Statuses',
		name: 'statuses',
		type: 'multiOptions',
		options: [...statusOptions],
		default: [],
		description:
			"The statuses that start the workflow once a request has them; all where none is chosen. An expression may give further codes of your company, as in ['ON_HOLD'].",
		displayOptions: ofStatuses,
	},
	{ ...versionField, displayOptions: ofConnections },
	simplify,
];
