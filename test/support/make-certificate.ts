import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that signs itself, and its key: PEM texts. */
export interface SelfSigned {
	readonly certificate: string;
	readonly key: string;
}

/** Makes a certificate for a host name, good for the test run; Node can sign but not make one. */
export function makeCertificate(host: string): SelfSigned {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const algorithm = sequence(oid('2a8648ce3d040302'));
	const name = sequence(tag(0x31, sequence(oid('550403'), tag(0x0c, Buffer.from(host)))));
	const day = 86_400_000;
	const validity = sequence(time(Date.now() - day), time(Date.now() + day));
	const names = tag(0x04, sequence(tag(0x82, Buffer.from(host))));
	const authority = tag(0x04, sequence(tag(0x01, Buffer.from([0xff]))));
	const extensions = sequence(
		sequence(oid('551d11'), names),
		sequence(oid('551d13'), tag(0x01, Buffer.from([0xff])), authority),
	);
	const body = sequence(
		tag(0xa0, integer(2)),
		integer(Date.now()),
		...[algorithm, name, validity, name],
		publicKey.export({ type: 'spki', format: 'der' }),
		tag(0xa3, extensions),
	);
	const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
	const der = sequence(body, algorithm, tag(0x03, signature));
	return {
		certificate: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	};
}

/** One element of DER: what it is, how long, and its content. */
function tag(kind: number, content: Buffer): Buffer {
	const { length } = content;
	const size =
		length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([kind, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
	return tag(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
	return tag(0x06, Buffer.from(hex, 'hex'));
}

function integer(value: number): Buffer {
	const hex = value.toString(16);
	const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
	// A first bit that is set would make it negative.
	return tag(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
}

function time(at: number): Buffer {
	const text = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
	return tag(0x18, Buffer.from(text));
}
