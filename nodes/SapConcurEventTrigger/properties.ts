import type { INodeProperties } from 'n8n-workflow';
import { requestTopic, statusChanges } from '../../concur/events/event-types';
import { authentication } from '../parameters/authentication';
import { optionsOf } from '../parameters/collections';
import { simplify } from '../parameters/common';

const APP_NOTICE =
	'Concur lets only the app itself subscribe: choose a credential that signs in with Client Credentials, of an app that has the scopes events.topic.read and travelrequest.write. Concur tells of companies that have connected the app. An app has at most 5 subscriptions; each of these nodes takes one, and one more while it listens for a test event.';

const UNVERIFIED_NOTICE =
	'Anyone who learns the address of this webhook can then start the workflow with made-up events. Switch the check off only where something before n8n has checked the client certificate of webhook.api.concursolutions.com.';

/** The parameters of the event trigger. */
export const properties: INodeProperties[] = [
	{ displayName: APP_NOTICE, name: 'appNotice', type: 'notice', default: '' },
	authentication,
	{
		displayName: 'Topic',
		name: 'topic',
		type: 'resourceLocator',
		default: { mode: 'list', value: requestTopic, cachedResultName: requestTopic },
		required: true,
		description: 'What to be told of. The list shows the topics that the app may subscribe to.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a topic…',
				typeOptions: { searchListMethod: 'searchTopics', searchable: true },
			},
			{ displayName: 'By Name', name: 'id', type: 'string', placeholder: `e.g. ${requestTopic}` },
		],
	},
	{
		displayName: 'Status Changes',
		name: 'statusChanges',
		type: 'multiOptions',
		options: Object.entries(statusChanges).map(([value, name]) => ({ name, value })),
		default: [],
		description:
			'The changes of a travel request to be told of; none chosen means all. Concur is silent on drafts, edits and deletions.',
	},
	{
		displayName: 'Verify Signature',
		name: 'verifySignature',
		type: 'boolean',
		noDataExpression: true,
		default: true,
		description: 'Whether to accept only events that SAP Concur has signed',
	},
	{
		displayName: UNVERIFIED_NOTICE,
		name: 'unverifiedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verifySignature: [false] } },
	},
	{
		displayName: 'Public Key of SAP Concur',
		name: 'publicKey',
		type: 'string',
		typeOptions: { rows: 9 },
		required: true,
		default: '',
		placeholder: '-----BEGIN PUBLIC KEY-----',
		hint: 'SAP changes the key now and then: when no event is accepted any more, look there first',
		description:
			'The PEM text that the page <a href="https://developer.concur.com/api-reference/ess/v4.event-subscription.html">Event Subscription Service v4</a> shows. It is not secret.',
		displayOptions: { show: { verifySignature: [true] } },
	},
	{
		displayName: 'Fetch Full Request',
		name: 'fetchRequest',
		type: 'boolean',
		default: false,
		description:
			'Whether to add the whole travel request to the item. The credential must then be allowed to read it; where it is not, or Concur takes longer than 20 seconds, the item has a fetchError instead.',
	},
	simplify,
	optionsOf([
		{
			displayName: 'Event Type Pattern',
			name: 'eventTypePattern',
			type: 'string',
			default: '',
			placeholder: String.raw`e.g. statusChange\.PENDING\.(TMC|RiskManager)`,
			description:
				"A regular expression for the whole type of an event, in place of 'Status Changes'",
		},
		{
			displayName: 'Filter on Arrival',
			name: 'filterOnArrival',
			type: 'boolean',
			default: false,
			description:
				'Whether to drop, here too, events of types that were not asked for, should Concur send any',
		},
		{
			displayName: 'Signature Algorithm',
			name: 'signatureAlgorithm',
			type: 'options',
			options: [
				{ name: 'RSA-PSS With SHA-256', value: 'RSA-PSS' },
				{ name: 'RSA PKCS #1 V1.5 With SHA-256', value: 'RSA-PKCS1-v1_5' },
			],
			default: 'RSA-PSS',
			description:
				'How SAP Concur signs. SAP does not document it; RSA-PSS is what is known to be used.',
		},
	]),
];
