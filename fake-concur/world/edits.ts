import { textOf, without, type JsonObject } from '../json';
import { Random } from '../random';
import { formatDay, parseDay } from '../timestamps';
import type { IdKind } from './ids';
import { read } from './ledger';
import { travelRequestRoot } from './links';
import { childlessOverlay, type Overlay } from './overlay';
import { Records } from './records';
import { makeComment, makeException } from './remarks';
import { draftFacts } from './seeding';
import { childStamp, modifiedTime } from './scene';
import type { User } from './users';
import { follow, type WorkflowAction } from './workflow';

/** The records and every single change that can be made to them. */
export class Edits extends Records {
	/** Told of every workflow action after it was taken. */
	acted: (id: string, action: WorkflowAction) => void = () => {};
	/** Ids of all requests that were created, edited or deleted after the seeding. */
	readonly touched = new Set<string>();
	protected changes = 0;

	/** Creates a draft with these fields and no children; returns its id. */
	create(fields: JsonObject, ownerId?: string): string {
		const owner = this.user(ownerId ?? '') ?? this.users[0];
		const day =
			parseDay(textOf(fields, 'startDate') ?? '') ?? Math.floor(this.stampNow() / 86_400_000) + 30;
		const index = this.ledger.append(
			draftFacts(this.ledger, owner?.index ?? 0, day, this.stampNow()),
		);
		const rest = without(fields, 'startDate');
		const header = { endDate: formatDay(day + 2), name: null, businessPurpose: null, ...rest };
		const zero = { value: 0, currency: 'USD' };
		const totals = {
			totalApprovedAmount: zero,
			totalPostedAmount: zero,
			totalRemainingAmount: zero,
		};
		this.bodies.setOverlay(index, childlessOverlay({ comment: null, ...totals, ...header }));
		return this.settle(index);
	}

	/** Edits header fields (null clears) and bumps lastModified. */
	edit(id: string, patch: JsonObject): void {
		const index = this.mustFind(id);
		const overlay = this.bodies.overlay(index);
		const { startDate, ...rest } = patch;
		if (typeof startDate === 'string') {
			// The made-up end date hangs on the start date; an edit of one must not move the other.
			overlay.header['endDate'] ??= this.bodies.detail(index)['endDate'] ?? null;
			this.ledger.startDay[index] = parseDay(startDate) ?? read(this.ledger.startDay, index);
		}
		Object.assign(overlay.header, rest);
		this.touch(index);
	}

	/** Deletes a request; nothing announces it. */
	delete(id: string): void {
		const index = this.mustFind(id);
		this.ledger.mark(index, 'deleted', true);
		this.bodies.forget(index);
		this.settle(index);
	}

	/** Takes a workflow action that the state allows. */
	act(id: string, action: WorkflowAction): void {
		const index = this.mustFind(id);
		follow(this.ledger, index, action, this.stampNow());
		this.touch(index);
		this.acted(id, action);
	}

	/** Adds a comment to a request; bumps lastModified. */
	addComment(id: string, value: string, author?: User): void {
		const index = this.mustFind(id);
		const older = this.bodies.comments(index).map((each) => ({ ...each, isLatest: false }));
		const comment = makeComment(
			this.scene,
			author ?? this.ownerOf(index),
			this.stampNow(),
			value,
			true,
		);
		this.bodies.overlay(index).comments = [comment, ...older];
		this.touch(index);
	}

	/** Adds an expense; bumps lastModified. Returns the expense. */
	addExpense(requestId: string, fields: JsonObject): JsonObject {
		const index = this.mustFind(requestId);
		const id = this.newId('expense', index);
		const href = `${travelRequestRoot(this.scene)}/expenses/${id}`;
		const expense = { allocations: [], ...fields, id, href };
		const overlay = this.editableExpenses(index);
		overlay.expenses?.push(expense);
		overlay.expenseComments = (overlay.expenseComments ?? new Map<string, JsonObject[]>()).set(
			id,
			[],
		);
		this.touch(index);
		return expense;
	}

	/** Edits an expense; bumps the request's lastModified. */
	editExpense(expenseId: string, patch: JsonObject): void {
		const found = this.findExpense(expenseId);
		if (!found) throw new RangeError(`no expense ${expenseId}`);
		const overlay = this.editableExpenses(found.index);
		overlay.expenses =
			overlay.expenses?.map((each) =>
				each['id'] === found.expense['id'] ? { ...each, ...patch } : each,
			) ?? [];
		this.touch(found.index);
	}

	/** Deletes an expense; bumps the request's lastModified. */
	deleteExpense(expenseId: string): void {
		const found = this.findExpense(expenseId);
		if (!found) throw new RangeError(`no expense ${expenseId}`);
		const overlay = this.editableExpenses(found.index);
		overlay.expenses = overlay.expenses?.filter((each) => each['id'] !== found.expense['id']) ?? [];
		this.touch(found.index);
	}

	/** Adds a cash advance. A documented trap: lastModified does not notice. */
	addCashAdvance(requestId: string, fields: JsonObject): string {
		const index = this.mustFind(requestId);
		const id = this.newId('cashAdvance', index);
		const requestDate = childStamp(this.scene, this.stampNow());
		const cashAdvance = { cashAdvanceId: id, requestDate, ...fields };
		const before = this.bodies.cashAdvances(index);
		this.bodies.overlay(index).cashAdvances = [...before, cashAdvance];
		this.noteQuietly(index);
		return id;
	}

	/** Edits a cash advance. A documented trap: lastModified does not notice. */
	editCashAdvance(cashAdvanceId: string, patch: JsonObject): void {
		const found = this.findCashAdvance(cashAdvanceId);
		if (!found) throw new RangeError(`no cash advance ${cashAdvanceId}`);
		this.bodies.overlay(found.index).cashAdvances = this.bodies
			.cashAdvances(found.index)
			.map((each) =>
				each['cashAdvanceId'] === found.cashAdvance['cashAdvanceId'] ? { ...each, ...patch } : each,
			);
		this.noteQuietly(found.index);
	}

	/** Adds an exception. A documented trap: lastModified does not notice. */
	addException(id: string, fields: JsonObject = {}): void {
		const index = this.mustFind(id);
		const made = makeException(this.scene, new Random(this.plan.seed, index, ++this.changes), id);
		this.bodies.overlay(index).exceptions = [
			...this.bodies.exceptions(index),
			{ ...made, ...fields },
		];
		this.noteQuietly(index);
	}

	/** The fake's present as a lastModified. */
	stampNow(): number {
		return modifiedTime(this.scene, this.clock.now().getTime());
	}

	protected touch(index: number): void {
		this.ledger.version[index] = read(this.ledger.version, index) + 1;
		this.ledger.modified[index] = this.stampNow();
		this.settle(index);
	}

	/** Remembers a change that lastModified does not notice. */
	protected noteQuietly(index: number): void {
		this.touched.add(this.idOf(index));
	}

	protected settle(index: number): string {
		this.indexes.change(index, this.clock.now().getTime(), this.quirks.visibilityDelayMs);
		const id = this.idOf(index);
		this.touched.add(id);
		return id;
	}

	private editableExpenses(index: number): Overlay {
		const overlay = this.bodies.overlay(index);
		overlay.expenses ??= this.bodies.expenses(index);
		return overlay;
	}

	private newId(kind: IdKind, index: number): string {
		return this.scene.ids.encode(kind, index, 2048 + ++this.changes);
	}

	protected mustFind(id: string): number {
		const index = this.find(id);
		if (index === undefined) throw new RangeError(`no living request ${id}`);
		return index;
	}
}
