import type { FakeClock } from '../clock';
import { plainCopy, textOf, type JsonObject, type JsonValue } from '../json';
import type { FakeSettings } from '../options';
import type { Quirks } from '../quirks';
import type { DocumentedName } from '../documented/examples';
import { Bodies } from './bodies';
import { factsOf, readDocumentedRecords } from './documented-records';
import { Ids } from './ids';
import { RequestIndexes } from './indexes';
import { Ledger, read } from './ledger';
import { cashAdvanceLink } from './links';
import { Listing } from './listing';
import type { Hosts, Scene } from './scene';
import { seedRequests, type SeedingPlan } from './seeding';
import { createUsers, type User } from './users';

/** The whole truth about one request, as the API would answer it now. */
export interface RequestTruth {
	request: JsonValue;
	listItem: JsonValue;
	expenses: JsonValue;
	comments: JsonValue;
	/** Comments of each expense, by expense id. */
	expenseComments: Record<string, JsonValue>;
	exceptions: JsonValue;
	/** Cash advances in full. */
	cashAdvances: JsonValue;
}

/** Reads the world: users, requests and everything below them. */
export class Records {
	readonly users: User[];
	/** Where the fake can be reached; filled once its listeners are up. */
	readonly hosts: Hosts = { home: '', moved: '', trap: '' };
	/** Compact facts of all requests; for tests that need to look inside. */
	readonly ledger = new Ledger();
	readonly listing: Listing;
	/** Users whose submits are refused with 409 NO_APPROVER. */
	readonly withoutApprover = new Set<string>();
	protected readonly bodies: Bodies;
	protected readonly indexes: RequestIndexes;
	protected readonly scene: Scene;
	protected readonly plan: SeedingPlan;
	private readonly documentedIds = new Map<string, number>();

	/** Builds the world from its settings. */
	constructor(
		settings: FakeSettings,
		readonly clock: FakeClock,
		readonly quirks: Quirks,
	) {
		const { seed } = settings;
		this.users = createUsers(settings.users, seed, settings.credentials.username);
		const { ledger, hosts, users } = this;
		this.scene = { seed, ids: new Ids(seed), users, ledger, quirks, hosts };
		this.bodies = new Bodies(this.scene);
		this.indexes = new RequestIndexes(ledger, users.length);
		this.listing = new Listing(ledger, this.indexes, users, settings.inclusivity, quirks);
		const now = settings.now.getTime();
		const { requests: count, spanDays } = settings;
		this.plan = { seed, count, users: users.length, now, spanDays };
		seedRequests(ledger, this.plan);
		if (settings.documentedExamples) this.seedDocumented();
		this.indexes.fill();
	}

	/** The ids of all living requests, of one user or of the company, in order of creation. */
	requests(userId?: string): string[] {
		const owner = userId === undefined ? undefined : this.user(userId)?.index;
		const ids: string[] = [];
		for (let index = 0; index < this.ledger.size; index++) {
			if (!this.ledger.lives(index)) continue;
			if (userId === undefined || read(this.ledger.owner, index) === owner)
				ids.push(this.idOf(index));
		}
		return ids;
	}

	/** The number of living requests. */
	get livingRequests(): number {
		return this.ledger.countLiving();
	}

	/** The truth about a living request as plain JSON (long numbers as JavaScript reads them). */
	truth(id: string): RequestTruth | undefined {
		const index = this.find(id);
		if (index === undefined) return undefined;
		const { bodies } = this;
		const comments = bodies
			.expenseIds(index)
			.map((expense): [string, JsonValue] => [
				expense,
				plainCopy(bodies.expenseComments(index, expense)),
			]);
		return {
			request: plainCopy(bodies.detail(index)),
			listItem: plainCopy(bodies.listItem(index)),
			expenses: plainCopy(bodies.expenses(index)),
			comments: plainCopy(bodies.comments(index)),
			expenseComments: Object.fromEntries(comments),
			exceptions: plainCopy(bodies.exceptions(index)),
			cashAdvances: plainCopy(bodies.cashAdvances(index)),
		};
	}

	/** The exact JSON text that GET /requests/{id} answers; keeps every digit. */
	truthText(id: string): string | undefined {
		const index = this.find(id);
		return index === undefined
			? undefined
			: (this.bodies.documentedDetail(index) ?? JSON.stringify(this.bodies.detail(index)));
	}

	/** The milliseconds of a living request's lastModified as the server's filters see it. */
	modifiedAt(id: string): number | undefined {
		const index = this.find(id);
		return index === undefined ? undefined : read(this.ledger.modified, index);
	}

	/** A user by id or login. */
	user(idOrLogin: string): User | undefined {
		return this.users.find((user) => user.id === idOrLogin || user.loginId === idOrLogin);
	}

	/** The owner of a request. */
	ownerOf(index: number): User | undefined {
		return this.users[read(this.ledger.owner, index)];
	}

	/** The index of a living request. */
	find(id: string): number | undefined {
		const known = this.documentedIds.get(id.toUpperCase());
		const index = known ?? this.scene.ids.decode('request', id)?.index;
		if (index === undefined || !this.ledger.lives(index)) return undefined;
		return this.idOf(index) === id.toUpperCase() ? index : undefined;
	}

	/** The id of a request. */
	idOf(index: number): string {
		return this.bodies.idOf(index);
	}

	/** The bodies that the endpoints answer with. */
	read(): Bodies {
		return this.bodies;
	}

	/** The request and the expense behind an expense id. */
	findExpense(id: string): { index: number; expense: JsonObject } | undefined {
		const index = this.parentOf('expense', id);
		if (index === undefined) return undefined;
		const expense = this.bodies.expenses(index).find((each) => each['id'] === id.toUpperCase());
		return expense && { index, expense };
	}

	/** The request and the cash advance behind a cash advance id. */
	findCashAdvance(id: string): { index: number; cashAdvance: JsonObject } | undefined {
		const index = this.parentOf('cashAdvance', id);
		if (index === undefined) return undefined;
		const cashAdvance = this.bodies
			.cashAdvances(index)
			.find((each) => each['cashAdvanceId'] === id.toUpperCase());
		return cashAdvance && { index, cashAdvance };
	}

	/** The links of GET /requests/{id}/cashadvances. */
	cashAdvanceLinks(index: number): JsonObject[] {
		return this.bodies
			.cashAdvances(index)
			.map((each) => cashAdvanceLink(this.scene, textOf(each, 'cashAdvanceId') ?? ''));
	}

	/** Whether a list below a request still is the documented example, byte for byte. */
	hasDocumented(index: number, name: DocumentedName): boolean {
		return this.bodies.hasDocumented(index, name);
	}

	/** What derivations outside the requests need. */
	sceneOf(): Scene {
		return this.scene;
	}

	private parentOf(kind: 'expense' | 'cashAdvance', id: string): number | undefined {
		const known = this.documentedIds.get(id.toUpperCase());
		const index = known ?? this.scene.ids.decode(kind, id)?.index;
		return index !== undefined && this.ledger.lives(index) ? index : undefined;
	}

	private seedDocumented(): void {
		for (const record of readDocumentedRecords()) {
			const index = this.ledger.append(factsOf(record, 0));
			this.bodies.documented.set(index, record);
			for (const id of [record.id, ...record.expenseIds, ...record.cashAdvanceIds]) {
				this.documentedIds.set(id, index);
			}
		}
	}
}
