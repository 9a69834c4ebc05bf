import {
	ICredentials,
	jsonParse,
	type ICredentialDataDecryptedObject,
	type ICredentialsEncrypted,
} from 'n8n-workflow';
import type { CredentialRow } from './credential-store';

/** One row of the store in the form in which n8n hands credentials around. */
export class StoredCredentials extends ICredentials {
	constructor(row: CredentialRow) {
		super({ id: row.id, name: row.name }, row.type, row.json);
	}

	async getData(): Promise<ICredentialDataDecryptedObject> {
		return jsonParse<ICredentialDataDecryptedObject>(this.data ?? '{}');
	}

	async setData(data: ICredentialDataDecryptedObject): Promise<void> {
		this.data = JSON.stringify(data);
	}

	async updateData(change: ICredentialDataDecryptedObject): Promise<void> {
		await this.setData({ ...(await this.getData()), ...change });
	}

	getDataToSave(): ICredentialsEncrypted {
		const { id, name, type, data } = this;
		return { name, type, ...(id !== undefined && { id }), ...(data !== undefined && { data }) };
	}
}
