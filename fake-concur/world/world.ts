import { object } from '../json';
import type { Random } from '../random';
import { neverModified } from './bodies';
import { Edits } from './edits';
import { nastyText, nastyTexts } from './nasty';
import { runPlan, ScheduledChanges, type ChangePlan } from './schedule';
import { modifiedTime } from './scene';
import { makeFacts, nextSerial } from './seeding';
import { availableOperations } from './workflow';

/** The world and everything that can happen to it, also by itself and on a schedule. */
export class World extends Edits {
	private readonly schedules: ScheduledChanges[] = [];

	/**
	 * Lets k random edits, creates and deletes happen every n-th call, every so many fake
	 * milliseconds or at one call; without a trigger once, now. Tells which ids it touched.
	 */
	schedule(plan: ChangePlan): ScheduledChanges {
		const changes = new ScheduledChanges(
			plan,
			this.plan.seed + this.schedules.length,
			this.clock.now(),
		);
		this.schedules.push(changes);
		if (!plan.everyCalls && !plan.everyMs && !plan.atCall) runPlan(this, changes);
		return changes;
	}

	/** Called after every answer, so that scheduled changes happen between calls. */
	noteCall(isList: boolean): void {
		for (const changes of this.schedules) {
			if (changes.isDue(isList, this.clock.now())) runPlan(this, changes);
		}
	}

	/** Edits, comments or moves on one living request at random; returns its id. */
	randomEdit(random: Random): string | undefined {
		const id = this.randomRequest(random);
		if (id === undefined) return undefined;
		const dice = random.next();
		const index = this.mustFind(id);
		const [expense] = this.bodies.expenseIds(index);
		const [action] = availableOperations(this.scene, index);
		if (dice < 0.15) this.addComment(id, random.pick(nastyTexts));
		else if (dice < 0.3 && expense)
			this.editExpense(expense, { businessPurpose: nastyText(random) });
		else if (dice < 0.4 && action) this.act(id, action);
		else this.edit(id, object({ comment: `${++this.changes} ${random.pick(nastyTexts)}` }));
		return id;
	}

	/** Creates a request with made-up content and children; returns its id. */
	randomCreate(random: Random): string {
		const now = this.stampNow();
		const made = makeFacts({ ...this.plan, now, spanDays: 0 }, this.ledger.size);
		const owner = random.between(0, this.users.length - 1);
		const facts = { ...made, owner, created: now, modified: now, serial: nextSerial(this.ledger) };
		return this.settle(this.ledger.append(facts));
	}

	/** Deletes one living request at random; returns its id. */
	randomDelete(random: Random): string | undefined {
		const id = this.randomRequest(random);
		if (id !== undefined) this.delete(id);
		return id;
	}

	/** Creates requests that were all last modified within the very same second. */
	crowdSecond(count: number, at: Date, ownerId?: string): string[] {
		const second = Math.floor(at.getTime() / 1000) * 1000;
		const owner = ownerId === undefined ? undefined : this.user(ownerId)?.index;
		const ids: string[] = [];
		for (let n = 0; n < count; n++) {
			const made = makeFacts(this.plan, this.ledger.size);
			const modified = modifiedTime(this.scene, second + (n % 1000));
			const created = second - 86_400_000;
			const facts = { ...made, owner: owner ?? made.owner, created, modified };
			ids.push(this.settle(this.ledger.append(facts)));
		}
		return ids;
	}

	/** Moves a request's lastModified, or (undefined) makes it a request that has none. */
	backdate(id: string, modified: Date | undefined): void {
		const index = this.mustFind(id);
		this.ledger.modified[index] = modified ? modified.getTime() : neverModified;
		this.noteQuietly(index);
		this.settle(index);
	}

	private randomRequest(random: Random): string | undefined {
		for (let tries = 0; tries < 1000 && this.ledger.size > 0; tries++) {
			const index = random.between(0, this.ledger.size - 1);
			if (this.ledger.lives(index)) return this.idOf(index);
		}
		return undefined;
	}
}
