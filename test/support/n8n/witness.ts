import type { INodeExecutionData } from 'n8n-workflow';
import type { FakeConcur } from '../../../fake-concur';
import { textOf } from './run-concur';
import { emitted } from './trigger-scene';

/** Follows a world beside a trigger: what has changed, and what the trigger has told of it. */
export class Witness {
	/** `id second`, for all modifications that have ever stood. */
	private readonly happened = new Set<string>();
	private readonly told = new Set<string>();
	private readonly begun: number;

	/** From the fake's present on. */
	constructor(private readonly fake: FakeConcur) {
		this.begun = secondOf(fake.clock.now().getTime());
	}

	/** Notes every modification that stands at the moment. */
	look(): void {
		for (const key of this.standing(Infinity)) this.happened.add(key);
	}

	/** Takes in a poll's items, none of which may be made up or told before; returns how many. */
	hear(items: INodeExecutionData[] | null): number {
		const records = emitted(items);
		for (const { id, lastModified } of records) {
			const key = `${textOf(id)} ${secondOf(Date.parse(textOf(lastModified)))}`;
			expect(this.told).not.toContain(key);
			expect(this.happened).toContain(key);
			this.told.add(key);
		}
		return records.length;
	}

	/** What has stood since before so many seconds ago and was never told. */
	missing(age = 0): string[] {
		const end = secondOf(this.fake.clock.now().getTime()) - age;
		return [...this.standing(end)].filter((key) => !this.told.has(key));
	}

	private *standing(end: number): Generator<string> {
		for (const id of this.fake.world.requests()) {
			const second = secondOf(this.fake.world.modifiedAt(id) ?? 0);
			if (second > this.begun && second <= end) yield `${id} ${second}`;
		}
	}
}

function secondOf(ms: number): number {
	return Math.floor(ms / 1000);
}
