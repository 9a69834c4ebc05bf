import { z } from 'zod';
import { ConfigurationError } from '../../concur/errors';

const SETTINGS = z.object({
	SAP_CONCUR_BASE_URL: z.string(),
	SAP_CONCUR_CLIENT_ID: z.string(),
	SAP_CONCUR_CLIENT_SECRET: z.string(),
	SAP_CONCUR_GRANT_TYPE: z
		.enum(['client_credentials', 'password', 'refresh_token'])
		.default('client_credentials'),
	SAP_CONCUR_USERNAME: z.string().optional(),
	SAP_CONCUR_PASSWORD: z.string().optional(),
	SAP_CONCUR_CREDENTIAL_TYPE: z.enum(['password', 'authtoken']).default('password'),
	SAP_CONCUR_REFRESH_TOKEN: z.string().optional(),
	SAP_CONCUR_TOKEN_FILE: z.string().optional(),
	SAP_CONCUR_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

/** How to reach Concur, as the environment or the file of `--config` says. */
export type Settings = z.infer<typeof SETTINGS>;

type SettingName = keyof Settings;

/**
 * Reads the settings. A variable of the environment wins over the same one in the file.
 *
 * @param file what stands in the file of settings, by the names of the variables.
 * @throws {ConfigurationError} naming the variable that is wrong; never its value.
 */
export function readSettings(
	env: NodeJS.ProcessEnv,
	file: Readonly<Record<string, unknown>>,
): Settings {
	const given = { ...file, ...withoutEmpty(env) };
	const settings = SETTINGS.safeParse(given);
	if (settings.success) return requireGrantSettings(settings.data);
	const [issue] = settings.error.issues;
	const name = String(issue?.path[0]);
	const missing = !(name in given);
	throw new ConfigurationError(
		missing ? 'SETTING_MISSING' : 'SETTING_INVALID',
		missing ? `${name} is not set.` : `${name} has a value that is not one of its choices.`,
		{
			advice:
				issue?.code === 'invalid_enum_value'
					? `Set it to one of: ${issue.options.join(', ')}.`
					: `Set ${name} in the environment or in the file given with --config.`,
		},
	);
}

/** What each grant cannot do without. */
function requireGrantSettings(settings: Settings): Settings {
	const grant = settings.SAP_CONCUR_GRANT_TYPE;
	const authtoken = grant === 'password' && settings.SAP_CONCUR_CREDENTIAL_TYPE === 'authtoken';
	const needed: SettingName[] = [];
	if (grant === 'password') needed.push('SAP_CONCUR_USERNAME', 'SAP_CONCUR_PASSWORD');
	if (grant === 'refresh_token') needed.push('SAP_CONCUR_REFRESH_TOKEN');
	// A rotated refresh token that is kept nowhere ends the connection at the next run.
	if (grant === 'refresh_token' || authtoken) needed.push('SAP_CONCUR_TOKEN_FILE');
	const missing = needed.find((name) => settings[name] === undefined);
	if (missing === undefined) return settings;
	throw new ConfigurationError('SETTING_MISSING', `${missing} is not set.`, {
		advice:
			missing === 'SAP_CONCUR_TOKEN_FILE'
				? 'Set it to the path of a file that only you can read: Concur may replace the refresh token, and the new one is kept there.'
				: `The grant type ${grant} needs it: set it in the environment or in the file given with --config.`,
	});
}

function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
	return Object.fromEntries(
		Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
	);
}
