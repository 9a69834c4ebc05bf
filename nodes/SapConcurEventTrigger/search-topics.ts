import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listTopics } from '../../concur/events/list-topics';
import { withClient } from './with-client';

/** The topics whose name contains the text. */
export async function searchTopics(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const topics = await withClient(this, (client) => listTopics(client));
	const wanted = filter?.trim().toLowerCase() ?? '';
	return {
		results: topics
			.filter((topic) => topic.toLowerCase().includes(wanted))
			.map((topic) => ({ name: topic, value: topic })),
	};
}
