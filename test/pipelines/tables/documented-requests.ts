import type { JsonObject } from '../../../concur/json';

/** The first item of the documented list (Travel Request v4, "Get the list of existing Requests"). */
export const listedRequest: JsonObject = {
	href: 'https://us.api.concursolutions.com/travelrequest/v4/requests/2B19A2438CD6664A9C44E0F4D39E870A',
	id: '2B19A2438CD6664A9C44E0F4D39E870A',
	approvalStatus: { code: 'SUBMITTED', name: 'Submitted & Pending Approval' },
	approved: false,
	approver: {
		id: '86ac9588-5032-3fa7-b3cc-20e97d2d7146',
		firstName: 'Jason',
		lastName: 'McCafee',
	},
	businessPurpose: 'PMP Training in Nantes',
	canceledPostApproval: false,
	closed: false,
	comment: 'Plane too early in the morning, if possible book Hotel and arrive the day before\n',
	creationDate: '2018-09-03T11:53:02.000Z',
	endDate: '2018-10-08',
	everSentBack: true,
	expenses: [],
	name: 'PMP Training - OCTOBER',
	owner: { firstName: 'John', id: 'c0d9894b-98e2-48d5-86f9-1decde90dd15', lastName: 'Doe' },
	pendingApproval: true,
	requestId: '3AT7',
	startDate: '2018-10-08',
	startTime: '05:00',
	submitDate: '2018-09-03T11:55:00.000Z',
	totalApprovedAmount: { value: 213.06, currency: 'USD' },
	totalPostedAmount: { value: 213.06, currency: 'USD' },
	totalRemainingAmount: { value: 213.06, currency: 'USD' },
	type: { code: 'TRAVEL', label: 'Travel' },
};

const listItems = 'https://us.api.concursolutions.com/list/v4/items';

/** The documented answer of "Get the content of an existing Request", its links shortened. */
export const detailedRequest: JsonObject = {
	href: 'https://us.api.concursolutions.com/travelrequest/v4/requests/224AF3CDCC2A5244A37C72FA5770C6F2',
	id: '224AF3CDCC2A5244A37C72FA5770C6F2',
	approvalStatus: { code: 'NOT_SUBMITTED', name: 'Not Submitted' },
	comments: {
		href: 'http://us.api.concursolutions.com/travelrequest/v4/requests/224AF3CDCC2A5244A37C72FA5770C6F2/comments',
		id: '224AF3CDCC2A5244A37C72FA5770C6F2',
		template: 'http://us.api.concursolutions.com/travelrequest/v4/requests/{id}/comments',
	},
	creationDate: '2018-05-25T07:31:33.000Z',
	custom1: { value: 'Kick-off meeting for project KIWI' },
	custom2: {
		href: `${listItems}/54F0CBD8833CB348BD45A6C7C621C951`,
		code: 'CEN1',
		value: '54F0CBD8833CB348BD45A6C7C621C951',
		template: `${listItems}/{id}`,
	},
	endDate: '2018-07-17',
	endTime: '19:30',
	exceptions: { id: '224AF3CDCC2A5244A37C72FA5770C6F2' },
	expensePolicy: { id: 'A6D42A825114472FAF402180E20B3751' },
	expenses: [{ id: 'B5FB8991E390474E875D6FD5BB1FDAF1', template: 'hhttps://us…/{id}' }],
	lastModified: '2018-05-25T07:34:01.000Z',
	mainDestination: {
		countryCode: 'DE',
		countrySubDivisionCode: 'DE-BE',
		city: 'Berlin, GERMANY',
		name: 'Berlin, GERMANY',
	},
	name: 'Client meeting in Berlin - JULY',
	owner: { firstName: 'John', id: 'c0d9894b-98e2-48d5-86f9-1decde90dd15', lastName: 'Doe' },
	policy: { id: '00497B95D8055849A1B217C8D05FFB86' },
	requestId: '333T',
	totalApprovedAmount: { value: 494.56, currency: 'USD' },
	travelAgency: {
		href: 'https://us.api.concursolutions.com/travelrequest/v4/travelagencies/2EC038D7C3CBBE4ABA0914425064D34F',
		id: '2EC038D7C3CBBE4ABA0914425064D34F',
		template: 'https://us.api.concursolutions.com/travelrequest/v4/travelagencies/{id}',
	},
	type: { code: 'TRAVEL', label: 'Travel' },
	operations: [{ rel: 'submit', href: 'https://us.api.concursolutions.com/submit' }],
};

/** The documented comments of a request. */
export const documentedComments: readonly JsonObject[] = [
	{
		author: { firstName: 'Steve', lastName: 'Smith' },
		creationDateTime: '2019-07-12T11:51:14.000Z',
		isLatest: true,
		value: 'Please specify an amount less than 600 Euros',
	},
	{
		author: { firstName: 'John', lastName: 'Doe' },
		creationDateTime: '2019-07-12T11:11:39.000Z',
		isLatest: false,
		value: 'Please review the business meal excepted expense to confirm required amount',
	},
];

/** The documented exception of a request. */
export const documentedException: JsonObject = {
	code: 'CALWARN2',
	level: 1,
	message: 'The requested Cash Advance exceeds the limit (€0.00).',
	isBlocking: false,
	source: {
		id: 'DAF37B097DB82D4D9A15E9F3F7E460C9',
		href: 'https://emea.api.concursolutions.com/v4/requests/DAF37B097DB82D4D9A15E9F3F7E460C9?compact=false',
		type: 'HEADER',
	},
	parameters: {},
};

/** An expected expense with an allocation and a leg, after the documented schema. */
export const expectedExpense: JsonObject = {
	id: 'E1',
	href: 'https://us.api.concursolutions.com/travelrequest/v4/expenses/E1',
	expenseType: { id: 'AIRFR', name: 'Airfare', href: 'x' },
	transactionDate: '2018-07-15',
	transactionAmount: { value: 120.5, currency: 'EUR' },
	orgUnit1: { code: 'FR', value: 'France' },
	custom40: { value: 'last' },
	comments: { id: 'E1' },
	allocations: [{ allocationId: 'A1', percentage: 100, percentEdited: false, expenseId: 'E1' }],
	tripData: {
		agencyBooked: false,
		tripType: 'ROUND_TRIP',
		segmentType: { category: 'REQ_SEG_AIRFR', code: 'AIRFR' },
		legs: [
			{
				id: 'L1',
				startDate: '2018-07-15',
				startTime: '06:00',
				startLocation: { name: 'Paris', iataCode: 'CDG', latitude: 49.0097 },
				class: { code: 'Y', value: 'Economy' },
				returnLeg: false,
			},
		],
	},
};
