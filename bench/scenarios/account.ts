import { z } from 'zod';
import type { FakeConcur } from '../../fake-concur';

/** What a contestant needs to reach the fake Concur. */
export const accountSchema = z.object({
	baseUrl: z.string(),
	clientId: z.string(),
	clientSecret: z.string(),
});

export function accountOf({ baseUrl, credentials }: FakeConcur): z.infer<typeof accountSchema> {
	return { baseUrl, clientId: credentials.clientId, clientSecret: credentials.clientSecret };
}
