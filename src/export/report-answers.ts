import { type BookIndex, type IndexedCandidate, type IndexedGrade, SHOWN_STATES } from "./book-index.ts";
import { heatStep } from "./heat.ts";
import { html, type Html } from "./html.ts";
import { plural, points } from "./number-words.ts";
import { answerAnchor, candidateAnchor } from "./report-anchors.ts";
import { answerArticle } from "./report-answer.ts";
import { openBadges } from "./report-badges.ts";
import { STATE_WORDS } from "../grade/records/state-words.ts";
import { totalsOf } from "./statistics.ts";

/** Every answer with its evidence, folded up by candidate. One candidate alone is unfolded. */
export function answersSection({ candidates, questions }: BookIndex): Html {
  const places = new Map(questions.map(({ id }, at) => [id, at]));
  const isOnly = candidates.length === 1;
  return html`<section id="answers" aria-labelledby="answers-title">
    <h2 id="answers-title">Answers</h2>
    <p class="lead">
      What each candidate wrote, with the words that earned credit marked by the letter of their criterion.
    </p>
    ${filterForm(questions.map(({ label }) => label))}
    ${candidates.map((candidate, at) => candidateDetails(candidate, at, places, isOnly))}
  </section>`;
}

/** Hidden until the page's script shows it: without the script it could do nothing. */
function filterForm(labels: readonly string[]): Html {
  return html`<form id="filter" role="search" hidden>
    <label>Find <input type="search" name="text" placeholder="code or words" autocomplete="off" /></label>
    <label
      >Question
      <select name="question">
        <option value="">all</option>
        ${labels.map((label) => html`<option>${label}</option>`)}
      </select></label
    >
    <label
      >State
      <select name="state">
        <option value="">all</option>
        ${SHOWN_STATES.map((state) => html`<option value="${state}">${STATE_WORDS[state]}</option>`)}
      </select></label
    >
    <button type="button" name="unfold">Unfold all</button>
    <output name="shown" aria-live="polite"></output>
  </form>`;
}

function candidateDetails(
  { code, grades }: IndexedCandidate,
  at: number,
  places: ReadonlyMap<string, number>,
  isOpen: boolean,
): Html {
  return html`<details class="candidate" id="${candidateAnchor(at)}" ${isOpen ? html`open` : undefined}>
    <summary>
      <h3>${code}</h3>
      <span class="strip" aria-hidden="true">${grades.filter(({ isLast }) => isLast).map(square)}</span>
      <span class="total">${totalWords(grades)}</span>
      <span class="badges">${openBadges(grades)}</span>
    </summary>
    ${grades.map((grade) =>
      answerArticle(grade, grade.isLast ? answerAnchor(at, places.get(grade.current.question) ?? 0) : undefined),
    )}
  </details>`;
}

function square({ counted, question, current }: IndexedGrade): Html {
  if (counted === undefined) return html`<i class="open s-${current.state}"></i>`;
  return html`<i class="h${heatStep(counted / question.rubric.scale.max)}"></i>`;
}

function totalWords(grades: readonly IndexedGrade[]): string {
  const { total, max, counted } = totalsOf(grades);
  return counted === 0 ? "no mark counts yet" : `${points(total)} of ${points(max)} over ${plural(counted, "answer")}`;
}
