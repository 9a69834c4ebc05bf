import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault';
import { padBody } from '../faults/padding';
import { parseJson } from '../json';
import type { Answer } from './answer';

/** Sends an answer, or breaks it on the way as the fault says. Tells the status sent (0: none). */
export function sendAnswer(response: ServerResponse, answer: Answer, fault?: Fault): number {
	switch (fault?.kind) {
		case 'resetBefore':
		case 'resetAfter':
			response.socket?.resetAndDestroy();
			return 0;
		case 'stallHeaders':
			return 0;
		default:
	}
	const body = bodyOf(answer, fault);
	for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
	if (body !== undefined) response.setHeader('Content-Type', typeOf(answer));
	response.statusCode = answer.status;
	const bytes = Buffer.from(body ?? '');
	const half = bytes.subarray(0, Math.floor(bytes.length / 2));
	switch (fault?.kind) {
		case 'stallBody':
			response.setHeader('Content-Length', bytes.length);
			response.write(half);
			break;
		case 'truncatedBody':
			response.end(half);
			break;
		case 'shortBody':
			response.setHeader('Content-Length', bytes.length);
			response.write(half, () => response.destroy());
			break;
		case 'hugeBody':
			// Without a content-length Node sends the body in chunks.
			response.write(half);
			response.end(bytes.subarray(half.length));
			break;
		default:
			if (answer.status !== 204) response.setHeader('Content-Length', bytes.length);
			response.end(answer.status === 204 ? undefined : bytes);
	}
	return answer.status;
}

function bodyOf(answer: Answer, fault?: Fault): string | undefined {
	if (fault?.kind === 'hugeBody') {
		const json = answer.json ?? parseJson(answer.text ?? 'null');
		return JSON.stringify(padBody(json, fault.megabytes ?? 16));
	}
	if (answer.text !== undefined) return answer.text;
	return answer.json === undefined ? undefined : JSON.stringify(answer.json);
}

function typeOf(answer: Answer): string {
	return `${answer.type ?? 'application/json'};charset=UTF-8`;
}
