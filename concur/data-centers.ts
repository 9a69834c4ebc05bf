/** One data center of SAP Concur, by the first label of its API host. */
export interface DataCenter {
	readonly label: string;
	/** In one line, for a menu. */
	readonly name: string;
}

/**
 * The data centers of the Base URIs page, then those that left it but still serve older tenants.
 * Not exhaustive: any host that {@link parseBaseUrl} accepts may be given as an address.
 */
export const dataCenters: readonly DataCenter[] = [
	{ label: 'us2', name: 'United States (us2)' },
	{ label: 'eu2', name: 'Europe, Middle East and Africa (eu2)' },
	{ label: 'apj1', name: 'Asia Pacific and Japan (apj1)' },
	{ label: 'usg', name: 'US Government (usg)' },
	{ label: 'us-impl', name: 'United States, Implementation (us-impl)' },
	{ label: 'emea-impl', name: 'EMEA, Implementation (emea-impl)' },
	{ label: 'us', name: 'United States, Legacy (us)' },
	{ label: 'emea', name: 'EMEA, Legacy (emea)' },
	{ label: 'eu', name: 'Europe, Legacy (eu)' },
];

/** The base address of a data center: `https://us2.api.concursolutions.com`. */
export function dataCenterUrl(label: string): string {
	return `https://${label}.api.concursolutions.com`;
}
