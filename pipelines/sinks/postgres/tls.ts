import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { ConfigurationError } from '../../../concur/errors';

const MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/**
 * libpq's modes, with libpq's meaning:
 * - `disable`: no TLS.
 * - `prefer` (the default): TLS where the server has it, nobody's certificate checked.
 * - `require`: TLS or nothing; with a root certificate it is `verify-ca`.
 * - `verify-ca`: a certificate signed by the given root.
 * - `verify-full`: that, and issued to this host. Without a root certificate, or with `system`,
 *   the roots that Node trusts count (`NODE_EXTRA_CA_CERTS` adds to them).
 */
export type TlsMode = (typeof MODES)[number];

/** Files are named here and read on connecting. */
export interface TlsSettings {
	readonly mode: TlsMode;
	readonly rootCertificate: string | undefined;
	readonly certificate: string | undefined;
	readonly key: string | undefined;
}

/** @throws {ConfigurationError} for an unknown mode, or one that could check nothing. */
export function readTlsSettings(
	host: string,
	asked: Readonly<Record<keyof TlsSettings, string | undefined>>,
): TlsSettings {
	const wanted = asked.mode || 'prefer';
	const mode = MODES.find((each) => each === wanted);
	if (mode === undefined)
		throw wrongTls('There is no such sslmode.', `Use one of ${MODES.join(', ')}.`);
	const rootCertificate = asked.rootCertificate || undefined;
	if (mode === 'verify-ca' && rootCertificate === undefined)
		throw wrongTls(
			'sslmode=verify-ca has nothing to check against.',
			'Name the root certificate with sslrootcert, or use sslmode=verify-full.',
		);
	if (rootCertificate === 'system' && mode !== 'verify-full')
		throw wrongTls(
			'sslrootcert=system proves nothing unless the host is checked too.',
			'Use it with sslmode=verify-full.',
		);
	return {
		// Nobody stands between a process and a socket of its own machine; libpq does the same.
		mode: host.startsWith('/') ? 'disable' : mode,
		rootCertificate,
		certificate: asked.certificate || undefined,
		key: asked.key || undefined,
	};
}

/**
 * What Node's TLS needs to know; false for none.
 * @throws {ConfigurationError} when a file cannot be read.
 */
export function tlsOptions(tls: TlsSettings): ConnectionOptions | false {
	if (tls.mode === 'disable') return false;
	const system = tls.rootCertificate === undefined || tls.rootCertificate === 'system';
	const checksRoot =
		tls.mode === 'verify-ca' || tls.mode === 'verify-full' || (tls.mode === 'require' && !system);
	return {
		rejectUnauthorized: checksRoot,
		...(tls.mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
		...(checksRoot && !system ? { ca: readPem('sslrootcert', tls.rootCertificate) } : {}),
		...(tls.certificate === undefined ? {} : { cert: readPem('sslcert', tls.certificate) }),
		...(tls.key === undefined ? {} : { key: readPem('sslkey', tls.key) }),
	};
}

function readPem(name: string, file: string | undefined): string {
	try {
		return readFileSync(file ?? '', 'utf8');
	} catch (cause) {
		throw wrongTls(
			`The file of ${name}, ${file ?? ''}, cannot be read.`,
			'Correct its path.',
			cause,
		);
	}
}

function wrongTls(what: string, advice: string, cause?: unknown): ConfigurationError {
	return new ConfigurationError('TARGET_OPTION', what, {
		advice,
		...(cause === undefined ? {} : { cause }),
	});
}
