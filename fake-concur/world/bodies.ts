import { isObject, parseJson, textOf, type JsonObject } from '../json';
import { readDocumented, type DocumentedName } from '../documented/examples';
import type { DocumentedRecord } from './documented-records';
import { deriveExpense, deriveExpenseIds } from './expenses';
import { childLists, deriveCore, deriveExtras, factFields } from './header';
import { read } from './ledger';
import { expenseLink } from './links';
import { emptyOverlay, type Overlay } from './overlay';
import {
	deriveCashAdvance,
	deriveCashAdvanceIds,
	deriveComments,
	deriveExceptions,
} from './remarks';
import { stamp, type Scene } from './scene';
import { availableOperations } from './workflow';

/** The members of a list item: thin, as in the documented example. */
export const thinMembers = [
	...['href', 'id', 'approvalStatus', 'approved', 'approver', 'businessPurpose'],
	...['canceledPostApproval', 'closed', 'comment', 'creationDate', 'endDate', 'everSentBack'],
	...['expenses', 'name', 'owner', 'pendingApproval', 'requestId', 'startDate', 'startTime'],
	...['submitDate', 'totalApprovedAmount', 'totalPostedAmount', 'totalRemainingAmount', 'type'],
] as const;

/** Before this a request counts as never modified: its lastModified is missing. */
export const neverModified = -1e15;

/** Builds the bodies of requests and their children from documented texts, seed and edits. */
export class Bodies {
	private readonly overlays = new Map<number, Overlay>();
	/** Requests of the reference pages. */
	readonly documented = new Map<number, DocumentedRecord>();

	/** Bodies of a scene's requests. */
	constructor(private readonly scene: Scene) {}

	/** The id of a request. */
	idOf(index: number): string {
		return this.documented.get(index)?.id ?? this.scene.ids.encode('request', index);
	}

	/** The edits of a request, to be added to. */
	overlay(index: number): Overlay {
		const known = this.overlays.get(index) ?? emptyOverlay();
		this.overlays.set(index, known);
		return known;
	}

	/** Replaces the edits of a request. */
	setOverlay(index: number, overlay: Overlay): void {
		this.overlays.set(index, overlay);
	}

	/** Forgets the edits of a deleted request. */
	forget(index: number): void {
		this.overlays.delete(index);
	}

	/** The exact documented text of the detail, while nothing was edited. */
	documentedDetail(index: number): string | undefined {
		const record = this.documented.get(index);
		if (!record?.detail || read(this.scene.ledger.version, index) > 0) return undefined;
		return readDocumented(record.detail);
	}

	/** Whether a list below a request is documented and nobody edited it. */
	hasDocumented(index: number, name: DocumentedName): boolean {
		if (this.documented.get(index)?.detail !== 'request') return false;
		const edits = this.overlays.get(index);
		if (name === 'comments') return !edits?.comments;
		if (name === 'exceptions') return !edits?.exceptions;
		return name === 'cash-advances' && !edits?.cashAdvances;
	}

	/** The detail as an object. */
	detail(index: number): JsonObject {
		const { scene } = this;
		const text = this.documentedDetail(index);
		const exact = text === undefined ? undefined : parseJson(text);
		if (isObject(exact)) return exact;
		const id = this.idOf(index);
		const modified = read(scene.ledger.modified, index);
		const facts = this.facts(index, id);
		return {
			...facts,
			...this.extras(index, id),
			...this.header(index),
			...facts,
			expenses: this.expenseIds(index).map((expense) => expenseLink(scene, expense)),
			...(modified > neverModified ? { lastModified: stamp(scene, modified) } : {}),
			...this.overlays.get(index)?.header,
			operations: availableOperations(scene, index).map((rel) => ({
				rel,
				href: `${scene.hosts.home}/travelrequest/v4/requests/${id}/${rel}`,
			})),
		};
	}

	/** The thin item of a list: no lastModified, policy, custom fields; `expenses` always empty. */
	listItem(index: number): JsonObject {
		const id = this.idOf(index);
		const edited = this.overlays.get(index)?.header;
		const full: JsonObject = { ...this.header(index), ...this.facts(index, id), ...edited };
		const item: JsonObject = {};
		for (const member of thinMembers) {
			const value = member === 'expenses' ? [] : full[member];
			if (value !== undefined) item[member] = value;
		}
		return item;
	}

	/** The expenses of a request. */
	expenses(index: number): JsonObject[] {
		const stored = this.overlays.get(index)?.expenses;
		if (stored) return stored;
		const id = this.idOf(index);
		return this.expenseIds(index).map((expense, ordinal) =>
			deriveExpense(this.scene, index, ordinal, expense, id),
		);
	}

	/** The ids of the expenses, without building them. */
	expenseIds(index: number): string[] {
		const stored = this.overlays.get(index)?.expenses;
		if (stored) return stored.map((expense) => textOf(expense, 'id') ?? '');
		return this.documented.get(index)?.expenseIds ?? deriveExpenseIds(this.scene, index);
	}

	/** The comments of a request, newest first. */
	comments(index: number): JsonObject[] {
		const documented = this.documented.get(index)?.comments;
		return this.overlays.get(index)?.comments ?? documented ?? deriveComments(this.scene, index, 0);
	}

	/** The comments of an expense, newest first. */
	expenseComments(index: number, expenseId: string): JsonObject[] {
		const stored = this.overlays.get(index)?.expenseComments?.get(expenseId);
		const ordinal =
			this.scene.ids.decode('expense', expenseId)?.ordinal ??
			this.expenseIds(index).indexOf(expenseId);
		return stored ?? deriveComments(this.scene, index, ordinal + 1);
	}

	/** The exceptions of a request. */
	exceptions(index: number): JsonObject[] {
		return (
			this.overlays.get(index)?.exceptions ??
			this.documented.get(index)?.exceptions ??
			deriveExceptions(this.scene, index, this.idOf(index))
		);
	}

	/** The cash advances of a request, in full. */
	cashAdvances(index: number): JsonObject[] {
		const stored = this.overlays.get(index)?.cashAdvances;
		if (stored) return stored;
		const ids =
			this.documented.get(index)?.cashAdvanceIds ?? deriveCashAdvanceIds(this.scene, index);
		return ids.map((id, ordinal) => deriveCashAdvance(this.scene, index, ordinal, id));
	}

	private header(index: number): JsonObject {
		const documented = this.documented.get(index)?.body;
		if (documented) return documented;
		return this.overlays.get(index)?.isPlain
			? { expenses: [], type: { code: 'TRAVEL', label: 'Travel' } }
			: deriveCore(this.scene, index);
	}

	private extras(index: number, id: string): JsonObject {
		if (this.documented.get(index)?.detail) return {};
		return this.overlays.get(index)?.isPlain
			? childLists(this.scene, id)
			: deriveExtras(this.scene, index, id);
	}

	private facts(index: number, id: string): JsonObject {
		const owner = this.scene.users[read(this.scene.ledger.owner, index)];
		if (!owner) throw new RangeError(`request ${id} has no owner`);
		const untouched = read(this.scene.ledger.version, index) === 0;
		if (untouched && this.documented.has(index)) return {};
		return factFields(this.scene, index, id, owner);
	}
}
