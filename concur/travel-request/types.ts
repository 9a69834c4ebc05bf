/**
 * What Travel Request v4 answers, as types for callers (schemas page and its examples, which differ
 * in places). Every member may be absent: list items are thin, and fields follow the company's
 * forms. Codes are open strings, since companies and Concur add more. Nothing at run time checks
 * these types; a number that a double cannot hold arrives as a `RawNumber`.
 */
import type { RawNumber } from '../exact-json';

export interface Amount {
	readonly value?: number | RawNumber;
	/** ISO 4217. */
	readonly currency?: string;
}

/** Any member may be absent, and `href`/`template` may be malformed: use the id only. */
export interface ResourceLink {
	readonly id?: string;
	readonly href?: string;
	readonly template?: string;
}

export interface Link {
	readonly rel?: string;
	readonly href?: string;
}

export interface CustomField extends Omit<ResourceLink, 'id'> {
	readonly code?: string;
	readonly value?: string;
	readonly isValid?: boolean;
}

export type CustomFields = { readonly [name in `custom${number}`]?: CustomField };

export interface Employee extends ResourceLink {
	readonly firstName?: string;
	readonly middleInitial?: string;
	readonly lastName?: string;
}

export interface Location {
	readonly id?: string;
	readonly name?: string;
	readonly city?: string;
	readonly countryCode?: string;
	readonly countrySubDivisionCode?: string;
	readonly iataCode?: string;
	readonly latitude?: number | RawNumber;
	readonly longitude?: number | RawNumber;
	readonly locationCode?: string;
	readonly locationType?: string;
}

export interface CodeAndName {
	/** For example NOT_SUBMITTED, SUBMITTED, APPROVED, CANCELED, SENTBACK, PENDING_BOOKING. */
	readonly code?: string;
	readonly name?: string;
}

/** Dates are `yyyy-MM-dd`, times `HH:mm`, timestamps ISO with or without milliseconds and zone. */
export interface TravelRequest extends CustomFields {
	readonly id?: string;
	readonly href?: string;
	/** Four to six letters and digits, unique in the company. */
	readonly requestId?: string;
	readonly name?: string;
	readonly businessPurpose?: string;
	readonly comment?: string;
	readonly approvalStatus?: CodeAndName;
	readonly approvalLimitDate?: string;
	readonly approved?: boolean;
	readonly approver?: Employee | null;
	readonly authorizedDate?: string;
	readonly allocationFormId?: string;
	readonly canceledPostApproval?: boolean;
	readonly closed?: boolean;
	readonly creationDate?: string;
	readonly startDate?: string;
	readonly startTime?: string;
	readonly endDate?: string;
	readonly endTime?: string;
	readonly submitDate?: string;
	readonly lastModified?: string;
	readonly everSentBack?: boolean;
	readonly pendingApproval?: boolean;
	readonly isParentRequest?: boolean;
	readonly parentRequestId?: string;
	readonly pnr?: string;
	readonly highestExceptionLevel?: string;
	readonly owner?: Employee;
	readonly mainDestination?: Location;
	readonly type?: { readonly code?: string; readonly label?: string };
	readonly extensionOf?: ResourceLink & { readonly requestId?: string };
	readonly expensePolicy?: { readonly id?: string };
	readonly policy?: ResourceLink;
	readonly travelAgency?: ResourceLink;
	readonly eventRequest?: ResourceLink;
	readonly parentRequest?: ResourceLink;
	readonly cashAdvances?: ResourceLink;
	readonly comments?: ResourceLink;
	readonly exceptions?: ResourceLink;
	readonly expenses?: readonly ResourceLink[];
	readonly operations?: readonly Link[];
	readonly totalApprovedAmount?: Amount;
	readonly totalPostedAmount?: Amount;
	readonly totalRemainingAmount?: Amount;
}
