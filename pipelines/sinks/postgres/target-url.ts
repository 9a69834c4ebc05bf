import { isIP } from 'node:net';
import { userInfo } from 'node:os';
import { ConfigurationError } from '../../../concur/errors';
import { isSeveralParts } from '../login-signs';
import { readTlsSettings, type TlsSettings } from './tls';

/** How to reach a server, from the URL and, for what it does not say, libpq's variables. */
export interface ConnectionSettings {
	/** A name, an address, or the directory of a Unix socket. */
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly database: string;
	/** A function, so that nothing that prints the settings prints the password. */
	readonly password: (() => string) | undefined;
	readonly applicationName: string;
	readonly connectTimeoutMs: number;
	/** Server settings as `-c name=value`. */
	readonly options: string | undefined;
	readonly tls: TlsSettings;
}

export interface PostgresTarget {
	/** What messages name: the target without its password. */
	readonly label: string;
	readonly schema: string;
	readonly connection: ConnectionSettings;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A schema of our own, so that no table of somebody else is in the way. */
const DEFAULT_SCHEMA = 'sap_concur';
const DEFAULT_CONNECT_TIMEOUT_S = 10;

const NO_HOST = 'no-host.invalid';

/** What the URL may say after its `?`; `schema` is ours, the rest are libpq's names. */
const KNOWN = [
	...['schema', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'connect_timeout'],
	...['application_name', 'options', 'host', 'port', 'user', 'password'],
];

/** Those of them that messages repeat. */
const NAMED = ['schema', 'user', 'host'];

/**
 * Reads `postgres://user:password@host:5432/database?schema=concur`.
 * @throws {ConfigurationError} never repeating the URL: it may hold a password anywhere.
 */
export function readPostgresTarget(to: string, env: Environment = process.env): PostgresTarget {
	const url = parseUrl(to);
	const asked = readQuery(url);
	const user = asked('user') || decode(url.username) || env['PGUSER'] || osUser();
	const password = asked('password') || decode(url.password) || env['PGPASSWORD'];
	const host =
		asked('host') ||
		(url.hostname === NO_HOST ? '' : decode(url.hostname.replace(/^\[(.*)\]$/, '$1'))) ||
		env['PGHOST'] ||
		'localhost';
	const port = readWhole('port', asked('port') || url.port || env['PGPORT'] || '5432', 65_535);
	const database = decode(url.pathname.slice(1)) || env['PGDATABASE'] || user;
	const schema = asked('schema') || DEFAULT_SCHEMA;
	if (host.includes(',')) throw wrongUrl('It names several hosts.', 'Name one.');
	checkSchema(schema);
	const place = host.startsWith('/') ? encodeURIComponent(host) : host.replace(/^(.*:.*)$/, '[$1]');
	const timeout = asked('connect_timeout') || env['PGCONNECT_TIMEOUT'] || '0';
	return {
		label: `postgres://${encodeURIComponent(user)}@${place}:${port}/${encodeURIComponent(database)}?schema=${encodeURIComponent(schema)}`,
		schema,
		connection: {
			host,
			port,
			user,
			database,
			password: password === undefined || password === '' ? undefined : () => password,
			applicationName: asked('application_name') || env['PGAPPNAME'] || 'sap-concur-export',
			connectTimeoutMs:
				(readWhole('connect_timeout', timeout, 3600) || DEFAULT_CONNECT_TIMEOUT_S) * 1000,
			options: asked('options') || env['PGOPTIONS'],
			tls: readTlsSettings(host, {
				mode: asked('sslmode') || env['PGSSLMODE'],
				rootCertificate: asked('sslrootcert') || env['PGSSLROOTCERT'],
				certificate: asked('sslcert') || env['PGSSLCERT'],
				key: asked('sslkey') || env['PGSSLKEY'],
			}),
		},
	};
}

/** The schemas of PostgreSQL itself; `public` belongs to whoever may write there. */
function checkSchema(schema: string): void {
	if (/^(?:pg_|information_schema$)/i.test(schema))
		throw wrongUrl(
			'Its schema is one of PostgreSQL itself.',
			'Name another one: not information_schema, nor one beginning with pg_.',
		);
	if (Buffer.byteLength(schema) > 63 || /\p{Cc}/u.test(schema))
		throw wrongUrl('Its schema cannot be one.', 'Use at most 63 letters.');
}

/**
 * A password that is not encoded, or a slash that was forgotten, makes its rest a host, a port, a
 * database or an option, which messages name. So what is named is first seen to be that alone.
 */
function parseUrl(to: string): URL {
	const [, authority = '', rest = ''] = /^[^:]*:\/\/([^/?#]*)(.*)$/s.exec(to) ?? [];
	const [, path = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(rest) ?? [];
	const [, user = '', host = ''] = /^(?:([^:@]*)(?::.*)?@)?(.*)$/s.exec(authority) ?? [];
	const address = host.replace(/^\[[\da-f:.]*\]/i, '').replace(/:\d*$/, '');
	const named = [user, address, path.slice(1), ...readWritten(query)];
	// A user without a host is no URL, but it is how libpq's users name a socket.
	const whole = to.replace(/^([^:]*:\/\/[^/?#]*@)(?=[/?]|$)/, `$1${NO_HOST}`);
	const isWhole = to.includes('://') && URL.canParse(whole);
	if (!isWhole || rest.includes('@') || rest.includes('#') || named.some(isSeveralParts))
		throw wrongUrl(
			'It cannot be read.',
			'Write postgres://USER@HOST/DATABASE, and percent-encode what is special in user, password and database: / is %2F, @ is %40, : is %3A, # is %23, ? is %3F, % is %25.',
		);
	return new URL(whole);
}

/** What a query says, as it is written, of that which messages repeat. */
function readWritten(query: string): string[] {
	return query.split('&').flatMap((pair) => {
		const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
		return NAMED.includes(name) && isIP(value) === 0 ? [value] : [];
	});
}

function readQuery(url: URL): (name: string) => string {
	for (const name of url.searchParams.keys()) {
		if (!KNOWN.includes(name))
			throw wrongUrl('It has an option that is not known.', `Known are ${KNOWN.join(', ')}.`);
	}
	return (name) => url.searchParams.get(name) ?? '';
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		throw wrongUrl('It holds a % that begins no code.', 'Write a plain % as %25.');
	}
}

function readWhole(name: string, text: string, most: number): number {
	if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text);
	throw wrongUrl(`Its ${name} is no whole number up to ${most}.`, `Correct the ${name}.`);
}

function osUser(): string {
	try {
		return userInfo().username;
	} catch {
		throw wrongUrl('It names no user.', 'Write postgres://user@host/database or set PGUSER.');
	}
}

function wrongUrl(what: string, advice: string): ConfigurationError {
	return new ConfigurationError('TARGET_OPTION', `The PostgreSQL target is wrong. ${what}`, {
		advice,
	});
}
