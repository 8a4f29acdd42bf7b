import { REPORT_COLOURS } from "./report-colours.ts";

const BASE = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 5rem; }
body {
  margin: 0; background: var(--page); color: var(--ink); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3 { font-family: "Iowan Old Style", Palatino, "Palatino Linotype", "Source Serif 4", Georgia, serif; line-height: 1.3; font-weight: 600; text-wrap: balance; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--line-strong); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
summary { cursor: pointer; }
[hidden] { display: none !important; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; z-index: 9; background: var(--surface); padding: .5rem 1rem; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

const LAYOUT = `
.page { max-width: 78rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem) 4rem; }
.top { padding: clamp(1.8rem, 5vw, 3.6rem) 0 1rem; }
.kicker { color: var(--accent); font-weight: 600; letter-spacing: .08em; text-transform: uppercase; font-size: .78rem; margin: 0 0 .4rem; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2.4vw, 2.8rem); letter-spacing: -.015em; margin: 0 0 .5rem; }
.lead { color: var(--muted); margin: 0; max-width: 46rem; text-wrap: pretty; }
#find { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin: .8rem calc(-1 * clamp(1rem, 4vw, 2.5rem)) 0; padding: .7rem clamp(1rem, 4vw, 2.5rem); background: var(--page); border-bottom: 1px solid var(--line); }
#find label { flex: 1 1 14rem; min-width: 0; }
#find input, #find button { font: inherit; font-size: .95rem; color: var(--ink); background: var(--surface); border: 1px solid var(--line-strong); border-radius: 8px; padding: 0 .8rem; height: 2.5rem; max-width: 100%; }
#find input { width: 100%; }
#find button { cursor: pointer; white-space: nowrap; }
#find button:hover { border-color: var(--accent); }
#find output { color: var(--muted); font-size: .9rem; min-width: 6.5rem; }
#find output:empty { display: none; }
.columns { display: grid; grid-template-columns: minmax(0, 17rem) minmax(0, 1fr); gap: 0 clamp(1.5rem, 4vw, 3.5rem); align-items: start; }
.contents { position: sticky; top: 4.6rem; max-height: calc(100vh - 5.5rem); overflow-y: auto; padding: 1.6rem .3rem 1rem; font-size: .9rem; line-height: 1.4; }
.contents > summary { font-weight: 600; color: var(--muted); margin-bottom: .6rem; width: fit-content; }
.contents ul { list-style: none; margin: 0; padding: 0; }
.contents ul ul { padding-left: .8rem; border-left: 1px solid var(--line); margin: .15rem 0 .7rem; }
.contents li { padding: .18rem 0; }
.contents a { text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.contents .count { color: var(--muted); font-size: .85em; font-variant-numeric: tabular-nums; }
.page:has(.alone) { max-width: 57rem; }
.alone { grid-template-columns: minmax(0, 1fr); }
main { max-width: 52rem; min-width: 0; }
main > section { padding-top: 1.8rem; }
h2 { font-size: 1.5rem; margin: 0 0 .8rem; letter-spacing: -.01em; }
h2 .within { display: block; font: 500 .82rem/1.4 system-ui, sans-serif; color: var(--muted); letter-spacing: 0; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .85rem; }
kbd { font: 600 .82em/1 ui-monospace, monospace; border: 1px solid var(--line-strong); border-radius: 4px; padding: .1em .4em; }
@media (max-width: 60rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .contents { position: static; max-height: none; padding: 1rem 0 0; }
}
@media (max-width: 34rem) { html { scroll-padding-top: 8.2rem; } #find label { flex-basis: 100%; } #find button { flex: 1 1 auto; } }
`;

const QUESTIONS = `
.question { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; margin-bottom: .8rem; padding: 1.05rem clamp(.9rem, 2.5vw, 1.4rem); box-shadow: var(--shadow); content-visibility: auto; contain-intrinsic-size: auto 7.5rem; }
.question:target { border-color: var(--accent); box-shadow: inset 4px 0 0 var(--accent); }
.question h3 { font-size: 1.14rem; margin: 0; display: flex; gap: .7rem; text-wrap: pretty; }
.question h3 > span { min-width: 0; }
.number { color: var(--muted); font: 500 .85rem/1.75 system-ui, sans-serif; text-decoration: none; font-variant-numeric: tabular-nums; min-width: 1.6rem; flex: none; }
.number:hover { color: var(--accent); text-decoration: underline; }
.tags { display: flex; flex-wrap: wrap; gap: .35rem; margin: .5rem 0 0; padding: 0; list-style: none; font-size: .8rem; color: var(--muted); }
.tags li { border: 1px solid var(--line-strong); border-radius: 99px; padding: .02rem .6rem; }
.answer { margin-top: .6rem; }
.answer > summary { color: var(--accent); font-weight: 600; font-size: .92rem; width: fit-content; padding: .2rem .1rem; }
.open-answer { color: var(--muted); font-style: italic; margin: .6rem 0 0; }
.prose { padding-top: .5rem; border-top: 1px solid var(--line); margin-top: .4rem; }
.body { border: 0; margin-top: .2rem; }
.prose > :first-child { margin-top: .3rem; }
.prose > :last-child { margin-bottom: 0; }
.prose p, .prose ul, .prose ol, .prose blockquote, .prose pre { margin: .75rem 0; }
.prose p, .prose li { text-wrap: pretty; }
.question h3 > span, .prose :is(p, li, h4, h5, h6, th, td) { unicode-bidi: plaintext; }
.prose ul, .prose ol { padding-left: 1.5rem; }
.prose li + li { margin-top: .25rem; }
.prose h4, .prose h5, .prose h6 { font-size: 1rem; line-height: 1.4; margin: 1.2rem 0 .4rem; }
.prose h5, .prose h6 { color: var(--muted); }
.prose blockquote { border-left: 3px solid var(--line-strong); padding-left: 1rem; margin-left: 0; color: var(--muted); }
code { font: .88em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: color-mix(in srgb, var(--ink) 7%, transparent); border-radius: 4px; padding: .1em .3em; }
pre { background: color-mix(in srgb, var(--ink) 5%, var(--surface)); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto; position: relative; overflow-wrap: normal; }
pre code { background: none; padding: 0; white-space: pre; }
pre[data-language]::before { content: attr(data-language); position: absolute; right: .6rem; top: .35rem; font: .72rem/1 system-ui, sans-serif; color: var(--muted); }
.scroll { overflow-x: auto; margin: .75rem 0; }
.prose table { border-collapse: collapse; font-size: .92rem; overflow-wrap: break-word; }
.prose th, .prose td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: start; vertical-align: top; min-width: 4rem; }
.prose th { background: color-mix(in srgb, var(--ink) 4%, var(--surface)); }
.prose .right { text-align: right; } .prose .center { text-align: center; }
hr { border: 0; border-top: 1px solid var(--line-strong); margin: 1rem 0; }
.source { color: var(--muted); font-size: .8rem; margin: .9rem 0 0; }
`;

const PRINT = `
@media print {
  @page { margin: 16mm 15mm; }
  body { font-size: 10.5pt; background: none; }
  .page { max-width: none; padding: 0; }
  #find, .skip, .keys { display: none !important; }
  .columns { display: block; }
  .contents { position: static; max-height: none; overflow: visible; columns: 2; break-after: page; }
  main { max-width: none; }
  .question { content-visibility: visible; box-shadow: none; border: 0; border-top: 1px solid var(--line-strong); border-radius: 0; padding: .7rem 0; margin: 0; }
  h2, h3, .prose :is(h4, h5, h6) { break-after: avoid; }
  pre, table, blockquote, li { break-inside: avoid; }
  pre code { white-space: pre-wrap; overflow-wrap: anywhere; }
  .answer > summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;

/** The look of the study guide: the colours of the report, one column for reading, the contents beside it where there is room. */
export const GUIDE_STYLE = [REPORT_COLOURS, BASE, LAYOUT, QUESTIONS, PRINT].join("");
