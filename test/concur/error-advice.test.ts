import { adviseOnHttp, adviseOnToken } from '../../concur/error-advice';

/** Travel Request v4, HTTP Status Codes: every code of the page, by status. */
const apiCodes: Readonly<Record<number, string>> = {
	400: `badParam invalidJson invalidDate invalidUuid invalidLocation severalLocationsMatch
		invalidPolicy listValidationError missingRequiredField blockingException multiLegNotAllowed
		reportTemplateNotFound unsupportedParam missingRequiredParam companyNotFound userNotFound
		segmentTypeNotMappedToPolicy expenseTypeNotMappedToPolicy idNotAllowed BAD_STATUS_PROP
		UNSUPPORTED_AGENCY_PROPOSAL_STATUS_ERROR UNSUPPORTED_AGENCY_PROPOSAL_TYPE_ERROR`,
	401: 'invalidUser',
	403: `permissionDenied requestStatusNotApproved userIsNotAllowed requestStartDateInTheFuture
		publicApiNotAllowed CASH_ADVANCE_CANNOT_SUBMIT_AS_DELEGATE CASH_ADVANCE_CANNOT_APPROVE_OWN_CA`,
	404: 'notFound',
	408: 'timeOut',
	409: `NO_APPROVER NO_APPROVER_NOT_EDITABLE_STEP NO_APPROVER_CHANGE_MY_INFO NO_AUTH_APPROVERS
		REVIEW_APPROVAL_FLOW_APPROVER APPROVER_CUM_REPORTOWNER APPROVER_CUM_REPORTOWNER_EDITABLE
		INVALID_AUTH_APPROVER CONFIG_INVALID_NEXT_STEP STEP_EXIT_BLOCKING_BY_EXCEPTION
		CASH_ADVANCE_SUBMIT_GENERIC CASH_ADVANCE_SUBMIT_ALREADY_SUBMITTED
		CASH_ADVANCE_CONFIG_INVALID_NEXT_STEP CASH_ADVANCE_APPROVER_CUM_REPORTOWNER
		CASH_ADVANCE_APPROVER_CUM_REPORTOWNER_IS_EDITABLE_BY CASH_ADVANCE_INVALID_AUTH_APPROVER
		CASH_ADVANCE_NO_APPROVER CASH_ADVANCE_NO_APPROVER_CHANGE_MY_INFO CASH_ADVANCE_NOT_AN_APPROVER
		CASH_ADVANCE_REVIEW_APPROVAL_FLOW_APPROVER NO_POLICY_ALLOWING_CREATION_ERROR`,
	500: 'createReportError internalServerError associateReportError',
	503: `circuitBreaker entityOffline CLIQBOOK_APPROVAL_FAILURE CLIQBOOK_APPROVAL_RETRY
		CLIQBOOK_CANCEL_FAILURE`,
};

/**
 * Authentication, Response Codes, as far as our grants can meet them: not those of one-time passwords
 * (55 to 58, 80 to 85, 109), nor of the sign-in page itself (117 to 119, 121, 122, 124).
 */
const tokenCodes = [
	5, 10, 11, 12, 13, 14, 16, 19, 20, 21, 51, 52, 53, 54, 59, 60, 61, 62, 63, 64, 65, 100, 101, 102,
	103, 104, 105, 106, 107, 108, 115, 120, 123, 134, 135, 136, 139,
];

const documented = Object.entries(apiCodes).flatMap(([status, codes]) =>
	codes.split(/\s+/).map((code): [string, number] => [code, Number(status)]),
);

it.each(documented)('%s of a %i has advice of its own', (code, status) => {
	const advice = adviseOnHttp(status, code);
	expect(advice).toMatch(/^[A-Z].*\.$/);
	// The only codes of their statuses, of which there is nothing more to say.
	const general = new Set(['notFound', 'timeOut']);
	if (!general.has(code)) expect(advice).not.toBe(adviseOnHttp(status, undefined));
});

it.each(tokenCodes)('the token code %i has advice of its own', (code) => {
	const advice = adviseOnToken(418, String(code));
	expect(advice).toMatch(/^[A-Z].*\.$/);
	// What stands for any unknown code is right for these.
	const general = new Set([61, 64, 115]);
	if (!general.has(code)) expect(advice).not.toBe(adviseOnToken(418, undefined));
});
