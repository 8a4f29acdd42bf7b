import { doubtOf, type DoubtSignals, markFlags } from "./deferral.ts";
import { failedGrade } from "./failed-grade.ts";
import { inOrder, needsReview } from "./flag-effects.ts";
import { checkFlags, evidenceFlags, sampleFlags } from "./grade-flags.ts";
import { type GradeFinding, sampleRecords } from "./grade-record.ts";
import { countVoid, goodSamples, MOST_VOID } from "./judge-samples.ts";
import type { CriterionResult, GradeFlag } from "../records/record.ts";
import { type Judged, settle, type Settled } from "./settle.ts";

/** Decides what the samples come to: a mark, a provisional mark, or none. */
export function concludeGrade(judged: Judged): GradeFinding {
  const { item, whole, masked } = judged;
  const good = goodSamples(whole);
  if (countVoid(whole) >= MOST_VOID || good.length === 0) return failedGrade(judged);
  const first = settle(item, good);
  const unsteered = goodSamples(masked);
  const second = unsteered.length === 0 ? first : settle(item, unsteered);
  const isLower = second.marking.total < first.marking.total;
  const flags = [...checkFlags(item), ...sampleFlags(judged, [...good, ...unsteered], first)];
  return isLower ? counted(judged, second, [...flags, "masked-lower"]) : counted(judged, first, flags);
}

function counted({ item, whole, masked }: Judged, settled: Settled, found: readonly GradeFlag[]): GradeFinding {
  const { consensus, marking } = settled;
  const signals: DoubtSignals = {
    mark: marking.total,
    scale: item.rubric.scale,
    dissent: Math.max(0, ...consensus.map(({ dissent }) => dissent)),
    crossCheck: item.crossCheck,
  };
  const flags = inOrder([...found, ...evidenceFlags(item, settled), ...markFlags(signals)]);
  return {
    state: needsReview(flags) ? "needs-review" : "graded",
    mark: marking.total,
    criteria: resultsOf(settled),
    events: [...marking.events],
    flags,
    samples: sampleRecords([...whole.taken, ...masked.taken]),
    doubt: doubtOf(signals, flags),
    reason: "",
  };
}

function resultsOf({ consensus, marking }: Settled): CriterionResult[] {
  return marking.criteria.map((criterion, at) => ({
    ...criterion,
    evidence: [...(consensus[at]?.evidence ?? [])],
    findings: consensus[at]?.findings ?? "",
  }));
}
