import {
	jsonParse,
	UserError,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type INodeCredentialsDetails,
} from 'n8n-workflow';
import { OAuth2Api } from './oauth2-api';

/** A row of n8n's table of credentials. */
export interface CredentialRow {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	/** The data as JSON, so that nobody shares objects with the database; n8n would also encrypt it. */
	readonly json: string;
}

/** What n8n's database is to credentials; any number of workers may stand on one store. */
export interface CredentialStore {
	/** Saves new credentials, as the dialog does, and returns what a node keeps of them. */
	add(type: string, data: IDataObject): INodeCredentialsDetails;
	/** The data as they are saved, without defaults. */
	read(credential: INodeCredentialsDetails): ICredentialDataDecryptedObject;
	/** Changes saved data, as a user or another worker does. */
	update(credential: INodeCredentialsDetails, change: IDataObject): void;
	/** Saves other data in place of the old. */
	replace(credential: INodeCredentialsDetails, data: IDataObject): void;
	row(credential: INodeCredentialsDetails): CredentialRow;
	typeByName(name: string): ICredentialType;
}

/**
 * A store for credentials of some types.
 *
 * @param types the package's credential types; n8n's own `oAuth2Api` is always there.
 */
export function createCredentialStore(types: readonly ICredentialType[]): CredentialStore {
	const typesByName = new Map([new OAuth2Api(), ...types].map((type) => [type.name, type]));
	const rows = new Map<string, CredentialRow>();

	function typeByName(name: string): ICredentialType {
		const type = typesByName.get(name);
		if (!type) throw new UserError(`Unrecognized credential type: ${name}`);
		return type;
	}

	function row({ id, name }: INodeCredentialsDetails): CredentialRow {
		const found = rows.get(id ?? '');
		if (!found) throw new UserError(`Credential "${name}" with ID "${id ?? ''}" does not exist`);
		return found;
	}

	function read(credential: INodeCredentialsDetails): ICredentialDataDecryptedObject {
		return jsonParse<ICredentialDataDecryptedObject>(row(credential).json);
	}

	function replace(credential: INodeCredentialsDetails, data: IDataObject): void {
		const old = row(credential);
		rows.set(old.id, { ...old, json: JSON.stringify(data) });
	}

	return {
		add(type, data) {
			const id = String(rows.size + 1);
			const name = `${typeByName(type).displayName} ${id}`;
			rows.set(id, { id, name, type, json: JSON.stringify(data) });
			return { id, name };
		},
		read,
		update: (credential, change) => replace(credential, { ...read(credential), ...change }),
		replace,
		row,
		typeByName,
	};
}
