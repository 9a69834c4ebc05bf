import { constants, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** How a body can be signed: as Concur does it, or with the older padding, which must not pass. */
export type FakeSigning = 'RSA-PSS' | 'RSA-PKCS1-v1_5';

/** The key pair of one fake, made when it is first needed. */
export class Signer {
	#pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;

	/** The public key as SAP's page prints it: PEM. */
	get publicKey(): string {
		return this.#keys().publicKey.export({ type: 'spki', format: 'pem' }).toString();
	}

	/** The value of `Concur-Signature` for a body: RSA-PSS, SHA-256, the longest salt, base64. */
	sign(body: string | Uint8Array, how: FakeSigning = 'RSA-PSS'): string {
		const padding =
			how === 'RSA-PSS' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
		const saltLength = constants.RSA_PSS_SALTLEN_MAX_SIGN;
		const key = { key: this.#keys().privateKey, padding, saltLength };
		return sign('sha256', Buffer.from(body), key).toString('base64');
	}

	#keys() {
		this.#pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
		return this.#pair;
	}
}
