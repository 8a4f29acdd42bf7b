import type { IndexedQuestion } from "./book-index.ts";
import { creditHeatMap, creditOf, type CriterionCredit } from "./chart-credit.ts";
import { histogram } from "./chart-histogram.ts";
import { criterionName } from "./criterion-name.ts";
import type { Drawing } from "./drawing.ts";
import { dataTable } from "./figure.ts";
import { heatStep } from "./heat.ts";
import { html, type Html } from "./html.ts";
import { percent, points } from "./number-words.ts";
import { openBadges } from "./report-badges.ts";
import { questionName } from "./report-answer.ts";
import { fullPoints, meanShare } from "./statistics.ts";

/** A card a question: how the marks lie, which criteria were met, what is open. */
export function questionsSection(drawing: Drawing, questions: readonly IndexedQuestion[]): Html {
  return html`<section id="questions" aria-labelledby="questions-title">
    <h2 id="questions-title">Questions</h2>
    <p class="lead">
      How the marks of each question lie, and how much of each criterion's credit was earned. The solid line is the mean
      of the marks that count, the dashed line the pass mark.
    </p>
    ${creditLegend()}
    <div class="cards">${questions.map((question) => card(drawing, question))}</div>
  </section>`;
}

function creditLegend(): Html {
  return html`<ul class="legend">
    <li>Answers by what a criterion gave them:</li>
    <li><i class="h${heatStep(0)}"></i> nothing</li>
    <li><i class="h${heatStep(0.5)}"></i> part of its credit</li>
    <li><i class="h${heatStep(1)}"></i> all of it</li>
    <li><b>−</b> <i class="p1"></i> part of a penalty</li>
    <li><i class="p2"></i> all of a penalty</li>
  </ul>`;
}

function card(drawing: Drawing, question: IndexedQuestion): Html {
  const credits = creditOf(question);
  return html`<article class="card question">
    <h3>${questionName(question.label, question.id)} ${question.text}</h3>
    <p class="facts">${factsOf(question)}</p>
    <p class="badges">${openBadges(question.grades)}</p>
    ${histogram(drawing, question)} ${creditHeatMap(drawing, question.label, credits)}
    <details class="data">
      <summary>Criteria in full</summary>
      <div class="scroll" tabindex="0">${criteriaTable(question, credits)}</div>
    </details>
  </article>`;
}

function factsOf({ grades, rubric: { scale } }: IndexedQuestion): Html {
  const mean = meanShare(grades);
  if (mean === undefined) return html`No mark counts yet`;
  const counted = grades.flatMap((grade) => (grade.counted === undefined ? [] : [grade.counted]));
  const { pass } = scale;
  const passed = pass === undefined ? undefined : counted.filter((mark) => mark >= pass).length;
  return html`<strong>${((mean.mean * scale.max) / 1000).toFixed(1)}</strong> of ${points(scale.max)} on average, n
    ${mean.n}${passed === undefined ? undefined : html` · ${passed} of ${mean.n} passed`}`;
}

function criteriaTable({ rubric }: IndexedQuestion, credits: readonly CriterionCredit[]): Html {
  return dataTable(
    ["", "Criterion", "Points", "None, part, full", "Mean"],
    credits.map(({ text, none, part, full, mean }, at) => {
      const criterion = rubric.criteria[at];
      return [
        criterionName(at),
        text,
        criterion === undefined ? "" : points(fullPoints(criterion)),
        `${none} · ${part} · ${full}`,
        mean === undefined ? "n/a" : percent(mean),
      ];
    }),
  );
}
