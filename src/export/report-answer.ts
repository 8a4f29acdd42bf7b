import type { StandingMark, StandingOverride } from "../grade/records/grade-log.ts";
import type { CriterionResult, RuleEvent } from "../grade/records/record.ts";
import type { Criterion } from "../grade/rubric/rubric.ts";
import { absentAnswer } from "./absent-answer.ts";
import type { IndexedGrade } from "./book-index.ts";
import { flagWords } from "./flag-words.ts";
import { criterionName } from "./criterion-name.ts";
import { type HighlightedPiece, highlightedPieces } from "../grade/evidence/highlight.ts";
import { html, type Html } from "./html.ts";
import { points } from "./number-words.ts";
import { stateBadge } from "./report-badges.ts";
import { FAULT_WORDS, RULE_WORDS, STATE_MEANINGS } from "../grade/records/state-words.ts";
import { fullPoints } from "./statistics.ts";

/** One answer: what was written, what was found in it, and what that came to. */
export function answerArticle(grade: IndexedGrade, anchor: string | undefined): Html {
  const { current, question, label, isLast } = grade;
  return html`<article
    class="answer"
    ${anchor === undefined ? undefined : html`id="${anchor}"`}
    data-state="${current.state}"
    data-question="${label}"
  >
    <header>
      <h4>${questionName(label, question.id)} ${question.text}</h4>
      <p class="mark">${markOf(grade)}</p>
    </header>
    <p class="badges">
      ${stateBadge(current.state)}${isLast ? undefined : html`<span class="badge">earlier attempt, not counted</span>`}
      ${flagWords(grade).map((words) => html`<span class="flag">${words}</span>`)}
    </p>
    <div class="sides">
      ${answerText(grade)}
      <div>${current.criteria.length === 0 ? noVerdict(grade) : verdict(grade)}</div>
    </div>
  </article>`;
}

/** The label of a question, with the id that commands take. */
export function questionName(label: string, id: string): Html {
  return html`<span class="label">${label} <span class="id">${id}</span></span>`;
}

function markOf({ counted, provisional, calibrated, question }: IndexedGrade): Html {
  const of = html`<span class="of">of ${points(question.rubric.scale.max)}</span>`;
  if (counted !== undefined) {
    return html`<strong>${points(counted)}</strong> ${of}${
        calibrated === undefined ? undefined : html`<span class="note">calibrated ${points(calibrated)}</span>`
      }`;
  }
  if (provisional !== undefined) {
    return html`<strong class="provisional">${points(provisional)}</strong> ${of}<span class="note">provisional</span>`;
  }
  return html`<span class="of">no mark</span>`;
}

function answerText(grade: IndexedGrade): Html {
  const { answer, current, question } = grade;
  if (answer.trim() === "") return html`<p class="text empty">${absentAnswer(grade)}</p>`;
  const pieces = highlightedPieces(
    answer,
    current.criteria.flatMap((result, at) =>
      result.evidence.flatMap((each) =>
        each.status === "located"
          ? [{ start: each.span.start, end: each.span.end, criterion: placeOf(question.rubric.criteria, result, at) }]
          : [],
      ),
    ),
  );
  const { criteria } = question.rubric;
  return html`<pre class="text">${pieces.map((each) => piece(each, (place) => isPenalty(criteria[place])))}</pre>`;
}

/** A criterion keeps its letter and colour in charts, tables and answers: those of its place in the rubric. */
function placeOf(criteria: readonly Criterion[], { criterion }: CriterionResult, at: number): number {
  const place = criteria.findIndex(({ id }) => id === criterion);
  return place === -1 ? criteria.length + at : place;
}

const COLOURS = 8;

/** What costs points is underlined and has a minus before its letter, so that no one takes it for what gave some. */
function piece({ text, criteria, begins }: HighlightedPiece, costs: (place: number) => boolean): Html {
  const [first] = criteria;
  if (first === undefined) return html`${text}`;
  const gains = begins.filter((place) => !costs(place)).map(criterionName);
  const losses = begins.filter(costs).map((place) => `−${criterionName(place)}`);
  const tag =
    begins.length === 0
      ? undefined
      : html`<sup
          >${gains.length === 0 ? undefined : html`<span class="heard">evidence for </span>${gains.join(" ")}`}${gains.length > 0 && losses.length > 0 ? " " : undefined}${losses.length === 0 ? undefined : html`<span class="heard">evidence of a penalty, </span>${losses.join(" ")}`}</sup
        >`;
  const several = criteria.length > 1 ? html` several` : undefined;
  const penalty = criteria.some(costs) ? html` penalty` : undefined;
  return html`<mark class="k${first % COLOURS}${several}${penalty}">${tag}${text}</mark>`;
}

function isPenalty(criterion: Criterion | undefined): boolean {
  return criterion !== undefined && fullPoints(criterion) < 0;
}

function verdict({ current, question }: IndexedGrade): Html {
  const { criteria } = question.rubric;
  return html`<table class="criteria">
      <thead>
        <tr>
          <th scope="col">Criterion</th>
          <th scope="col">Level</th>
          <th scope="col">Points</th>
        </tr>
      </thead>
      <tbody>
        ${current.criteria.map((result, at) => criterionRow(criteria, result, placeOf(criteria, result, at)))}
      </tbody>
    </table>
    ${notesOf(current)}`;
}

function letterOf(criterion: Criterion | undefined, place: number): Html {
  const colour = `letter k${place % COLOURS}`;
  if (!isPenalty(criterion)) return html`<span class="${colour}">${criterionName(place)}</span>`;
  return html`<span class="${colour} penalty"><span class="heard">penalty </span>−${criterionName(place)}</span>`;
}

function criterionRow(criteria: readonly Criterion[], result: CriterionResult, place: number): Html {
  const criterion = criteria[place];
  const descriptor = criterion?.levels.find(({ id }) => id === result.level)?.descriptor;
  const faults = result.evidence.flatMap((each) => (each.status === "invalid" ? [FAULT_WORDS[each.fault]] : []));
  const uncounted =
    result.counted === result.points ? undefined : html`<span class="note">${points(result.counted)} counted</span>`;
  return html`<tr>
    <th scope="row">
      ${letterOf(criterion, place)} ${criterion?.text ?? result.criterion}
      ${result.findings === "" ? undefined : html`<span class="findings">${result.findings}</span>`}
      ${faults.length === 0 ? undefined : html`<span class="fault">Refused: ${faults.join("; ")}</span>`}
    </th>
    <td>
      ${result.level}${descriptor === undefined || descriptor === "" ? undefined : html`<span class="findings">${descriptor}</span>`}
    </td>
    <td class="points">
      ${points(result.points)}${criterion === undefined ? undefined : html`<span class="of">/${points(fullPoints(criterion))}</span>`}${uncounted}
    </td>
  </tr>`;
}

function notesOf({ events, override, marks, mark }: IndexedGrade["current"]): readonly (Html | undefined)[] {
  return [
    events.length === 0
      ? undefined
      : html`<ul class="events">
          ${events.map(eventItem)}
        </ul>`,
    override === undefined ? undefined : overrideNote(override, mark),
    ...marks.map(labelNote),
  ];
}

function overrideNote({ by, at, before, reason }: StandingOverride, mark: number | null): Html {
  const what = before === mark ? "Confirmed" : "Set";
  const was = before === mark ? undefined : html` Before: ${before === null ? "no mark" : points(before)}.`;
  return html`<p class="override"><strong>${what} by ${by}</strong>, ${at.slice(0, 10)}.${was} “${reason}”</p>`;
}

function labelNote({ by, at, blind, mark }: StandingMark): Html {
  const how = blind ? "without seeing the judge's mark" : "beside the judge's mark";
  return html`<p class="override">${by} would give ${points(mark)}, said ${how} on ${at.slice(0, 10)}.</p>`;
}

function eventItem({ rule, subject, before, after }: RuleEvent): Html {
  return html`<li>
    ${subject === "" ? undefined : html`${subject}: `}${RULE_WORDS[rule]} (${points(before)} → ${points(after)})
  </li>`;
}

function noVerdict({ current }: IndexedGrade): Html {
  const { reason } = current.grade;
  return html`<p class="none">
      ${STATE_MEANINGS[current.state]}${reason === "" ? undefined : html` Reason: ${reason}.`}
    </p>
    ${notesOf(current)}`;
}
