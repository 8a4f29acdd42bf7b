import { hashOf } from "../../core/hash.ts";
import type { Receipt } from "../../core/outcome.ts";
import { wordsOf } from "../../core/terms.ts";
import { addCost, addUsage, FREE, NO_USAGE } from "../../core/usage.ts";
import type { GradePrompts } from "./grade-prompts.ts";
import type { GradingItem } from "./grading-item.ts";
import type { GradeRecord } from "../records/record.ts";
import type { Sample } from "./verdict.ts";

/** Who grades, and how often it is asked. */
export interface GradeProvenance {
  readonly item: GradingItem;
  readonly prompts: Pick<GradePrompts, "provenance">;
  readonly run: { readonly id: string; readonly provider: string; readonly model: string };
  readonly options: { readonly samples: number; readonly sample: number };
}

/** What grading one answer came to. */
export type GradeFinding = Pick<
  GradeRecord,
  "state" | "mark" | "criteria" | "events" | "flags" | "samples" | "doubt" | "reason"
>;

/** The line of the log: what came out, of what it was made, and what it cost. */
export function gradeRecordOf(from: GradeProvenance, finding: GradeFinding, receipts: readonly Receipt[]): GradeRecord {
  const { submission, rubric, hashes, crossCheck } = from.item;
  const { candidate, question, attempt, source, answer, rawHash } = submission;
  const { state, mark, criteria, events, flags, samples, doubt, reason } = finding;
  return {
    type: "grade",
    candidate,
    question,
    attempt,
    state,
    mark,
    max: rubric.scale.max,
    criteria,
    events,
    flags,
    samples,
    doubt,
    crossCheck: crossCheck ?? null,
    reason,
    source: { path: source.nameless ?? source.path, line: source.line },
    answer: {
      raw_hash: rawHash,
      hash: hashOf(answer),
      characters: answer.length,
      words: wordsOf(answer).length,
    },
    rubric: { id: rubric.id, ...hashes },
    run: runOf(from, receipts),
  };
}

function runOf({ prompts, run, options }: GradeProvenance, receipts: readonly Receipt[]): GradeRecord["run"] {
  const usage = receipts.map((receipt) => receipt.usage).reduce(addUsage, NO_USAGE);
  const cost = receipts.map((receipt) => receipt.cost).reduce(addCost, FREE);
  return {
    ...run,
    model_answered: receipts.find((receipt) => receipt.modelAnswered !== undefined)?.modelAnswered ?? null,
    ...prompts.provenance,
    samples_asked: options.samples,
    sample: options.sample,
    request_keys: [...new Set(receipts.map((receipt) => receipt.key))],
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cost: cost.kind === "known" ? cost.usd : null,
  };
}

/** What the judge said, as a record holds it. */
export function sampleRecords(samples: readonly Sample[]): GradeRecord["samples"] {
  return samples.map(({ verdicts, notes, ...rest }) => ({
    ...rest,
    notes: { ...notes },
    verdicts: verdicts.map((verdict) => ({ ...verdict, evidence: [...verdict.evidence] })),
  }));
}
