import { decimal, type JsonValue } from '../json';
import type { Random } from '../random';

/** Texts that break careless CSV writers, spreadsheets, encodings and null handling. */
export const nastyTexts: readonly string[] = [
	'Client meeting for project KIWI',
	'He said "no, thanks", twice',
	'line one\nline two\r\nline three',
	'Plane too early in the morning, if possible book Hotel\n',
	'=HYPERLINK("http://example.com","click")',
	'+49 30 123456',
	'-1+1',
	'@SUM(A1:A9)',
	'\ttab first',
	'Réunion à Besançon – coût ≤ 5 000 €',
	'東京出張 🚄🍣',
	'زيارة العميل',
	'Поездка в Гданьск',
	'👩‍💻👨‍👩‍👧‍👦 team offsite',
	'',
	' leading and trailing ',
	'back\\slash; semicolon | pipe',
	"Robert'); DROP TABLE requests;--",
	'null',
	'NaN',
	'00123',
	'1e5',
];

/** A text that may also be null: null and the empty string are different things. */
export function nastyText(random: Random): string | null {
	return random.chance(0.08) ? null : random.pick(nastyTexts);
}

/** A currency and how many decimals its amounts have, 0 to 8. */
const currencies = [
	['USD', 2],
	['EUR', 2],
	['JPY', 0],
	['BHD', 3],
	['CLF', 4],
	['XBT', 8],
	['HUF', 1],
	['TND', 5],
] as const;

/** A currency of the company, mostly dollars. */
export function pickCurrency(random: Random): { code: string; decimals: number } {
	const [code, decimals] = random.chance(0.6) ? (['USD', 2] as const) : random.pick(currencies);
	return { code, decimals };
}

const knownAmounts = ['0.1', '213.06', '478.56', '0', '0.30000000000000004', '1000000000000000.01'];

/** An amount whose text has exactly the digits a reader must keep. */
export function makeAmount(random: Random, currency = pickCurrency(random)): JsonValue {
	return { value: amountValue(random, currency.decimals), currency: currency.code };
}

function amountValue(random: Random, decimals: number): JsonValue {
	if (random.chance(0.1)) return decimal(random.pick(knownAmounts));
	const whole = String(random.between(1, 4000));
	if (decimals === 0) return decimal(whole);
	const cents = String(random.between(0, 10 ** decimals - 1)).padStart(decimals, '0');
	return decimal(`${whole}.${cents}`);
}
