import type { TimestampStyle } from './timestamps';

/** Switches for the shape of answers: each is something Concur documents, shows or has done. */
export interface Quirks {
	/** Timestamps `…​.000Z` (documented), `…Z` (seen in 2018) or with their real fraction. */
	timestamps: TimestampStyle;
	/** Timestamps of comments and cash advances come without a zone. */
	zonelessChildren: boolean;
	/** Whether lastModified keeps milliseconds inside the server (the filters then see them). */
	modifiedPrecision: 'ms' | 's';
	/** Links of a list: all four, only first and last (TMC guide), or none at all. */
	listLinks: 'all' | 'firstLast' | 'none';
	/** `operations: []` when everything fits on one page (2018 sample), instead of first and last. */
	noLinksOnSinglePage: boolean;
	/** A last page that is exactly full carries a `next` link to an empty page. */
	nextAfterExactlyFullPage: boolean;
	/** A full page has no `next` link although more rows follow. */
	dropNext: boolean;
	/** Rows with the same sort value come in another order on every call. */
	unstableTies: boolean;
	/** A company token must name a user to list requests (no company-wide list is documented). */
	listNeedsUser: boolean;
	/** A list never returns more than this many rows a page, whatever `limit` says. */
	ignoreLimit: number | null;
	/** Some hrefs, templates and all NextPage values point at the foreign (trap) host. */
	foreignLinks: boolean;
	/** Some templates are malformed (`https://https://…`, `hhttps://…`). */
	malformedTemplates: boolean;
	/** GET /cashadvances/{id} answers a one-element array (example) instead of an object (schema). */
	cashAdvanceAsArray: boolean;
	/** Allocations answer a one-element array (example) instead of an object (schema). */
	allocationAsArray: boolean;
	/** GET of one event subscription answers a one-element array (example), not an object (swagger). */
	subscriptionAsArray: boolean;
	/** A connection-request page holding one item has `Items` as an object (swagger 2), not an array. */
	singleItemAsObject: boolean;
	/** Connection requests answer XML, their default, even where JSON is asked for. */
	alwaysXml: boolean;
	/** The last connection-request page has no NextPage member at all, instead of null. */
	omitLastNextPage: boolean;
	/** `expires_in` of token answers: text (apidoc), number (migration guide) or taking turns. */
	expiresIn: 'string' | 'number' | 'alternate';
	/** Each refresh kills the refresh token used and issues another. */
	rotateRefreshTokens: boolean;
	/** Chunked request bodies are refused with 400, as Concur does. */
	refuseChunkedRequests: boolean;
	/** App tokens (client_credentials) are refused by Travel Request, which wants company or user. */
	strictAppTokens: boolean;
	/** The scopes of every token; an API whose scope is missing answers 403. */
	grantedScopes: string;
	/** A change shows up in lists only so much later than its lastModified. */
	visibilityDelayMs: number;
}

/** The quirks as a fresh fake has them. */
export function defaultQuirks(): Quirks {
	return {
		timestamps: 'zeroMillis',
		zonelessChildren: false,
		modifiedPrecision: 'ms',
		listLinks: 'all',
		noLinksOnSinglePage: true,
		nextAfterExactlyFullPage: false,
		dropNext: false,
		unstableTies: false,
		listNeedsUser: false,
		ignoreLimit: null,
		foreignLinks: true,
		malformedTemplates: true,
		cashAdvanceAsArray: false,
		allocationAsArray: true,
		subscriptionAsArray: true,
		singleItemAsObject: false,
		alwaysXml: false,
		omitLastNextPage: false,
		expiresIn: 'alternate',
		rotateRefreshTokens: false,
		refuseChunkedRequests: true,
		strictAppTokens: false,
		grantedScopes:
			'travelrequest.write CONREQ identity.user.ids.read identity.user.core.read events.topic.read',
		visibilityDelayMs: 0,
	};
}
