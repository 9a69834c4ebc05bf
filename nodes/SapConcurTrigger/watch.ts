import type { IDataObject } from 'n8n-workflow';
import type { z } from 'zod';
import type { ConcurClient } from '../../concur/client';
import type { JsonObject } from '../../concur/json';
import type { PollTime } from '../../pipelines/watch/poll-time';

/** What a watch works with, for one poll. */
export interface WatchTools {
	readonly client: ConcurClient;
	readonly time: PollTime;
	readonly warn: (message: string) => void;
}

export type Records = readonly (IDataObject | JsonObject)[];

export interface WatchPoll<State> {
	readonly records: Records;
	readonly state: State;
}

/** One event of the trigger, as set up by the parameters. */
export interface Watch<State> {
	/** What is watched: where it changes, the watch begins anew. */
	readonly target: string;
	readonly schema: z.ZodType<State>;
	/** The first poll. */
	begin(): Promise<WatchPoll<State>>;
	poll(state: State): Promise<WatchPoll<State>>;
	/** One record as an example; nothing where there is none. */
	sample(): Promise<Records>;
	/** What to do when there is no example. */
	readonly adviceForSample: string;
}
