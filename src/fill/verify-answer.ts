import type { Outcome, Receipt } from "../core/outcome.ts";
import { lettersAndDigits } from "../bank/question-hash.ts";
import { concludeDraft, type Draft } from "./conclude-draft.ts";
import type { DraftItem } from "./draft-item.ts";
import type { DraftRequest } from "./draft-question.ts";
import type { Examined } from "./examine.ts";
import { lintDraft } from "./lint.ts";
import type { CritiqueFinding } from "./reply-schema.ts";
import { reviseDraft } from "./revise-draft.ts";
import { revisionFindings } from "./revision-findings.ts";
import { demandsChange, weighCritique, type WeighedCritique } from "./weigh-critique.ts";
import { inputOf } from "./draft-item.ts";

/** What a second look at an answer of the bank came to. `doubtful`: something was found, and no better text was given. */
export type Verified =
  | { readonly kind: "sound" }
  | { readonly kind: "doubtful"; readonly findings: readonly CritiqueFinding[] }
  | { readonly kind: "corrected"; readonly draft: Draft };

/** On every correction: it takes the place of what somebody wrote, so nobody accepts it unseen. */
export const REPLACES_ANSWER = "replaces-answer";

/**
 * Checks an answer that the bank holds with the critique prompt and, where that finds a fault, has it corrected once. What was
 * wrong with its form before is no fault of the correction.
 */
export async function verifyAnswer(request: DraftRequest, answer: string): Promise<Outcome<Verified>> {
  const item = withoutItself(request.item, answer);
  const { prompts, model, signal, options } = request;
  const { task, hidden } = prompts.critique(item, answer, options.sample);
  const outcome = await model.run(task, signal);
  if (outcome.status !== "ok") return outcome;
  const { receipt } = outcome;
  const critique = weighCritique(outcome.value, answer);
  if (!demandsChange(critique)) return { status: "ok", value: { kind: "sound" }, receipt };
  return correct({ ...request, item }, { answer, critique, hidden, paid: receipt });
}

interface Faulty {
  readonly answer: string;
  readonly critique: WeighedCritique;
  readonly hidden: number;
  readonly paid: Receipt;
}

async function correct(request: DraftRequest, faulty: Faulty): Promise<Outcome<Verified>> {
  const { item } = request;
  const { answer, critique, hidden, paid } = faulty;
  const first = asExamined(item, answer);
  const findings = revisionFindings(critique.standing, []);
  const so = { critique, revision: undefined, failed: [] };
  const reviewed = await reviseDraft(request, first, { so, findings, paid });
  if ("status" in reviewed) return reviewed;
  const { receipt, revision } = reviewed;
  const doubtful = { status: "ok", value: { kind: "doubtful", findings: critique.standing }, receipt } as const;
  if (revision === undefined || revision.examined.answer.trim() === answer.trim()) return doubtful;
  const own = { ...revision.examined, findings: newFindings(item, answer, revision.examined) };
  const concluded = concludeDraft({ ...reviewed, item, first, hidden, revision: { ...revision, examined: own } });
  if (concluded.status !== "ok") return concluded.status === "invalid" ? doubtful : concluded;
  const { signals, answer: corrected } = concluded.value;
  if (corrected.trim() === answer.trim()) return doubtful;
  const flags = [REPLACES_ANSWER, ...signals.flags];
  return {
    status: "ok",
    value: { kind: "corrected", draft: { answer: corrected, signals: { ...signals, flags } } },
    receipt,
  };
}

/** The answer is no witness for itself; a twin of the question that is answered otherwise is one against it. */
function withoutItself(item: DraftItem, answer: string): DraftItem {
  const own = lettersAndDigits(answer);
  const passages = item.passages.filter(({ kind, text }) => kind !== "answer" || !own.includes(lettersAndDigits(text)));
  return { ...item, passages };
}

/** The bank's answer as a draft would stand there: nobody has repaired or linted it. */
function asExamined(item: DraftItem, answer: string): Examined {
  const reply = {
    question_restored: item.reading,
    assumptions: [],
    plan: "",
    key_points: [],
    answer,
    sources_cited: [],
    doubts: [],
    confidence: 1,
  };
  return { reply, answer, repairs: [], findings: [] };
}

function newFindings(item: DraftItem, answer: string, revised: Examined): Examined["findings"] {
  const { question, style } = item;
  const { passages, body } = inputOf(item);
  const before = lintDraft({
    answer,
    question,
    body,
    questionRestored: item.reading,
    sourcesCited: revised.reply.sources_cited,
    passages,
    style,
  });
  const codes = new Set(before.map(({ code }) => code));
  return revised.findings.filter(({ code }) => !codes.has(code));
}
