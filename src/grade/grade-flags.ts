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
  const proofs = item.rubric.criteria.flatMap(({ evidence, levels }, at): readonly Proof[] => {
    const own = consensus[at];
    const isProven = own !== undefined && evidence === "required" && own.level !== levels[0]?.id;
    return isProven ? [own.evidence.filter(isLocated)] : [];
  });
  return pick({
    "evidence-aligned": proofs.some((spans) => spans.every(({ tier }) => tier === "aligned")),
    "evidence-unrelated": isUnrelated(proofs, subjectOf(item).isRelated),
    "negation-near-evidence": proofs.some((spans) => spans.some(({ negated }) => negated)),
  });
}

/** The spans that bear out the level of one criterion. */
type Proof = readonly Extract<Evidence, { readonly status: "located" }>[];

/**
 * True where nothing that was credited rests on words that have to do with the subject, or where the same other words are to prove
 * several criteria. One criterion whose proof shares no word with the subject is a paraphrase more often than not.
 */
function isUnrelated(proofs: readonly Proof[], isRelated: (words: string) => boolean): boolean {
  const others = proofs.filter((spans) => !spans.some(({ text }) => isRelated(text)));
  const places = others.flatMap((spans) => [...new Set(spans.map(({ span }) => `${span.start}-${span.end}`))]);
  return others.length > 0 && (others.length === proofs.length || new Set(places).size < places.length);
}

function isLocated(evidence: Evidence): evidence is Extract<Evidence, { readonly status: "located" }> {
  return evidence.status === "located";
}

/** The flags whose claim holds. */
function pick(claims: Readonly<Partial<Record<GradeFlag, boolean>>>): readonly GradeFlag[] {
  return GRADE_FLAGS.filter((flag) => claims[flag] === true);
}
