/** A scale of a chart's upright axis: from 0 at the bottom to 1 at the top. */
export interface Scale {
	readonly ticks: readonly number[];
	readonly kind: 'linear' | 'logarithmic';
	place(value: number): number;
}

/** So far apart, the smaller bars would vanish on a linear axis. */
const WIDE = 100;

/**
 * A linear scale, or a logarithmic one where that may be and the values lie far apart: a first run
 * brings everything, the ones after it a handful.
 */
export function chooseScale(values: readonly number[], mayBeLogarithmic: boolean): Scale {
	const greatest = Math.max(0, ...values);
	const least = Math.min(...values.filter((value) => value > 0));
	return mayBeLogarithmic && greatest / least >= WIDE ? logarithmic(greatest) : linear(greatest);
}

function linear(greatest: number): Scale {
	const rough = Math.max(greatest, 1) / 4;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((s) => s >= rough) ?? 1);
	const top = step * Math.max(1, Math.ceil(greatest / step));
	const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
	return { ticks, kind: 'linear', place: (value) => value / top };
}

/** Zero stands at the bottom, one a step above it. */
function logarithmic(greatest: number): Scale {
	const powers = Math.ceil(Math.log10(greatest));
	const every = Math.ceil(powers / 5);
	const exponents = Array.from({ length: powers + 1 }, (_, index) => index);
	return {
		ticks: [0, ...exponents.filter((index) => index % every === 0).map((index) => 10 ** index)],
		kind: 'logarithmic',
		place: (value) => (value < 1 ? 0 : (Math.log10(value) + 1) / (powers + 1)),
	};
}
