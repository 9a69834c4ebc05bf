import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';

const SESSION = z.object({
	baseUrl: z.string().url(),
	browserId: z.string(),
	cookie: z.object({ name: z.string(), value: z.string() }),
});

/** A signed-in owner: n8n binds the cookie to the id that the browser sends along. */
export type Session = z.infer<typeof SESSION>;

/** Sets the owner of a fresh n8n up, which signs them in too. */
export async function setUpOwner(baseUrl: string): Promise<Session> {
	const browserId = randomUUID();
	const answer = await fetch(`${baseUrl}/rest/owner/setup`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'browser-id': browserId },
		body: JSON.stringify({
			email: 'owner@example.com',
			firstName: 'Test',
			lastName: 'Owner',
			password: `Aa1${randomBytes(12).toString('hex')}`,
		}),
	});
	if (!answer.ok) throw new Error(`n8n's owner was not set up: ${await answer.text()}`);
	const [name, value] = (answer.headers.getSetCookie()[0] ?? '').split(';')[0]?.split('=') ?? [];
	return SESSION.parse({ baseUrl, browserId, cookie: { name, value } });
}

/** Hands the session from the run's start to its test files. */
export function keepSession(session: Session): void {
	process.env['TEST_N8N_SESSION'] = JSON.stringify(session);
}

export function keptSession(): Session {
	const session = process.env['TEST_N8N_SESSION'];
	if (session === undefined) throw new Error('No n8n runs: start the suite with npm run test:n8n');
	return SESSION.parse(JSON.parse(session));
}
