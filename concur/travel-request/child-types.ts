/** What the sub-resources of Travel Request v4 answer; see `types.ts` for how to read them. */
import type { RawNumber } from '../exact-json';
import type {
	Amount,
	CodeAndName,
	CustomField,
	CustomFields,
	Employee,
	Location,
	ResourceLink,
} from './types';

export interface Comment {
	readonly author?: Employee;
	/** What real answers send; the page says `creationDate`. */
	readonly creationDateTime?: string;
	readonly creationDate?: string;
	readonly isLatest?: boolean;
	readonly value?: string;
}

export interface RequestException {
	readonly code?: string;
	readonly level?: number;
	readonly message?: string;
	readonly isBlocking?: boolean;
	/** `type`: ALLOCATION, CASH_ADVANCE, EXPENSE, HEADER; an array according to the page. */
	readonly source?: ExceptionSource | readonly ExceptionSource[];
	readonly parameters?: { readonly [name: string]: unknown };
}

export interface ExceptionSource {
	readonly id?: string;
	readonly href?: string;
	readonly type?: string;
}

export interface CashAdvance {
	readonly cashAdvanceId?: string;
	readonly amountRequested?: Amount & { readonly amount?: number | RawNumber };
	/** C_PEND, C_APPR, C_COMP, C_FILE, C_ISSU, C_NISU, C_NOTF, C_PECA, C_REJE. */
	readonly approvalStatus?: CodeAndName;
	readonly comment?: string;
	readonly exchangeRate?: ExchangeRate;
	readonly issueDate?: string;
	readonly requestDate?: string;
}

export interface ExchangeRate {
	readonly value?: number | RawNumber;
	/** MULTIPLY or DIVIDE. */
	readonly operation?: string;
}

export type OrganizationUnits = { readonly [name in `orgUnit${number}`]?: CustomField | Amount };

export interface Expense extends CustomFields, OrganizationUnits {
	readonly id?: string;
	readonly href?: string;
	readonly allocations?: readonly Allocation[];
	readonly approvedAmount?: Amount;
	readonly postedAmount?: Amount;
	readonly remainingAmount?: Amount;
	readonly transactionAmount?: Amount;
	readonly transactionDate?: string;
	readonly budgetAccrualDate?: string;
	readonly businessPurpose?: string;
	readonly comments?: ResourceLink;
	readonly exchangeRate?: ExchangeRate;
	readonly expenseType?: { readonly id?: string; readonly name?: string; readonly href?: string };
	readonly isPaymentCardRelated?: boolean;
	readonly lastComment?: string;
	readonly lastModifiedDate?: string;
	readonly location?: Location;
	readonly parentRequest?: ResourceLink;
	readonly paymentType?: CodeAndName & { readonly id?: string };
	/** CASH_ADVANCE, TRAVEL_ALLOWANCE or AGENCY_FEE. */
	readonly source?: string;
	readonly travelAllowance?: { readonly dailyTravelAllowanceId?: string };
	readonly tripData?: TripData;
	readonly vendor?: { readonly id?: string; readonly name?: string };
}

export interface Allocation extends CustomFields {
	readonly allocationId?: string;
	readonly allocationAmount?: Amount;
	readonly approvedAmount?: Amount;
	readonly postedAmount?: Amount;
	readonly percentage?: number | RawNumber;
	readonly percentEdited?: boolean;
	readonly systemAllocation?: boolean;
	readonly expenseId?: string;
}

export interface TripData {
	readonly agencyBooked?: boolean;
	readonly selfBooked?: boolean;
	/** ONE_WAY, ROUND_TRIP or MULTI_STOPS. */
	readonly tripType?: string;
	readonly segmentType?: { readonly category?: string; readonly code?: string };
	readonly legs?: readonly SegmentLeg[];
}

export interface SegmentLeg extends CustomFields {
	readonly id?: string;
	readonly startDate?: string;
	readonly startTime?: string;
	readonly startLocation?: Location;
	readonly startLocationDetail?: string;
	readonly endDate?: string;
	readonly endTime?: string;
	readonly endLocation?: Location;
	readonly endLocationDetail?: string;
	readonly class?: CustomField;
	readonly classOfService?: string;
	readonly comment?: string;
	readonly flightNumber?: string;
	readonly returnLeg?: boolean;
	readonly serviceName?: string;
	readonly segmentLocator?: string;
	readonly travelExceptionReasonCodes?: unknown;
	readonly vendorName?: string;
	readonly cardProgram?: string;
	readonly cardValidity?: string;
}
