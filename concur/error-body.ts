import { readErrorWords, type ErrorWords } from './errors/error-words';
import { describePage, readXmlWords } from './errors/markup-words';
import { isJsonObject, parseJson } from './json';

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

/** Of a text without any form. */
const TEXT_START = 1000;

/**
 * Reads the body of an error answer, no words of which are to be lost. Forms met: Travel Request v4
 * `{errors:[{errorCode,…}]}`, OAuth2 `{code,error,error_description,geolocation}`, the v3 family's
 * `Error` as JSON or XML, `{error:{id,message}}` of rate limits, SCIM `{detail,scimType}` with
 * Concur's extension, `validationErrors` and `errorMessageList` of other v4 APIs, arrays, web pages
 * and plain text of gateways.
 */
export function parseErrorBody(text: string): ErrorBody {
	const trimmed = text.replace(/^\uFEFF/, '').trim();
	if (trimmed === '' || trimmed.includes('\0')) return {};
	if (trimmed.startsWith('<')) return parseMarkup(trimmed);
	const body = parseJson(trimmed);
	if (body === undefined) return { message: trimmed.slice(0, TEXT_START) };
	const words = readErrorWords(body);
	const isMute = words.message === undefined && words.concurCode === undefined;
	const geolocation = isJsonObject(body) ? body['geolocation'] : undefined;
	return {
		...compact(words),
		...(isMute && hasWords(trimmed) && { message: trimmed.slice(0, TEXT_START) }),
		...(typeof geolocation === 'string' && { geolocation }),
	};
}

function parseMarkup(markup: string): ErrorBody {
	if (/^(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b/i.test(markup)) {
		const message = describePage(markup);
		return message === undefined ? {} : { message };
	}
	return compact(readXmlWords(markup));
}

/** Whether JSON of an unknown form says anything: a text of its own, not only names. */
function hasWords(json: string): boolean {
	return /"[^"]*\p{L}[^"]*"\s*(?:[,\]}]|$)/u.test(json);
}

function compact({ concurCode, message, correlationId }: ErrorWords): ErrorBody {
	return {
		...(concurCode !== undefined && { concurCode }),
		...(message !== undefined && { message }),
		...(correlationId !== undefined && { correlationId }),
	};
}
