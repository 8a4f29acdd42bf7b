import { eitherNotes } from "./judge-reading.ts";
import { countVoid } from "./judge-samples.ts";
import { subjectOf } from "./judge-subject.ts";
import { GRADE_FLAGS, type GradeFlag } from "./record.ts";
import type { Judged, Settled } from "./settle.ts";
import type { CriterionVerdict, Evidence, Sample } from "./verdict.ts";

/** What code found in the answer before any model saw it. */
export function checkFlags({ checks }: Judged["item"]): readonly GradeFlag[] {
  return checks.suspects.length > 0 ? [...checks.flags, "injection-suspected"] : checks.flags;
}

/** What the samples that count, and those that do not, give reason to tell. */
export function sampleFlags(
  { whole, masked }: Judged,
  good: readonly Sample[],
  settled: Settled,
): readonly GradeFlag[] {
  const notes = eitherNotes(good.map((sample) => sample.notes));
  const verdicts = good.flatMap((sample) => sample.verdicts);
  return pick({
    "off-topic": notes.offTopic,
    "injection-reported": notes.injectionAttempt,
    unreadable: notes.unreadable,
    "rubric-gap": notes.rubricGap.trim() !== "",
    "canary-credited": countVoid(whole) + countVoid(masked) > 0,
    "sample-failed": whole.failed.length + masked.failed.length > 0,
    "samples-disagree": settled.consensus.some(({ isSplit }) => isSplit),
    "evidence-missing": verdicts.some(isUnproven),
  });
}

function isUnproven({ judged, supported }: CriterionVerdict): boolean {
  return judged !== supported;
}

/** What is to be said of the evidence of levels that change the mark. */
export function evidenceFlags(item: Judged["item"], { consensus }: Settled): readonly GradeFlag[] {
  const { isRelated } = subjectOf(item);
  const proofs = item.rubric.criteria.flatMap(({ evidence, levels }, at) => {
    const own = consensus[at];
    const isProven = own !== undefined && evidence === "required" && own.level !== levels[0]?.id;
    return isProven ? [own.evidence.filter(isLocated)] : [];
  });
  return pick({
    "evidence-aligned": proofs.some((spans) => spans.every(({ tier }) => tier === "aligned")),
    "evidence-unrelated": proofs.some((spans) => !spans.some(({ text }) => isRelated(text))),
    "negation-near-evidence": proofs.some((spans) => spans.some(({ negated }) => negated)),
  });
}

function isLocated(evidence: Evidence): evidence is Extract<Evidence, { readonly status: "located" }> {
  return evidence.status === "located";
}

/** The flags whose claim holds. */
function pick(claims: Readonly<Partial<Record<GradeFlag, boolean>>>): readonly GradeFlag[] {
  return GRADE_FLAGS.filter((flag) => claims[flag] === true);
}
