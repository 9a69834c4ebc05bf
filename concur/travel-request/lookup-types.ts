/** What policies, agencies and participants of Travel Request v4 are; see `types.ts` for how to read them. */
import type { ResourceLink } from './types';

export interface RequestPolicy {
	readonly id?: string;
	readonly href?: string;
	readonly name?: string;
	/** Whether its requests are budget requests, which have participants. */
	readonly allowParticipants?: boolean;
}

export interface TravelAgency {
	readonly id?: string;
	readonly name?: string;
	readonly emailAddress?: string;
	/** AEBT or API, for example. */
	readonly proposalType?: string;
	/** Only where `proposalType` is AEBT or API. */
	readonly customerAccountCode?: string;
	readonly customerAccountName?: string;
}

export interface RequestParticipant {
	readonly participant?: ResourceLink;
	/** The requests the participant made of the budget request. */
	readonly requests?: readonly ResourceLink[];
}
