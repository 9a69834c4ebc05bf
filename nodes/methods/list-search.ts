import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { ConcurClient } from '../../concur/client';
import { searchUsers as findUsers } from '../../concur/identity/search-users';
import {
	listRequests,
	type RequestItem,
	type RequestView,
} from '../../concur/travel-request/list-requests';
import { listUserPolicies } from '../../concur/travel-request/lookups';
import { toNodeError } from '../output/errors';
import { toText } from '../parameters/values/text';
import { openClient } from '../transport/open-client';

const USERS_A_PAGE = 50;
const REQUESTS_A_PAGE = 100;
/** Concur cannot search requests by text, so this many pages are looked through at once. */
const MOST_PAGES = 5;

/** The users of the company whose login or name contains the text. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return withClient(this, async (client) => {
		const page = await findUsers(client, {
			text: filter,
			count: USERS_A_PAGE,
			cursor: paginationToken,
		});
		// A cursor that leads back to itself, or to nobody, would be followed as long as one scrolls.
		const { nextCursor: next } = page;
		const isMore = next !== undefined && next !== paginationToken && page.users.length > 0;
		return {
			results: page.users.map(({ id, displayName, userName }) => ({
				name: [displayName, userName].filter(Boolean).join(' – ') || id,
				value: id,
			})),
			...(isMore && { paginationToken: next }),
		};
	});
}

/** The travel requests of the chosen user whose name or request ID contains the text. */
export async function searchRequests(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const userId = toText(this.getCurrentNodeParameter('userId', { extractValue: true }));
	const view = viewFor(this.getCurrentNodeParameter('operation'));
	return withClient(this, async (client) => {
		const wanted = filter?.trim().toLowerCase() ?? '';
		const results: INodeListSearchItems[] = [];
		let start = Number(paginationToken ?? 0);
		for (let pages = 0; pages < MOST_PAGES; pages++) {
			const page = await listRequests(client, {
				userId,
				view,
				start,
				limit: REQUESTS_A_PAGE,
				sortField: 'startDate',
				sortOrder: 'DESC',
			});
			results.push(...page.items.map(toListItem).filter((item) => matches(item, wanted)));
			start += page.rows;
			// A page that is full may have others behind it, whatever its links say.
			const isMore = page.hasNext || page.rows >= REQUESTS_A_PAGE;
			if (!isMore || page.rows === 0) return { results };
			if (results.length > 0) break;
		}
		return { results, paginationToken: String(start) };
	});
}

/** Approvers choose from what waits for them, not from requests of their own. */
function viewFor(operation: unknown): RequestView {
	return operation === 'approve' || operation === 'sendBack' ? 'TOAPPROVE' : 'ALL';
}

/** The request policies of the chosen user whose name contains the text. */
export async function searchPolicies(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const userId = toText(this.getCurrentNodeParameter('userId', { extractValue: true }));
	return withClient(this, async (client) => {
		const policies = await listUserPolicies(client, { userId });
		const results = policies.map(({ id, name }) => ({
			name: toText(name) ?? toText(id) ?? '',
			value: toText(id) ?? '',
		}));
		const wanted = filter?.trim().toLowerCase() ?? '';
		return { results: results.filter((item) => item.value !== '' && matches(item, wanted)) };
	});
}

function toListItem(request: RequestItem): INodeListSearchItems {
	const { id, requestId, name, startDate } = request;
	const title = [toText(requestId), toText(name), toText(startDate)].filter(Boolean).join(' – ');
	return { name: title === '' ? id : title, value: id };
}

function matches({ name }: INodeListSearchItems, wanted: string): boolean {
	return name.toLowerCase().includes(wanted);
}

async function withClient<T>(
	context: ILoadOptionsFunctions,
	work: (client: ConcurClient) => Promise<T>,
): Promise<T> {
	const node = context.getNode();
	const client = await openClient(context).catch((error: unknown) => {
		throw toNodeError(error, node, 0);
	});
	try {
		return await work(client);
	} catch (error) {
		throw toNodeError(error, node, 0);
	} finally {
		await client.close();
	}
}
