import type { GradeItem, JudgeView, QueueRow, ReviewStatus, RubricRow } from "../../src/web/api.ts";
import type { GradeState } from "../../src/grade/records/record.ts";
import type { StateName } from "../../src/review/states.ts";
import { HOSTILE_ANSWERS, HOSTILE_DRAFTS } from "./hostile-texts.ts";

interface CardCommon {
  readonly id: string;
  readonly question: string;
  readonly place: string;
  readonly status: ReviewStatus;
  /** One more with every change of the card, so that its etag is another. */
  readonly version: number;
}

export interface DraftCard extends CardCommon {
  readonly kind: "answer" | "rubric";
  readonly state: StateName;
  readonly draft: string;
  readonly generated: string;
  /** What the slot held when the draft was made. */
  readonly base: string;
  readonly now: string | null;
  readonly flags: readonly string[];
  readonly confidence: number | null;
  readonly cost: number | null;
  readonly run: string;
  readonly earlier: readonly string[];
}

export interface GradeCard extends CardCommon {
  readonly kind: "grade";
  readonly state: GradeState;
  readonly candidate: string;
  readonly answer: string;
  readonly criteria: readonly RubricRow[];
  readonly judge: JudgeView;
  readonly mine: GradeItem["mine"];
  readonly override: GradeItem["override"];
  readonly history: GradeItem["history"];
}

export type Card = DraftCard | GradeCard;

const TOPICS = [
  "a mutex",
  "a B-tree index",
  "backpressure",
  "an idempotent request",
  "a write-ahead log",
  "a bloom filter",
];
/** The draft at this place is of a rubric. */
const RUBRIC_AT = 10;
/** The draft at this place has more flags than a line shows. */
const FLAGGED_AT = 6;
const FILES = ["systems/locks.md", "systems/storage.md", "networks/http.md"];

const PROSE =
  "It keeps two writers apart. Each one waits for its turn, so the order of writes is the same for every reader. " +
  "The price is waiting: keep the guarded part short, and never call out of it.";

/** Drafts in every state, one of them a rubric, some flagged, edited or redrafted. */
export function sampleDrafts(count: number): readonly DraftCard[] {
  return Array.from({ length: count }, (_, at) => sampleDraft(at));
}

function sampleDraft(at: number): DraftCard {
  if (at === RUBRIC_AT) return sampleRubric();
  const state = stateOf(at);
  const topic = TOPICS[at % TOPICS.length] ?? "";
  const draft = isEvery(12, 4, at) ? codeDraft(topic) : `${capital(topic)} (${at + 1}). ${PROSE}`;
  return {
    id: `q-${at.toString(16).padStart(12, "0")}`,
    kind: "answer",
    question: `What is ${topic}, and when would you not use one? (${at + 1})`,
    place: FILES[at % FILES.length] ?? "",
    status: "pending",
    version: 1,
    state,
    draft,
    generated: isEvery(11, 3, at) ? draft.replace("price", "cost") : draft,
    base: state === "conflict" ? "It keeps writers apart. It costs time." : "",
    now: nowOf(state, draft),
    flags: flagsOf(at),
    confidence: isEvery(4, 3, at) ? null : ((at * 37) % 100) / 100,
    cost: isEvery(9, 8, at) ? null : 0.0021,
    run: isEvery(2, 0, at) ? "2026-11-20t10-00-00z-aaaa" : "2026-11-22t09-30-00z-bbbb",
    earlier: isEvery(17, 5, at) ? ["A first try that said too little."] : [],
  };
}

function flagsOf(at: number): readonly string[] {
  if (at === FLAGGED_AT) return ["no-citation", "low-confidence", "restored-wording", "uncertain-claims"];
  return isEvery(13, 6, at) ? ["no-citation"] : [];
}

function sampleRubric(): DraftCard {
  const draft = "criteria:\n  - id: purpose\n    text: Says what it is for\n";
  const plain = sampleDraft(0);
  return { ...plain, id: "q-00000000000a.rubric", kind: "rubric", draft, generated: draft };
}

/** True for one of so many. */
function isEvery(count: number, rest: number, at: number): boolean {
  return at % count === rest;
}

function stateOf(at: number): StateName {
  const odd: Readonly<Record<number, StateName>> = {
    1: "moved",
    2: "conflict",
    5: "stale",
    7: "ambiguous",
    8: "missing",
    9: "done",
  };
  return odd[at % 40] ?? "clean";
}

function nowOf(state: StateName, draft: string): string | null {
  if (state === "missing") return null;
  if (state === "done") return draft;
  return state === "conflict" ? "It keeps writers apart. It costs time. A person wrote this meanwhile." : "";
}

function codeDraft(topic: string): string {
  return `${capital(topic)} in code:\n\n\`\`\`go\nmu.Lock()\ndefer mu.Unlock()\n\`\`\`\n\n| use | avoid |\n|---|---|\n| short | long |\n\n- one\n- two`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One draft for each hostile text. */
export function hostileDrafts(): readonly DraftCard[] {
  return HOSTILE_DRAFTS.map((draft, at) => ({
    ...sampleDraft(0),
    id: `q-e${at.toString(16).padStart(11, "0")}`,
    question: `What does this do? ${draft}`,
    draft,
    generated: draft,
  }));
}

const CRITERIA: readonly RubricRow[] = [
  {
    id: "purpose",
    text: "Says what it protects against",
    levels: [
      { id: "none", points: 0, descriptor: "not said" },
      { id: "part", points: 1000, descriptor: "named, not explained" },
      { id: "full", points: 3000, descriptor: "explained" },
    ],
  },
  {
    id: "cost",
    text: "Says what it costs",
    levels: [
      { id: "none", points: 0, descriptor: "not said" },
      { id: "full", points: 3000, descriptor: "names waiting or contention" },
    ],
  },
];

/** Grades that wait for a person, with located and unlocated evidence; the hostile answers come first. */
export function sampleGrades(count: number): readonly GradeCard[] {
  return Array.from({ length: count }, (_, at) => {
    const proof = "keeps two writers apart";
    const answer = `${HOSTILE_ANSWERS[at] ?? `Candidate answer ${at + 1}.`} A lock ${proof}. Waiting is the price.`;
    return {
      id: `g-${at.toString(16).padStart(12, "0")}`,
      kind: "grade",
      question: "What is a lock for, and what does it cost?",
      place: "systems",
      status: "pending",
      version: 1,
      state: at % 3 === 2 ? "graded" : "needs-review",
      candidate: `c-${(at + 1).toString().padStart(3, "0")}`,
      answer,
      criteria: CRITERIA,
      judge: judgeOf(answer, proof),
      mine: null,
      override: null,
      history: [],
    };
  });
}

/** Words of the judge that stand nowhere else, so that a test can look for them in what was sent. */
export const JUDGE_WORDS = "JUDGE-RATIONALE";

function judgeOf(answer: string, proof: string): JudgeView {
  const start = answer.indexOf(proof);
  const byteStart = Buffer.byteLength(answer.slice(0, start));
  return {
    mark: 3000,
    criteria: [
      {
        criterion: "purpose",
        level: "full",
        points: 3000,
        counted: 3000,
        evidence: [
          {
            status: "located",
            tier: "exact",
            text: proof,
            span: { start, end: start + proof.length, byteStart, byteEnd: byteStart + proof.length },
            negated: false,
          },
        ],
        findings: `${JUDGE_WORDS}: the purpose is explained.`,
      },
      {
        criterion: "cost",
        level: "none",
        points: 0,
        counted: 0,
        evidence: [{ status: "invalid", fault: "not-found" }],
        findings: `${JUDGE_WORDS}: the quote is not in the answer.`,
      },
    ],
    events: [],
    flags: ["evidence-missing"],
    reason: `${JUDGE_WORDS}: evidence is missing.`,
  };
}

export function etagOf({ id, version }: Card): string {
  return `${id}.${version}`;
}

/** A card as a line of the queue. Of a grade nothing of the judge before the reviewer has marked it. */
export function rowOf(card: Card): QueueRow {
  const common = {
    id: card.id,
    name: card.id,
    kind: card.kind,
    status: card.status,
    state: card.state,
    title: card.question.replace(/\s+/g, " ").slice(0, 120),
    place: card.place,
    model: "sample-model",
    revision: 1,
    etag: etagOf(card),
  };
  if (card.kind === "grade") {
    const words = card.answer.split(/\s+/).length;
    const told = { candidate: card.candidate, prompt: "judge@1", run: "2026-11-22t11-00-00z-cccc" };
    const flags = card.mine === null ? [] : card.judge.flags;
    return { ...common, ...told, words, confidence: null, cost: 0.004, flags, edited: false };
  }
  const { draft, generated, flags, confidence, cost, run, earlier } = card;
  const made = { candidate: "", prompt: "draft@1", run, cost, confidence, flags };
  const words = draft.split(/\s+/).length;
  return { ...common, ...made, words, edited: draft !== generated, revision: earlier.length + 1 };
}
