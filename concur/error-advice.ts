/** What to do next for each error code Concur documents, written once. */

const COMPANY_USER =
	'With a company token name the user: set the user ID of the traveler, approver or agent.';
const CREDENTIALS = 'Check the user name and the password or request token, then try again.';
const ACCOUNT = 'Ask the SAP Concur administrator of the company to enable or unlock the account.';
const CLIENT =
	'Check the client ID and client secret of the app, and that they belong to this data center.';
const APPROVER =
	'Let the traveler or the Request administrator choose a valid approver in Concur, then repeat the action.';
const SIGN_IN_AGAIN = 'Sign in again: connect the account once more.';
const REPORTS = 'Make the expense report in Concur Expense: it could not be made from the request.';
const RATE_LIMIT = 'Run fewer requests at once, or start again later.';
const UNAVAILABLE = 'Try again in five minutes; if it stays, give SAP support the correlation id.';
const REFRESH =
	'Connect the app again in Concur (or run the original grant again) and configure the new token.';

/** Travel Request v4, HTTP Status Codes page. */
const byConcurCode: Readonly<Record<string, string>> = {
	badParam: 'Correct the parameter that the message names.',
	invalidJson: 'Correct the JSON of the body.',
	invalidDate: "Write dates as yyyy-MM-dd or yyyy-MM-dd'T'HH:mm:ss'Z'.",
	invalidUuid: 'Check the id: it must be the UUID, not the short request ID or the login name.',
	invalidLocation: 'Give an IATA code, or a country code and a city name that Concur knows.',
	severalLocationsMatch: 'Add the location code of one of the matching locations.',
	invalidPolicy: 'Use a policy id that the user may use (see the user policies).',
	listValidationError: 'Use list item ids that exist in the lists of the custom fields.',
	missingRequiredField: 'Fill the required fields of the request form, then repeat the action.',
	blockingException: 'Resolve the blocking exceptions of the request, then submit it again.',
	multiLegNotAllowed: 'Use one leg, or ask the administrator to enable multi-leg segments.',
	unsupportedParam: 'Leave out the parameter that this endpoint does not know.',
	missingRequiredParam: COMPANY_USER,
	companyNotFound: 'Check that the token belongs to the company you mean.',
	userNotFound: 'Check the user ID: it must be the UUID of a user of this company.',
	reportTemplateNotFound: REPORTS,
	BAD_STATUS_PROP: 'Import proposals only while the request waits for them.',
	UNSUPPORTED_AGENCY_PROPOSAL_STATUS_ERROR: 'Send the proposal with the status PROPOSAL.',
	UNSUPPORTED_AGENCY_PROPOSAL_TYPE_ERROR: 'Use an agency whose proposal type is API.',
	idNotAllowed: 'Leave the id out when creating: Concur gives one.',
	segmentTypeNotMappedToPolicy: 'Use a segment type that the request policy allows.',
	expenseTypeNotMappedToPolicy: 'Use an expense type that the request policy allows.',
	invalidUser: 'Check that the token belongs to an active user or company with this product.',
	permissionDenied: 'Act as a user who may do this; nobody approves a request of their own.',
	requestStatusNotApproved: 'Do this only with a request that is approved.',
	requestStartDateInTheFuture: 'Wait until the trip has begun.',
	userIsNotAllowed: 'Act as the owner, an approver or a processor of this request.',
	publicApiNotAllowed: 'Ask SAP Concur to enable this API for the company.',
	notFound: 'Check the id, and that it lives in this company and data center.',
	timeOut: 'Try again in five minutes.',
	internalServerError: 'Try again later; if it stays, give SAP support the correlation id.',
	circuitBreaker: 'Try again in a few minutes: a node of Concur is unwell.',
	entityOffline: 'Try again later: the company is offline for maintenance.',
	CLIQBOOK_APPROVAL_RETRY: 'Try again in a few minutes.',
	CLIQBOOK_APPROVAL_FAILURE:
		'Have the trip looked at in Concur Travel: its approval failed for good.',
	CLIQBOOK_CANCEL_FAILURE: 'Cancel the trip in Concur Travel first: its cancellation failed.',
	'security.rate.limit.reached': RATE_LIMIT,
	STEP_EXIT_BLOCKING_BY_EXCEPTION: 'Resolve the blocking exceptions, then approve again.',
	NO_POLICY_ALLOWING_CREATION_ERROR:
		'Let the Request administrator give the user a policy under which requests may be created.',
	createReportError: REPORTS,
	associateReportError: REPORTS,
	CASH_ADVANCE_SUBMIT_GENERIC: 'Look at the cash advance in Concur: it could not be submitted.',
	CASH_ADVANCE_SUBMIT_ALREADY_SUBMITTED: 'Nothing is left to do: the cash advance is submitted.',
	CASH_ADVANCE_CANNOT_SUBMIT_AS_DELEGATE: 'Let the traveler submit the cash advance in person.',
	CASH_ADVANCE_CANNOT_APPROVE_OWN_CA: 'Let another approver approve the cash advance.',
};

/** Authentication page, Response Codes. */
const byOAuthCode: Readonly<Record<string, string>> = {
	5: CREDENTIALS,
	10: ACCOUNT,
	11: ACCOUNT,
	12: ACCOUNT,
	13: ACCOUNT,
	14: ACCOUNT,
	16: 'Set the base address to the data center that the message names.',
	19: CREDENTIALS,
	20: 'Check the IP restrictions of the company: the logon was denied.',
	21: 'Sign in by another grant: this account has no password of its own, only single sign-on.',
	51: 'Configure the user name.',
	52: 'Configure the password or request token.',
	53: 'Have the company connect the app in its App Center first.',
	54: 'Ask for fewer scopes, or have SAP Concur grant the missing ones to the app.',
	59: 'Ask SAP Concur to enable the app again.',
	60: 'Ask SAP Concur to allow this grant type for the app, or use another grant type.',
	61: CLIENT,
	62: 'Configure the client ID.',
	63: 'Configure the client secret.',
	64: CLIENT,
	65: 'Configure the grant type.',
	100: CREDENTIALS,
	101: SIGN_IN_AGAIN,
	102: SIGN_IN_AGAIN,
	103: SIGN_IN_AGAIN,
	104: 'Register the redirect address of the credential with the app at SAP Concur.',
	105: 'Use the app that the token was issued to.',
	106: 'Configure the refresh token.',
	107: 'Ask SAP Concur to allow refresh tokens for the app.',
	108: REFRESH,
	115: CLIENT,
	120: 'Set the credential type to password or authtoken.',
	123: ACCOUNT,
	134: 'Try again later: the company is in maintenance.',
	135: 'Check that no proxy alters the calls: Concur could not read one.',
	136: 'Use the app that the request token was issued to.',
	139: 'Change the password of the account as the company demands, and configure the new one.',
};

const byStatus: Readonly<Record<number, string>> = {
	400: 'Correct the request as the message says.',
	401: 'Check that the app has the scope for this call and that the company still connects it.',
	403: 'Have the needed scope granted to the app, or use a token of another kind.',
	404: 'Check the id, and that it lives in this company and data center.',
	408: 'Try again in five minutes.',
	407: 'Give the proxy of your network its name and password, as in HTTPS_PROXY.',
	409: 'Look at the request in Concur: its state does not allow this.',
};

/** By our own code, where it says more than the status does. */
const byCode: Readonly<Record<string, string>> = {
	CONCUR_RATE_LIMITED: RATE_LIMIT,
	CONCUR_UNAVAILABLE: UNAVAILABLE,
};

/** Refusals that a missing scope or a token of another kind may be behind as well. */
const ABOUT_ACCESS = new Set(['invalidUser', 'permissionDenied', 'publicApiNotAllowed']);

/** Whether a refusal with this code may be about the app or its token. */
export function mayBeAboutAccess(concurCode: string | undefined): boolean {
	return concurCode === undefined || !(concurCode in byConcurCode) || ABOUT_ACCESS.has(concurCode);
}

/**
 * Advice on an answer of the Concur APIs.
 * @param code our own code of the error.
 * @param access what a refusal means for the app and its token, where it is one.
 */
export function adviseOnHttp(
	status: number,
	concurCode: string | undefined,
	code?: string,
	access?: string,
): string {
	const known = concurCode === undefined ? undefined : byConcurCode[concurCode];
	if (known !== undefined) return access === undefined ? known : `${known} ${access}`;
	if (concurCode !== undefined && /APPROVER|NEXT_STEP|CUM_REPORTOWNER/.test(concurCode)) {
		return APPROVER;
	}
	return access ?? byCode[code ?? ''] ?? byStatus[status] ?? adviseOnOther(status);
}

/** Advice on a refusal of the token service. */
export function adviseOnToken(status: number, oauthCode: string | undefined): string {
	const known = oauthCode === undefined ? undefined : byOAuthCode[oauthCode];
	return known ?? (status === 429 ? RATE_LIMIT : status < 500 ? CLIENT : adviseOnOther(status));
}

function adviseOnOther(status: number): string {
	if (status >= 500) return UNAVAILABLE;
	if (status >= 300 && status < 400)
		return 'Check the base address and the proxy: Concur APIs do not redirect, login pages do.';
	return 'Give SAP support the correlation id if the reason is not clear.';
}
