/** The page's looks: light and dark as the reader's system has it, and plain on paper. */
export const style = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c2024; --soft: #5b636c; --line: #d9dee3;
	--panel: #f5f7f9; --c1: #2469c4; --c2: #c2570c; --c3: #7a8591; --c4: #0f8a6d; --c5: #8b4fc0;
	--good: #14713f; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181c; --text: #e6eaee; --soft: #a3adb7;
	--line: #38414a; --panel: #1d2329; --c1: #6aa8f7; --c2: #f0934e; --c3: #8f9aa6; --c4: #3fc3a2;
	--c5: #bd93ec; --good: #63d297; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--ground);
	color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; } h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem; }
header p { margin: .25rem 0; color: var(--soft); overflow-wrap: anywhere; }
code { font-size: .92em; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem;
	margin: 1.25rem 0 0; }
.tiles div { padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--line);
	border-radius: .5rem; }
.tiles dt { color: var(--soft); font-size: .85rem; }
.tiles dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles dd small { display: block; color: var(--soft); font-size: .8rem; font-weight: 400; }
.complete { color: var(--good); } .failed, .incomplete, .interrupted { color: var(--bad); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
	gap: 1rem 2rem; margin-top: 1rem; }
.chart { margin: 0; max-width: 42rem; break-inside: avoid; }
figcaption { font-weight: 600; overflow-wrap: anywhere; }
figcaption small { color: var(--soft); font-weight: 400; }
.legend { margin: 0; color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
.legend span { display: inline-block; max-width: 100%; margin-right: 1rem; }
.legend i { display: inline-block; width: .7rem; height: .7rem; margin-right: .35rem;
	border-radius: 2px; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
.tick { text-anchor: end; } .label { text-anchor: middle; } .last { text-anchor: end; }
.grid { stroke: var(--line); } .axis { stroke: var(--soft); }
${[1, 2, 3, 4, 5].map((n) => `rect.c${n} { fill: var(--c${n}); } i.c${n} { background: var(--c${n}); }`).join('\n')}
.scroll { width: fit-content; max-width: 100%; margin-top: 1rem; max-height: 34rem; overflow: auto;
	border-bottom: 1px solid var(--line); }
table { border-collapse: collapse; font-size: .87rem; }
caption { padding: .25rem 0; color: var(--soft); text-align: left; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left;
	vertical-align: top; overflow-wrap: break-word; max-width: 36rem; }
th { font-weight: 600; } tbody th { font-weight: 400; white-space: nowrap; }
td:not(.number) { min-width: 7rem; }
table code, time { white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { position: sticky; top: 0; background: var(--ground); color: var(--soft); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
@media print { :root { color-scheme: light; --ground: #fff; --text: #000; --soft: #444; --line: #bbb;
		--panel: #fff; --c1: #2469c4; --c2: #c2570c; --c3: #7a8591; --c4: #0f8a6d; --c5: #8b4fc0;
		--good: #14713f; --bad: #b3261e; }
	body { padding: 0; max-width: none; font-size: 10pt; }
	* { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
	th, td:not(.number), tbody th, .number, time, table code { min-width: 0; white-space: normal;
		overflow-wrap: anywhere; }
	table { font-size: 8pt; } th, td { padding: .2rem .3rem; }
	.scroll { max-height: none; overflow: visible; } thead th { position: static; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
`;
