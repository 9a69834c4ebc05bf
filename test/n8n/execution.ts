import { parse as unflatten } from 'flatted';
import { z } from 'zod';

const JSON_OBJECT = z.record(z.unknown());

const ERROR = z
	.object({
		message: z.string(),
		name: z.string().optional(),
		description: z.string().nullish(),
		httpCode: z.string().nullish(),
		messages: z.array(z.string()).optional(),
	})
	.passthrough();

const BINARY = z
	.object({
		/** Where n8n keeps the bytes, if they do not stand in `data`. */
		id: z.string().optional(),
		data: z.string(),
		mimeType: z.string(),
		fileName: z.string().optional(),
	})
	.passthrough();

const ITEM = z.object({
	json: JSON_OBJECT,
	binary: z.record(BINARY).optional(),
	error: z.unknown().optional(),
	pairedItem: z.unknown().optional(),
});

const NODE_RUN = z.object({
	executionStatus: z.string().optional(),
	executionTime: z.number(),
	error: ERROR.optional(),
	data: z.object({ main: z.array(z.array(ITEM).nullable()).optional() }).optional(),
	hints: z.array(z.object({ message: z.string() }).passthrough()).optional(),
});

const RESULT = z.object({
	resultData: z.object({
		error: ERROR.optional(),
		lastNodeExecuted: z.string().optional(),
		runData: z.record(z.array(NODE_RUN)).default({}),
	}),
});

/** An execution as n8n's API sends it: its data is one text, in which nothing stands twice. */
export const STORED_EXECUTION = z.object({
	id: z.string(),
	status: z.string(),
	mode: z.string(),
	data: z.string(),
});

export type ExecutionError = z.infer<typeof ERROR>;
export type Item = z.infer<typeof ITEM>;
export type NodeRun = z.infer<typeof NODE_RUN>;

export interface Execution {
	readonly id: string;
	readonly status: string;
	readonly mode: string;
	/** What ended the workflow, if it failed. */
	readonly error?: ExecutionError;
	/** The node that ran last. */
	readonly lastNode?: string;
	/** Each node's runs, by its name. */
	readonly runs: Readonly<Record<string, readonly NodeRun[]>>;
}

export function readExecution(stored: z.infer<typeof STORED_EXECUTION>): Execution {
	const { error, lastNodeExecuted, runData } = RESULT.parse(unflatten(stored.data)).resultData;
	return {
		id: stored.id,
		status: stored.status,
		mode: stored.mode,
		runs: runData,
		...(error === undefined ? {} : { error }),
		...(lastNodeExecuted === undefined ? {} : { lastNode: lastNodeExecuted }),
	};
}

/** The items a node gave in its last run, on one of its outputs. */
export function itemsOf(execution: Execution, node: string, output = 0): readonly Item[] {
	return execution.runs[node]?.at(-1)?.data?.main?.[output] ?? [];
}

/** What those items carry. */
export function outputOf(execution: Execution, node: string, output = 0) {
	return itemsOf(execution, node, output).map(({ json }) => json);
}

/** The error of a node's last run. */
export function errorOf(execution: Execution, node: string): ExecutionError | undefined {
	return execution.runs[node]?.at(-1)?.error;
}
