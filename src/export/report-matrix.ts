import type { GradeState } from "../grade/records/record.ts";
import type { BookIndex, IndexedCandidate, IndexedGrade, IndexedQuestion } from "./book-index.ts";
import { heatStep } from "./heat.ts";
import { html, type Html } from "./html.ts";
import { percent, points } from "./number-words.ts";
import { answerAnchor, candidateAnchor } from "./report-anchors.ts";
import { STATE_WORDS } from "../grade/records/state-words.ts";
import { meanShare, totalsOf } from "./statistics.ts";

/** Signs for cells without a mark; the words stand beside them for those who listen, and in the legend for all. */
const SIGNS: Readonly<Record<Exclude<GradeState, "graded" | "overridden" | "needs-review">, string>> = {
  blank: "–",
  refused: "×",
  error: "!",
  stale: "↻",
};

/** Candidates by questions. The cells lead to the answers; it is a chart and its own table of figures. */
export function matrixSection({ candidates, questions }: BookIndex): Html {
  const ranked = candidates
    .map((candidate, place) => ({ candidate, place, mean: meanShare(candidate.grades) }))
    .toSorted(
      (left, right) => (right.mean?.mean ?? -Infinity) - (left.mean?.mean ?? -Infinity) || left.place - right.place,
    );
  return html`<section id="candidates" aria-labelledby="candidates-title">
    <h2 id="candidates-title">Candidates and questions</h2>
    <p class="lead">
      The highest mean first. Points in the cells, share of full marks in the colours; a cell leads to its answer.
    </p>
    ${legend()}
    <div class="scroll tall">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Candidate</th>
            ${questions.map(({ id, label, text }) => html`<th scope="col" title="${id}: ${text}">${label}</th>`)}
            <th scope="col" class="sum">Points</th>
            <th scope="col" class="mean">Mean</th>
          </tr>
        </thead>
        <tbody>
          ${ranked.map(({ candidate, place, mean }) => row(candidate, place, questions, mean?.mean))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function row(
  { code, grades }: IndexedCandidate,
  place: number,
  questions: readonly IndexedQuestion[],
  mean: number | undefined,
): Html {
  const last = new Map(grades.filter(({ isLast }) => isLast).map((grade) => [grade.current.question, grade]));
  return html`<tr>
    <th scope="row"><a href="#${candidateAnchor(place)}">${code}</a></th>
    ${questions.map(({ id }, at) => cell(last.get(id), answerAnchor(place, at)))}
    <td class="sum">${totalCell(grades)}</td>
    <td class="mean">${mean === undefined ? "–" : percent(mean)}</td>
  </tr>`;
}

function cell(grade: IndexedGrade | undefined, anchor: string): Html {
  if (grade === undefined) return html`<td></td>`;
  const { counted, provisional, question, current } = grade;
  const { max } = question.rubric.scale;
  if (counted !== undefined) {
    const mark = current.state === "overridden" ? html`<span>${points(counted)}<sup>*</sup></span>` : points(counted);
    return html`<td class="h${heatStep(counted / max)}"><a href="#${anchor}">${mark}</a></td>`;
  }
  const { state } = current;
  const sign = state === "graded" || state === "overridden" || state === "needs-review" ? "?" : SIGNS[state];
  const shown = provisional === undefined ? sign : points(provisional);
  return html`<td class="open s-${state}">
    <a href="#${anchor}">${shown}<span class="heard"> ${STATE_WORDS[state]}</span></a>
  </td>`;
}

function totalCell(grades: readonly IndexedGrade[]): Html {
  const { total, max, counted } = totalsOf(grades);
  return counted === 0 ? html`–` : html`${points(total)}<span class="of">/${points(max)}</span>`;
}

function legend(): Html {
  return html`<ul class="legend">
    <li class="ramp">
      <span>0%</span>${[0, 1, 2, 3, 4, 5].map((step) => html`<i class="h${step}"></i>`)}<span>100%</span>
    </li>
    <li><b>*</b> ${STATE_WORDS.overridden}</li>
    <li><i class="open s-needs-review">?</i> ${STATE_WORDS["needs-review"]}, provisional</li>
    ${(["blank", "refused", "error", "stale"] as const).map(
      (state) => html`<li><i class="open s-${state}">${SIGNS[state]}</i> ${STATE_WORDS[state]}</li>`,
    )}
  </ul>`;
}
