import { REPORT_COLOURS } from "./report-colours.ts";

const BASE = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 4rem; }
body {
  margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem) 4rem; max-width: 76rem;
  background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: anywhere; font-variant-numeric: tabular-nums;
}
h1, h2, h3, h4 { font-family: "Iowan Old Style", Palatino, "Palatino Linotype", "Source Serif 4", Georgia, serif; line-height: 1.25; text-wrap: balance; }
h1 { font-size: clamp(1.8rem, 1.2rem + 2.6vw, 3rem); font-weight: 600; letter-spacing: -.015em; margin: 0 0 .5rem; }
h2 { font-size: 1.6rem; font-weight: 600; letter-spacing: -.01em; margin: 3.5rem 0 .4rem; }
h3 { font-size: 1.08rem; font-weight: 600; margin: 0; }
h4 { font-size: 1rem; font-weight: 600; margin: 0; text-wrap: pretty; min-width: 0; }
p { margin: 0; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--line-strong); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
ul { margin: 0; padding: 0; list-style: none; }
summary { cursor: pointer; }
sup { line-height: 0; }
.lead { color: var(--muted); max-width: 46rem; text-wrap: pretty; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; z-index: 9; background: var(--surface); padding: .5rem 1rem; }
.of, .note { color: var(--muted); font-size: .85em; }
.label { color: var(--muted); font: 600 .82em/1 system-ui, sans-serif; letter-spacing: .02em; margin-right: .25em; }
.id { font-weight: 400; font-size: .92em; letter-spacing: 0; }
.none { color: var(--muted); padding: 1rem 0; }
.scroll { overflow-x: auto; }
`;

const HEADER = `
.top { padding: clamp(2rem, 6vw, 4.5rem) 0 0; }
.kicker { color: var(--accent); font-weight: 600; letter-spacing: .08em; text-transform: uppercase; font-size: .78rem; margin-bottom: .4rem; }
.warnings { margin-top: 1.2rem; display: grid; gap: .4rem; }
.warnings li { border-left: 4px solid var(--s-needs-review); background: color-mix(in srgb, var(--s-needs-review) 10%, var(--surface)); padding: .6rem .9rem; border-radius: 0 8px 8px 0; max-width: 60rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(8.2rem, 45%), 1fr)); gap: .7rem; margin-top: 1.8rem; }
.tile { background: var(--surface); border: 1px solid var(--line); border-top: 3px solid var(--tone, var(--line-strong)); border-radius: 10px; padding: .7rem .9rem .8rem; box-shadow: var(--shadow); display: grid; gap: .1rem; align-content: start; }
.tile .name { font-size: .85rem; color: var(--muted); }
.tile strong { font-size: 1.6rem; overflow-wrap: anywhere; font-weight: 600; line-height: 1.2; letter-spacing: -.02em; }
.tile .note { line-height: 1.35; }
.tile:first-child { --tone: var(--ink); }
nav { position: sticky; top: 0; z-index: 5; margin: 1.6rem calc(-1 * clamp(1rem, 4vw, 2.5rem)) 0; padding: .7rem clamp(1rem, 4vw, 2.5rem); display: flex; gap: clamp(.8rem, 2.5vw, 1.3rem); overflow-x: auto; background: var(--page); border-bottom: 1px solid var(--line); font-size: .9rem; white-space: nowrap; }
nav a { text-decoration: none; color: var(--muted); }
nav a:hover { color: var(--ink); }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .85rem; }
`;

const STATES = `
.s-graded { --tone: var(--s-graded); } .s-overridden { --tone: var(--s-overridden); } .s-needs-review { --tone: var(--s-needs-review); }
.s-blank { --tone: var(--s-blank); } .s-refused { --tone: var(--s-refused); } .s-error { --tone: var(--s-error); } .s-stale { --tone: var(--s-stale); }
.badges { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; }
.badge, .flag { font-size: .8rem; line-height: 1.35; padding: .12rem .55rem; border-radius: 99px; background: color-mix(in srgb, var(--tone, var(--line-strong)) 15%, var(--surface)); white-space: nowrap; }
.badge::before { content: ""; display: inline-block; width: .5em; height: .5em; border-radius: 50%; background: var(--tone, var(--line-strong)); margin-right: .4em; vertical-align: .06em; }
.flag { white-space: normal; border-radius: 8px; background: none; border: 1px dashed var(--review); }
.p1 { background: var(--penalty-soft); } .p2 { background: var(--penalty); }
.h0 { background: var(--heat-0); color: var(--on-heat-0); } .h1 { background: var(--heat-1); color: var(--on-heat-1); }
.h2 { background: var(--heat-2); color: var(--on-heat-2); } .h3 { background: var(--heat-3); color: var(--on-heat-3); }
.h4 { background: var(--heat-4); color: var(--on-heat-4); } .h5 { background: var(--heat-5); color: var(--on-heat-5); }
.open { background: repeating-linear-gradient(135deg, color-mix(in srgb, var(--tone) 28%, var(--surface)) 0 3px, color-mix(in srgb, var(--tone) 12%, var(--surface)) 3px 7px); color: var(--ink); }
.k0 { --k: var(--k0); } .k1 { --k: var(--k1); } .k2 { --k: var(--k2); } .k3 { --k: var(--k3); }
.k4 { --k: var(--k4); } .k5 { --k: var(--k5); } .k6 { --k: var(--k6); } .k7 { --k: var(--k7); }
`;

const CHARTS = `
figure { margin: 1.2rem 0 0; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: clamp(.9rem, 2.5vw, 1.6rem); box-shadow: var(--shadow); container-type: inline-size; }
figure h3 { margin-bottom: .8rem; }
figcaption { color: var(--muted); font-size: .88rem; max-width: 46rem; margin-top: .5rem; }
.chart { display: block; width: 100%; height: auto; font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; overflow: visible; }
.chart text { white-space: pre; }
.narrow { display: none; max-width: 28rem; }
@container (max-width: 620px) { .wide { display: none; } .narrow { display: block; } }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 0 1.1rem; }
.pair > figure > .chart { max-width: 30rem; }
.swatch { display: inline-block; width: .8em; height: .8em; border-radius: 3px; background: var(--accent); }
.swatch.out { background: var(--review); }
.apart { margin-top: 2rem; }
.data { margin-top: .8rem; font-size: .88rem; }
.data > summary { color: var(--muted); width: fit-content; }
.figures { border-collapse: collapse; margin-top: .6rem; font-size: .88rem; min-width: min(100%, 26rem); }
.figures th, .figures td { text-align: right; padding: .3rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.figures th { font-weight: 600; }
.figures thead th { color: var(--muted); font-weight: 500; white-space: nowrap; }
.figures th:first-child { text-align: left; padding-left: 0; white-space: nowrap; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1.1rem; margin-top: 1.2rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: 1.1rem 1.2rem; box-shadow: var(--shadow); min-width: 0; display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: subgrid; grid-row: span 6; row-gap: .6rem; align-content: start; }
.card .chart { max-width: 27rem; }
.card .data { margin: 0; }
.facts { color: var(--muted); font-size: .9rem; }
.facts strong { color: var(--ink); font-size: 1.15rem; }
.question .figures { min-width: 0; }
.question .figures :is(th, td) { padding: .3rem .35rem; white-space: normal; }
.question .figures :is(th, td):nth-child(2) { text-align: left; min-width: 7rem; }
.question .figures td:nth-child(4) { white-space: nowrap; }
.states { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: .6rem 1.5rem; margin: 1.2rem 0 2rem; font-size: .9rem; }
.states dd { margin: .15rem 0 0; color: var(--muted); }
`;

const MATRIX = `
.legend { display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; align-items: center; font-size: .85rem; color: var(--muted); margin: 1rem 0 .6rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.legend i { display: inline-grid; place-items: center; width: 1.5rem; height: 1.15rem; border-radius: 4px; font-style: normal; font-size: .8rem; }
.ramp { gap: 2px !important; }
.ramp span { margin: 0 .3rem; }
.tall { max-height: 85vh; overflow: auto; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: .4rem .6rem .6rem; box-shadow: var(--shadow); }
.matrix { border-collapse: separate; border-spacing: 3px; font-size: .9rem; }
.matrix th { font-weight: 500; color: var(--muted); padding: .35rem .3rem; background: var(--surface); }
.matrix thead th { position: sticky; top: -.4rem; z-index: 2; }
.matrix th:first-child { text-align: left; position: sticky; left: -.6rem; padding-left: .6rem; z-index: 1; white-space: nowrap; max-width: 12rem; overflow: hidden; text-overflow: ellipsis; }
.matrix thead th:first-child { z-index: 3; }
.matrix tbody th a { color: var(--ink); text-decoration: none; }
.matrix :is(th:first-child, .sum, .mean) { width: 1%; }
.matrix td { width: 5.6rem; text-align: center; border-radius: 6px; min-width: 2.3rem; height: 2.1rem; padding: 0; }
.matrix td a { display: grid; place-items: center; height: 100%; text-decoration: none; border-radius: 6px; position: relative; }
.matrix td a:hover { outline: 2px solid var(--ink); }
.matrix .sum, .matrix .mean { text-align: right; padding: 0 .5rem; white-space: nowrap; }
@media (max-width: 560px) { .matrix { border-spacing: 2px; font-size: .8rem; } .matrix td { min-width: 1.55rem; height: 1.9rem; } .matrix .sum { display: none; } .matrix th { padding: .3rem .1rem; } }
`;

const ANSWERS = `
#filter { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: 1rem 0; font-size: .88rem; color: var(--muted); }
#filter[hidden] { display: none; }
#filter label { display: grid; gap: .2rem; }
#filter input, #filter select, #filter button { font: inherit; color: var(--ink); background: var(--surface); border: 1px solid var(--line-strong); border-radius: 8px; padding: 0 .7rem; height: 2.4rem; max-width: 100%; }
#filter button { cursor: pointer; }
#filter output { padding: .45rem 0; }
.candidate { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; margin-top: .6rem; box-shadow: var(--shadow); content-visibility: auto; contain-intrinsic-size: auto 3.4rem; }
.candidate > summary { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; padding: .75rem 1.1rem; list-style-position: inside; }
.candidate > summary::before { content: "▸"; color: var(--muted); transition: rotate .15s; }
.candidate[open] > summary::before { rotate: 90deg; }
.candidate > summary::-webkit-details-marker { display: none; }
.candidate > summary h3 { min-width: 4.5rem; overflow-wrap: anywhere; }
.candidate .total { color: var(--muted); font-size: .9rem; }
.strip { display: inline-flex; gap: 2px; flex-wrap: wrap; }
.strip i { width: .95rem; height: .95rem; border-radius: 3px; }
.answer { border-top: 1px solid var(--line); padding: 1.3rem clamp(.9rem, 2.5vw, 1.6rem) 1.5rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: .8rem; content-visibility: auto; contain-intrinsic-size: auto 22rem; }
.answer[hidden] { display: none; }
.answer:target { box-shadow: inset 4px 0 0 var(--accent); }
.answer header { display: flex; justify-content: space-between; gap: 1.2rem; align-items: start; }
.mark { text-align: right; white-space: nowrap; }
.mark strong { font-size: 1.6rem; line-height: 1; font-weight: 600; letter-spacing: -.02em; }
.mark .note { display: block; }
.provisional { color: var(--muted); border-bottom: 2px dashed var(--review); }
.sides { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 1.2rem 2rem; align-items: start; }
@media (max-width: 820px) { .sides { grid-template-columns: minmax(0, 1fr); } }
.text { margin: 0; font: 1rem/1.7 "Iowan Old Style", Palatino, "Palatino Linotype", "Source Serif 4", Georgia, serif; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 68ch; padding-left: 1rem; border-left: 2px solid var(--line); }
/* Each line runs as its own letters do, from the left or from the right. */
.text, h3, h4, .criteria th, .findings { unicode-bidi: plaintext; }
.text.empty { color: var(--muted); font-style: italic; }
mark { background: var(--k); color: inherit; border-radius: 3px; padding: .1em .15em; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
mark.several { text-decoration: underline dotted 2px; text-underline-offset: .25em; }
mark.penalty, .letter.penalty { background: var(--penalty-soft); box-shadow: inset 0 -2px 0 var(--penalty); }
mark sup { font: 700 .62em/0 system-ui, sans-serif; margin-right: .3em; user-select: none; -webkit-user-select: none; vertical-align: .55em; }
.criteria { border-collapse: collapse; width: 100%; font-size: .9rem; }
.criteria th, .criteria td { text-align: left; vertical-align: top; padding: .5rem .5rem .5rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
.criteria thead th { color: var(--muted); font-size: .8rem; padding-top: 0; }
.criteria .points, .criteria th:last-child { text-align: right; padding-right: 0; white-space: nowrap; }
table { overflow-wrap: break-word; }
.criteria th { overflow-wrap: anywhere; }
.criteria td:nth-child(2) { width: 30%; }
.letter { display: inline-grid; place-items: center; min-width: 1.35rem; height: 1.35rem; padding: 0 .25rem; border-radius: 5px; background: var(--k); font-weight: 700; font-size: .78rem; margin-right: .3rem; }
.findings, .fault { display: block; color: var(--muted); font-size: .92em; margin-top: .2rem; overflow-wrap: anywhere; }
.fault { color: var(--ink); border-left: 3px solid var(--s-error); padding-left: .5rem; }
.criteria .note { display: block; }
.events, .override { margin-top: .7rem; font-size: .88rem; }
.events li { padding-left: 1.1rem; position: relative; color: var(--muted); }
.events li::before { content: "⤷"; position: absolute; left: 0; }
.override { border-left: 3px solid var(--s-overridden); padding-left: .7rem; }
`;

const PRINT = `
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav, #filter, .skip { display: none; }
  .tall { max-height: none; overflow: visible; }
  .matrix th { position: static; }
  figure, .card, .tile, .answer { break-inside: avoid; box-shadow: none; }
  .candidate, .answer { content-visibility: visible; }
  details::details-content { content-visibility: visible; block-size: auto; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`;

/** The whole look of the report: typography for reading, one scale of colours for credit, room at every width. */
export const REPORT_STYLE = [REPORT_COLOURS, BASE, HEADER, STATES, CHARTS, MATRIX, ANSWERS, PRINT].join("");
