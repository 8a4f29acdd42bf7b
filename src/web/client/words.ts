import type { GradeState } from "../../grade/records/record.ts";
import type { StateName } from "../../review/states.ts";
import { FLAG_WORDS, STATE_MEANINGS, STATE_WORDS } from "../../grade/records/state-words.ts";
import type { QueueRow, ReviewKind, ReviewStatus } from "../api.ts";

/** How urgent a state is; with its word and its icon, never alone. */
export type Tone = "good" | "calm" | "warn" | "bad" | "person";

interface StateLook {
  readonly tone: Tone;
  readonly meaning: string;
}

const PROPOSAL_STATES: Readonly<Record<StateName, StateLook>> = {
  clean: { tone: "good", meaning: "The question and its place are as they were when this was drafted." },
  moved: { tone: "good", meaning: "The question stands elsewhere now; the draft goes where it is." },
  done: { tone: "calm", meaning: "The bank already holds this answer." },
  conflict: { tone: "bad", meaning: "The bank holds something else here than when this was drafted." },
  stale: { tone: "warn", meaning: "The question was reworded since." },
  ambiguous: { tone: "warn", meaning: "Several questions could be meant." },
  missing: { tone: "warn", meaning: "The question is gone from the bank." },
};

const GRADE_TONES: Readonly<Record<GradeState, Tone>> = {
  graded: "good",
  overridden: "person",
  "needs-review": "warn",
  refused: "bad",
  error: "bad",
  blank: "calm",
  stale: "warn",
};

const FLAGS: Readonly<Record<string, string>> = FLAG_WORDS;

export const KIND_WORDS: Readonly<Record<ReviewKind, string>> = {
  answer: "answer",
  rubric: "rubric",
  wording: "wording",
  overview: "overview",
  grade: "grade",
};

export const STATUS_WORDS: Readonly<Record<ReviewStatus, string>> = {
  pending: "pending",
  accepted: "accepted",
  rejected: "rejected",
  applied: "applied",
};

/** "stale" is a state of both; a row's kind tells which is meant. */
export function stateLook({ kind, state }: Pick<QueueRow, "kind" | "state">): StateLook {
  if (isGradeState(state) && (kind === "grade" || !isProposalState(state))) {
    return { tone: GRADE_TONES[state], meaning: STATE_MEANINGS[state] };
  }
  return isProposalState(state) ? PROPOSAL_STATES[state] : { tone: "calm", meaning: "" };
}

export function stateWord(state: QueueRow["state"]): string {
  return isGradeState(state) ? STATE_WORDS[state] : state;
}

/** In plain words where it is one of a grade's flags; else as the linter has it. */
export function flagWord(flag: string): string {
  return FLAGS[flag] ?? flag.replaceAll("-", " ");
}

export function pointsText(thousandths: number): string {
  return String(thousandths / 1000);
}

export function dollars(amount: number): string {
  return `$${amount.toFixed(amount !== 0 && amount < 0.01 ? 4 : 2)}`;
}

export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** A date as people read it, in their own time. */
export function timeText(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : TIME.format(time);
}

const TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

function isGradeState(state: string): state is GradeState {
  return Object.hasOwn(GRADE_TONES, state);
}

function isProposalState(state: string): state is StateName {
  return Object.hasOwn(PROPOSAL_STATES, state);
}
