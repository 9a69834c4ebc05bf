import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ConcurClient } from '../../../concur/client';
import type { JsonObject } from '../../../concur/json';
import type { Parameters } from '../../parameters/parameters';

/** What one operation has to work with, for one item. */
export interface OperationCall {
	readonly node: IExecuteFunctions;
	/** Shared by all items of one execution; ends with it. */
	readonly client: ConcurClient;
	readonly parameters: Parameters;
}

/** One entry of a resource's Operation menu, with what it asks and what it does. */
export interface Operation {
	readonly value: string;
	/** As in the menu, the resource left out: `Get Many`. */
	readonly name: string;
	/** As in n8n's list of actions: `Get many travel requests`. */
	readonly action: string;
	readonly description: string;
	/** The endpoints it may call, as SAP writes them: `GET /travelrequest/v4/requests`. */
	readonly endpoints: readonly string[];
	/** For reads that are not free of effects: items one by one, as changes always are. */
	readonly sequential?: boolean;
	/** Without displayOptions for resource and operation: those are added. */
	readonly properties: readonly INodeProperties[];
	/** The records that become items, one each. */
	execute(call: OperationCall): Promise<readonly (IDataObject | JsonObject)[]>;
}

/** One entry of the Resource menu. */
export interface Resource {
	readonly value: string;
	readonly name: string;
	readonly description: string;
	readonly operations: readonly Operation[];
}
