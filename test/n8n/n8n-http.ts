import { z } from 'zod';
import type { Session } from './session';

/** n8n's answer to a call of its editor's API, when it is not a good one. */
export class N8nHttpError extends Error {
	constructor(
		readonly status: number,
		call: string,
		readonly body: string,
	) {
		super(`n8n answered ${status} to ${call}: ${body.slice(0, 2000)}`);
	}
}

const WRAPPED = z.object({ data: z.unknown() });

/** Calls the API that n8n's own editor uses, as its owner. */
export class N8nHttp {
	constructor(readonly session: Session) {}

	/** Sends a call and answers what stands in the answer's `data`, checked. */
	async call<T>(
		schema: z.ZodType<T, z.ZodTypeDef, unknown>,
		method: string,
		path: string,
		body?: unknown,
	): Promise<T> {
		const text = await this.text(method, `/rest${path}`, body);
		return schema.parse(WRAPPED.parse(JSON.parse(text)).data);
	}

	/** Sends a call to any path and answers the text. */
	async text(method: string, path: string, body?: unknown): Promise<string> {
		return (await this.bytes(method, path, body)).toString();
	}

	async bytes(method: string, path: string, body?: unknown): Promise<Buffer> {
		const { baseUrl, browserId, cookie } = this.session;
		const answer = await fetch(`${baseUrl}${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': browserId,
				cookie: `${cookie.name}=${cookie.value}`,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const bytes = Buffer.from(await answer.arrayBuffer());
		if (!answer.ok) throw new N8nHttpError(answer.status, `${method} ${path}`, bytes.toString());
		return bytes;
	}
}
