import type { INodeProperties } from 'n8n-workflow';
import type { ListRequestsQuery } from '../../../../concur/travel-request/list-requests';
import { listAllRequests } from '../../../../concur/travel-request/list-all-requests';
import { collectUpTo } from '../../../output/collect';
import { hintAt } from '../../../output/hints';
import { limit, returnAll, simplify, userLocator } from '../../../parameters/common';
import type { Parameters } from '../../../parameters/parameters';
import type { Operation } from '../operation';
import { readShape } from './simplify';
import { viewField } from './views';

const sortFields = ['approvalStatus', 'requestId', 'startDate'] as const;
const sortOrders = ['ASC', 'DESC'] as const;

function moment(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description: `${description}. Counts in the workflow's time zone where it has none of its own.`,
	};
}

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		moment('Approved After', 'approvedAfter', 'Only requests approved after this moment'),
		moment('Approved Before', 'approvedBefore', 'Only requests approved before this moment'),
		{
			displayName: 'Include Delegate Approvals',
			name: 'includeDelegateApprovals',
			type: 'boolean',
			default: false,
			description:
				"Whether to list also what the user approves as a delegate. For the 'To Approve' view; early access at SAP.",
		},
		moment(
			'Modified After',
			'modifiedAfter',
			'Only requests of which anything has changed after this moment',
		),
		moment(
			'Modified Before',
			'modifiedBefore',
			'Only requests of which nothing has changed since this moment',
		),
	],
};

const sort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'collection',
	placeholder: 'Add sort',
	default: {},
	options: [
		{
			displayName: 'Sort By',
			name: 'sortField',
			type: 'options',
			options: [
				{ name: 'Approval Status', value: 'approvalStatus' },
				{ name: 'Request ID', value: 'requestId' },
				{ name: 'Start Date', value: 'startDate' },
			],
			default: 'requestId',
			description: 'What to sort by. By request ID the list is least disturbed by edits.',
		},
		{
			displayName: 'Sort Order',
			name: 'sortOrder',
			type: 'options',
			options: [
				{ name: 'Ascending', value: 'ASC' },
				{ name: 'Descending', value: 'DESC' },
			],
			default: 'ASC',
			description: 'In which direction to sort; ascending where nothing is chosen',
		},
	],
};

const thinNotice: INodeProperties = {
	displayName:
		"Concur's list leaves out custom fields, policy, destination, expenses and the time of the last change. Read them with Get, for each request.",
	name: 'thinNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { simplify: [false] } },
};

export const getManyTravelRequests: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many travel requests',
	description: 'Retrieve a list of travel requests, without details such as custom fields',
	endpoints: ['GET /travelrequest/v4/requests'],
	properties: [
		viewField,
		userLocator('The traveler, approver or travel agent whose view it is'),
		returnAll,
		limit,
		filters,
		sort,
		simplify,
		thinNotice,
	],
	async execute({ node, client, parameters }) {
		const most = parameters.limit();
		const shape = readShape(parameters);
		const pages = listAllRequests(client, readQuery(parameters), {
			limit: most,
			onOpen: (error) => {
				hintAt(node, error);
			},
		});
		const requests = await collectUpTo(most, pages);
		return requests.map(shape);
	},
};

function readQuery(parameters: Parameters): ListRequestsQuery {
	const chosen = parameters.fields('filters');
	const sorting = parameters.fields('sort');
	return {
		view: parameters.option('view'),
		userId: parameters.optionalId('userId'),
		approvedAfter: chosen.seconds('approvedAfter'),
		approvedBefore: chosen.seconds('approvedBefore'),
		modifiedAfter: chosen.seconds('modifiedAfter'),
		modifiedBefore: chosen.seconds('modifiedBefore'),
		includeDelegateApprovals: chosen.flag('includeDelegateApprovals') ? true : undefined,
		sortField: sorting.optionalChoice('sortField', sortFields),
		// Concur itself would sort downwards.
		sortOrder: sorting.optionalChoice('sortOrder', sortOrders) ?? 'ASC',
	};
}
