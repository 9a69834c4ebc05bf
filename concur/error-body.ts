import { isJsonObject, type JsonObject } from './json';

/** What an error answer says, whatever form it has. */
export interface ErrorBody {
	/** `missingRequiredParam`, `"108"`, `security.rate.limit.reached`, … */
	readonly concurCode?: string;
	readonly message?: string;
	/** OAuth2 only: where the user lives (code 16). */
	readonly geolocation?: string;
	/** The v3 family names its correlation id in the body. */
	readonly correlationId?: string;
}

/**
 * Reads the body of an error answer. Forms met: Travel Request v4 `{errors:[{errorCode,…}]}`,
 * OAuth2 `{code,error,error_description,geolocation}`, the v3 family's `Error` as JSON or XML,
 * `{error:{id,message}}` of rate limits, SCIM `{detail,scimType}`, and HTML pages of gateways.
 */
export function parseErrorBody(text: string): ErrorBody {
	const trimmed = text.trim();
	if (trimmed.startsWith('<')) return parseMarkup(trimmed);
	const body = parseJson(trimmed);
	if (!isJsonObject(body)) return {};
	return (
		readErrorList(body) ??
		readOAuth(body) ??
		readNested(body['Error'] ?? body['error']) ??
		readFlat(body)
	);
}

function readErrorList(body: JsonObject): ErrorBody | undefined {
	const errors: unknown = body['errors'] ?? body['Errors'];
	const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
	if (!isJsonObject(first)) return undefined;
	return compact({
		concurCode: text(first['errorCode'] ?? first['code']),
		message: text(first['errorMessage'] ?? first['message']),
	});
}

function readOAuth(body: JsonObject): ErrorBody | undefined {
	if (typeof body['error'] !== 'string') return undefined;
	return compact({
		concurCode: text(body['code']) ?? body['error'],
		message: text(body['error_description'] ?? body['message']),
		geolocation: text(body['geolocation']),
	});
}

function readNested(error: unknown): ErrorBody | undefined {
	if (!isJsonObject(error)) return undefined;
	// v3 family: {"Error":{"Message","Server-Time","Id"}}, where Id is a correlation id;
	// rate limits: {"error":{"id":"security.rate.limit.reached","message"}}.
	return compact({
		concurCode: text(error['id'] ?? error['code'] ?? error['Code']),
		message: text(error['message'] ?? error['Message']),
		correlationId: text(error['Id']),
	});
}

function readFlat(body: JsonObject): ErrorBody {
	return compact({
		concurCode: text(body['errorCode'] ?? body['code'] ?? body['scimType']),
		message: text(body['errorMessage'] ?? body['message'] ?? body['Message'] ?? body['detail']),
	});
}

function parseMarkup(markup: string): ErrorBody {
	const element = (name: string) =>
		new RegExp(`<${name}>([^<]{1,2000})</${name}>`, 'i').exec(markup)?.[1]?.trim();
	if (/<Error[\s>]/.test(markup)) {
		return compact({
			concurCode: element('Code'),
			message: element('Message'),
			correlationId: element('Id'),
		});
	}
	const title = element('title');
	return title === undefined ? {} : { message: `a web page titled ${title}` };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function text(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function compact(body: { [K in keyof ErrorBody]: ErrorBody[K] | undefined }): ErrorBody {
	const { concurCode, message, geolocation, correlationId } = body;
	return {
		...(concurCode !== undefined && { concurCode }),
		...(message !== undefined && { message }),
		...(geolocation !== undefined && { geolocation }),
		...(correlationId !== undefined && { correlationId }),
	};
}
