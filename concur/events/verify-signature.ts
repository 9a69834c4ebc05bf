import { constants, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { ConfigurationError } from '../errors';

/**
 * How Concur signs its deliveries. The page shows the key and is silent on the algorithm; public
 * test receivers verify RSA-PSS with SHA-256, and nothing is known to use the older padding.
 */
export const signatureAlgorithms = ['RSA-PSS', 'RSA-PKCS1-v1_5'] as const;

export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** A delivery as it came. */
export interface SignedDelivery {
	/** The very bytes: JSON that was parsed and written again has another signature. */
	readonly body: Uint8Array;
	/** The header `Concur-Signature`: base64. */
	readonly signature: unknown;
}

/** What a signature is held against. */
export interface SignatureRule {
	/** PEM, as the page Event Subscription Service v4 prints it. */
	readonly publicKey: string;
	readonly algorithm: SignatureAlgorithm;
}

const PEM = /-----BEGIN ((?:RSA )?PUBLIC KEY)-----([\s\S]+?)-----END \1-----/;
const LEAST_BITS = 2048;

/** Whether Concur has signed this body; false for everything that is not as it should be. */
export function isSignedByConcur(delivery: SignedDelivery, rule: SignatureRule): boolean {
	const signature = decode(delivery.signature);
	if (!signature) return false;
	try {
		const key = readPublicKey(rule.publicKey);
		return verify('sha256', delivery.body, { key, ...paddingOf(rule.algorithm) }, signature);
	} catch {
		// A key that cannot be used has signed nothing; the trigger says so when it is activated.
		return false;
	}
}

/**
 * Reads Concur's public key; line breaks may have been lost.
 * @throws {ConfigurationError} `INVALID_PARAMETER`.
 */
export function readPublicKey(text: string): KeyObject {
	const [, kind = '', content = ''] = PEM.exec(text) ?? [];
	const lines = content.replace(/\\[rn]|\s/g, '').match(/.{1,64}/g);
	if (!lines) {
		throw wrongKey(describeOther(text));
	}
	const key = parse(`-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`);
	if (key.asymmetricKeyType !== 'rsa') throw wrongKey('The public key is not an RSA key.');
	if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS) {
		throw wrongKey(`The public key has fewer than ${LEAST_BITS} bits.`);
	}
	return key;
}

function describeOther(text: string): string {
	if (/PRIVATE KEY/.test(text)) return 'The public key is a private one.';
	// That of Concur's TLS client, which the same page offers: nothing says that it signs events.
	if (/CERTIFICATE/.test(text)) return 'The public key is a certificate.';
	return 'The public key is not in the PEM format.';
}

function parse(pem: string): KeyObject {
	try {
		return createPublicKey(pem);
	} catch (error) {
		throw wrongKey('The public key cannot be read.', error);
	}
}

function paddingOf(algorithm: SignatureAlgorithm) {
	if (algorithm === 'RSA-PKCS1-v1_5') return { padding: constants.RSA_PKCS1_PADDING };
	// The mask uses the same hash; whatever salt was taken, its length is found out.
	return {
		padding: constants.RSA_PKCS1_PSS_PADDING,
		saltLength: constants.RSA_PSS_SALTLEN_AUTO,
	};
}

/** Base64 written in the one right way; Node would read past anything else. */
function decode(signature: unknown): Uint8Array | undefined {
	if (typeof signature !== 'string' || signature === '') return undefined;
	const bytes = Buffer.from(signature, 'base64');
	return bytes.toString('base64') === signature ? bytes : undefined;
}

function wrongKey(message: string, cause?: unknown): ConfigurationError {
	return new ConfigurationError('INVALID_PARAMETER', message, {
		advice:
			'Copy it from the page "Event Subscription Service v4" of the SAP Concur Developer Center, from BEGIN PUBLIC KEY to END PUBLIC KEY.',
		cause,
	});
}
