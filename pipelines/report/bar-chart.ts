import { formatCount, formatShort } from './format';
import { html, type Content, type Html } from './html';
import { chooseScale, type Scale } from './scale';

export interface Series {
	readonly name: string;
	/** One for each label; undefined is not known and leaves a gap. */
	readonly values: readonly (number | undefined)[];
}

export interface BarChart {
	readonly id: string;
	readonly title: string;
	/** What the bars say, for who cannot see them. */
	readonly summary: string;
	readonly labels: readonly string[];
	/** At most five, side by side, or one upon the other. */
	readonly series: readonly Series[];
	readonly stacked?: boolean;
	readonly unit?: string;
}

const WIDTH = 560;
const HEIGHT = 200;
const LEFT = 52;
const TOP = 12;
const FLOOR = HEIGHT - 30;
const WIDEST = 48;
/** Labels that find room below the bars. */
const LABELS = 5;
const LABEL_LENGTH = 14;
/** As wide as a label of that length. */
const LABEL_ROOM = 84;

/** Bars as one picture of its own. The numbers stand in a table nearby as well. */
export function drawBars(chart: BarChart): Html {
	const { id, title, summary, series, labels, stacked = false } = chart;
	const scale = chooseScale(heightsOf(chart), !stacked);
	const slot = (WIDTH - LEFT) / Math.max(1, labels.length);
	const logarithmic = scale.kind === 'logarithmic' ? ' The axis is logarithmic.' : '';
	return html`<figure class="chart">
		<figcaption>
			${title}${scale.kind === 'logarithmic' ? html` <small>(logarithmic axis)</small>` : undefined}
		</figcaption>
		${series.length > 1 ? drawLegend(series) : undefined}
		<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d">
			<title id="${id}-t">${title}</title>
			<desc id="${id}-d">${summary}${logarithmic}</desc>
			${scale.ticks.map((tick) => drawTick(tick, scale))}
			${labels.map((label, index) => [
				drawSlot(chart, scale, index, LEFT + index * slot, slot),
				drawLabel(label, index, labels.length, LEFT + (index + 0.5) * slot),
			])}
		</svg>
	</figure>`;
}

function heightsOf({ series, labels, stacked }: BarChart): number[] {
	if (!stacked) return series.flatMap(({ values }) => values.map((value) => value ?? 0));
	return labels.map((_, index) =>
		series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
	);
}

function drawLegend(series: readonly Series[]): Html {
	return html`<p class="legend" aria-hidden="true">
		${series.map(({ name }, index) => html`<span><i class="c${index + 1}"></i>${name}</span> `)}
	</p>`;
}

function yOf(share: number): number {
	return FLOOR - share * (FLOOR - TOP);
}

function drawTick(tick: number, scale: Scale): Html {
	const y = round(yOf(scale.place(tick)));
	return html`<line
			class="${tick === 0 ? 'axis' : 'grid'}"
			x1="${LEFT}"
			x2="${WIDTH}"
			y1="${y}"
			y2="${y}"
		/><text class="tick" x="${LEFT - 8}" y="${y + 4}">${formatShort(tick)}</text>`;
}

function drawSlot(
	{ series, labels, stacked = false, unit = '' }: BarChart,
	scale: Scale,
	index: number,
	left: number,
	slot: number,
): Content {
	const all = Math.min(slot * 0.8, stacked ? WIDEST : WIDEST * series.length);
	const width = stacked ? all : all / series.length;
	const start = left + (slot - all) / 2;
	let below = 0;
	return series.map(({ name, values }, rank) => {
		const value = values[index];
		if (value === undefined || value === 0) return undefined;
		const bottom = stacked ? below : 0;
		below += value;
		const y = yOf(scale.place(bottom + value));
		// Whatever happened at all is seen.
		const height = Math.max(1.5, yOf(scale.place(bottom)) - y);
		const x = start + (stacked ? 0 : rank * width);
		return html`<rect
			class="c${rank + 1}"
			x="${round(x)}"
			y="${round(y)}"
			width="${round(Math.max(1, width - 1))}"
			height="${round(height)}"
			><title>${labels[index]}, ${name}: ${formatCount(value)}${unit}</title></rect
		>`;
	});
}

function drawLabel(label: string, index: number, count: number, x: number): Html | undefined {
	const every = Math.ceil(count / LABELS);
	// Counted from the newest: that one is always named.
	if ((count - 1 - index) % every !== 0) return undefined;
	const short = label.length > LABEL_LENGTH ? `${label.slice(0, LABEL_LENGTH - 1)}…` : label;
	// In a narrow slot the last one would stand out of the picture.
	const end = index === count - 1 && 2 * (WIDTH - x) < LABEL_ROOM;
	return html`<text
		class="${end ? 'label last' : 'label'}"
		x="${end ? WIDTH : round(x)}"
		y="${FLOOR + 18}"
		>${short}</text
	>`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
