/** Noncharacters, which no text holds: Unicode has 32 of them in a row, as there are controls. */
const FIRST_MARK = 0xfdd0;

/** All but tab, line feed and carriage return, which XML allows. */
const CONTROLS = /[\0-\x08\v\f\x0e-\x1f]/g;
const REFERENCES = /&#(?:x0*([\da-f]{1,2})|0*(\d{1,2}));/gi;
const STRAY_AMPERSANDS = /&(?![a-z][\w.-]*;|#\d+;|#x[\da-f]+;)/gi;

const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

/**
 * Mends what servers write although XML forbids it: ampersands that are not escaped (the sample of
 * SAP's page has one in NextPage), and control characters, which stand in names in practice. They
 * are marks until {@link restoreText}.
 */
export function mendXml(text: string): string {
	const [start = '', ...sections] = text.replace(CONTROLS, toMark).split(CDATA);
	const mended = sections.map((section) => {
		const end = section.indexOf(CDATA_END);
		// In a CDATA section an ampersand is nothing but one.
		return CDATA + section.slice(0, end) + mendMarkup(section.slice(end));
	});
	return [mendMarkup(start), ...mended].join('');
}

/** A text of the parsed tree with its control characters. */
export function restoreText(text: string): string {
	return text.replace(/[\ufdd0-\ufdef]/g, (mark) =>
		String.fromCharCode(mark.charCodeAt(0) - FIRST_MARK),
	);
}

function mendMarkup(text: string): string {
	return text
		.replace(STRAY_AMPERSANDS, '&amp;')
		.replace(REFERENCES, (reference, hex?: string, decimal?: string) => {
			const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
			const char = String.fromCharCode(code);
			const mark = char.replace(CONTROLS, toMark);
			return mark === char ? reference : mark;
		});
}

function toMark(control: string): string {
	return String.fromCharCode(FIRST_MARK + control.charCodeAt(0));
}
