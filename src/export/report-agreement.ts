import { agreementBlocks, type Block } from "../grade/agreement/agreement-blocks.ts";
import {
  intervalWords,
  measuredWords,
  type NumberStyle,
  numberWords,
  warningWords,
} from "../grade/agreement/agreement-words.ts";
import type { Measured } from "../grade/agreement/estimate.ts";
import type { ScopeReport } from "../grade/agreement/scope-report.ts";
import { baselinesFigure, biasFigure, lengthFigure, pairsFigure, thirdsFigure } from "./agreement-figures.ts";
import type { IndexedQuestion } from "./book-index.ts";
import { pairsOf } from "./chart-pairs.ts";
import type { Drawing } from "./drawing.ts";
import { dataTable } from "./figure.ts";
import type { BookAgreement } from "./grade-book.ts";
import { html, type Html } from "./html.ts";
import { plural } from "./number-words.ts";

/** How far the judge agrees with people: what could be unfair first, every figure with its interval and n. */
export function agreementSection(
  drawing: Drawing,
  { report, rows }: BookAgreement,
  questions: readonly IndexedQuestion[],
): Html | undefined {
  const [pooled] = report.scopes;
  if (pooled === undefined) return undefined;
  const labels = new Map(questions.map(({ id, label }) => [id, label]));
  const pairs = pairsOf(rows.filter(({ state }) => report.settings.states.includes(state)));
  const { coverage } = report;
  return html`<section id="agreement" aria-labelledby="agreement-title">
    <h2 id="agreement-title">Agreement with people</h2>
    <p class="lead">
      ${plural(coverage.compared, "answer")} of ${coverage.answers} have a person's mark beside a mark of the judge.
      Differences are shares of the scale, above zero where the judge gives more; brackets are 95% intervals.
    </p>
    ${warningList(pooled)} ${tilesOf(pooled)}
    <div class="pair">${pairsFigure(drawing, pooled, pairs)} ${lengthFigure(drawing, pooled, pairs)}</div>
    ${biasFigure(drawing, report.scopes, labels)}
    <div class="pair">${thirdsFigure(drawing, pooled)} ${baselinesFigure(drawing, pooled)}</div>
    <details class="data">
      <summary>All figures of agreement</summary>
      ${agreementBlocks(report).map(block)}
    </details>
  </section>`;
}

/** What the figures say of the judge as a whole; of single questions among all figures. */
function warningList({ warnings }: ScopeReport): Html | undefined {
  if (warnings.length === 0) return undefined;
  return html`<ul class="warnings">
    ${warnings.map((warning) => html`<li>${sentence(warningWords(warning))}</li>`)}
  </ul>`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function tilesOf({ judge, people }: ScopeReport): Html {
  return html`<ul class="tiles">
    ${tile("Bias", judge.statistics.bias, "signed-percent", "judge less person")}
    ${tile("Pass-rate gap", judge.statistics.passGap, "signed-percent", "judge less person")}
    ${tile("Weighted kappa", judge.statistics.qwk, "plain", "1 is full agreement")}
    ${tile("Among people", people.statistics.qwk, "plain", "weighted kappa of raters")}
  </ul>`;
}

function tile(name: string, measured: Measured, style: NumberStyle, note: string): Html {
  const isKnown = measured.kind === "known";
  const rest = isKnown
    ? html`${intervalWords(measured.interval, style)}, n ${measured.n} <br />${note}`
    : measuredWords(measured, style);
  return html`<li class="tile">
    <span class="name">${name}</span> <strong>${isKnown ? numberWords(measured.value, style) : "n/a"}</strong>
    <span class="note">${rest}</span>
  </li>`;
}

function block(part: Block): Html {
  switch (part.kind) {
    case "heading":
      return html`<h3 class="apart">${part.text}</h3>`;
    case "lines":
      return html`${part.lines.map((line) => html`<p>${line}</p>`)}`;
    case "table":
      return html`<div class="scroll" tabindex="0">${dataTable(part.header, part.rows)}</div>`;
    default:
      return part satisfies never;
  }
}
