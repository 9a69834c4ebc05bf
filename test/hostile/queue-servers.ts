import type { Answer, Call, Twist } from './gateway';
import { change, json } from './twists';

/** How many requests wait in the queue of each server. */
export const WAITING = 23;

/** What a server does to the queue of connection requests, and how much of it can be read then. */
export interface QueueServer {
	readonly server: string;
	/** Requests that are read: {@link WAITING} where that is no guess; less is to be told. */
	readonly read: number;
	/** What is said where that is less. */
	readonly says: RegExp;
	readonly twist: Twist;
}

/** A server that changes each page. */
export function pages(
	edit: (page: Readonly<Record<string, unknown>>, call: Call) => object,
): Twist {
	return queue(async ({ call, pass }) =>
		change(await pass(), (page) => ({ ...page, ...edit(page, call) })),
	);
}

/** A server that answers for each page. */
export function queue(
	answer: (page: { call: Call; pass: () => Promise<Answer> }) => Promise<Answer> | Answer,
): Twist {
	return async (call, pass) =>
		call.path.endsWith('/connectionrequests') ? answer({ call, pass }) : pass();
}

const linkTo = (offset: unknown) => ({
	NextPage: `https://us/x?limit=10&offset=${String(offset)}`,
});

function itemsOf(page: Readonly<Record<string, unknown>>): unknown[] {
	const items: unknown = page['Items'];
	return Array.isArray(items) ? items : [];
}

const noItems = [null, { lastName: 'X' }, { ID: 'x'.repeat(36_000) }];

const whole = { read: WAITING, says: /^$/ };
const open = (read: number, says: RegExp) => ({ read, says });
const noList = open(0, /no list|status 20/);

/** Each is wrong in one way. */
export const queueServers: readonly QueueServer[] = [
	{
		server: 'puts an empty page with a NextPage before each page',
		...whole,
		twist: queue(({ call, pass }) =>
			call.nth % 2 === 1 ? json({ Items: [], ...linkTo(call.query.get('offset') ?? '0') }) : pass(),
		),
	},
	{
		server: 'shows one page as empty, though it names the next one',
		...whole,
		twist: pages((_page, { nth }) => (nth === 2 ? { Items: [] } : {})),
	},
	{
		server: 'names next pages that skip some',
		...whole,
		twist: pages((page, { query }) =>
			page['NextPage'] === null ? {} : linkTo(Number(query.get('offset') ?? 0) + 13),
		),
	},
	{ server: 'has lost NextPage', ...whole, twist: pages(() => ({ NextPage: null })) },
	{
		server: 'has lost NextPage of one page',
		...whole,
		twist: pages((_page, { nth }) => (nth === 2 ? { NextPage: null } : {})),
	},
	{
		server: 'gives five at most, and no NextPage',
		...whole,
		twist: pages((page) => ({ Items: itemsOf(page).slice(0, 5), NextPage: null })),
	},
	{
		server: 'does not get the Accept header, and answers XML',
		...whole,
		twist: (call, pass) => pass({ headers: { ...call.headers, accept: '*/*' } }),
	},
	{
		server: 'answers one list by null',
		...whole,
		twist: pages((_page, { nth }) => (nth === 2 ? { Items: null, NextPage: null } : {})),
	},
	{
		server: 'shows its first page as empty, though it names the next one',
		...open(WAITING - 10, /gap between two pages/),
		twist: pages((page, { query }) => {
			const offset = Number(query.get('offset') ?? 0);
			return offset < 10 ? { Items: itemsOf(page).slice(10 - offset) } : {};
		}),
	},
	{
		server: 'names a next page without its offset',
		...open(10, /not where it begins/),
		twist: pages(() => ({ NextPage: 'https://us/x?limit=10' })),
	},
	{
		server: 'names a next page by something that is no address',
		...open(10, /not where it begins/),
		twist: pages(() => ({ NextPage: { href: '?offset=10' } })),
	},
	{
		server: 'shows the first page again and again, by ever new offsets',
		...open(10, /nothing new/),
		twist: queue(async ({ call, pass }) => {
			call.query.delete('offset');
			return change(await pass(), (page) => ({ ...page, ...linkTo(call.nth * 10) }));
		}),
	},
	{
		server: 'shows empty pages by ever new offsets',
		...open(10, /nothing new/),
		twist: pages((page, { nth }) => ({
			Items: nth === 1 ? itemsOf(page) : [],
			...linkTo(nth * 10),
		})),
	},
	{
		server: 'names the first page as the next of all',
		...open(10, /nothing new/),
		twist: pages(() => linkTo(0)),
	},
	{
		server: 'has items that are null, without an ID, or with one of 36 kB',
		...open(WAITING - 3, /cannot be read/),
		twist: pages((page, { nth }) => ({
			Items: nth === 1 ? [...noItems, ...itemsOf(page).slice(noItems.length)] : itemsOf(page),
		})),
	},
	{
		server: 'answers lists by null',
		...noList,
		twist: pages(() => ({ Items: null, NextPage: null })),
	},
	{ server: 'answers lists by an empty object', ...noList, twist: queue(() => json({})) },
	{ server: 'answers lists by null itself', ...noList, twist: queue(() => json(null)) },
	{ server: 'answers lists by an array', ...noList, twist: queue(() => json([])) },
	{
		server: 'answers lists by an empty body',
		...noList,
		twist: queue(() => ({ status: 200, headers: {}, body: '' })),
	},
	{
		server: 'answers lists by 204',
		...noList,
		twist: queue(() => ({ status: 204, headers: {}, body: '' })),
	},
	{
		server: 'answers lists by 202 and an empty one',
		...noList,
		twist: queue(() => json({ Items: [], NextPage: null }, 202)),
	},
	{
		server: 'answers lists by 206 and an empty one',
		...noList,
		twist: queue(() => json({ Items: [], NextPage: null }, 206)),
	},
	{
		server: 'answers XML without a list',
		...noList,
		twist: queue(() => ({
			...{ status: 200, headers: { 'content-type': 'application/xml' } },
			body: '<ConnectionRequests><NextPage/></ConnectionRequests>',
		})),
	},
];
