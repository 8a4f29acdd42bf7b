import { aboveCrossCheck } from "./deferral.ts";
import { type Proof, proofsOf } from "../evidence/evidence-proofs.ts";
import { isOverworked } from "../evidence/evidence-sharing.ts";
import { fold, isContentWord } from "../checks/fold.ts";
import { eitherNotes } from "./judge-reading.ts";
import { countVoid } from "./judge-samples.ts";
import { type Subject, subjectOf } from "./judge-subject.ts";
import { GRADE_FLAGS, type GradeFlag } from "../records/record.ts";
import type { Judged, Settled } from "./settle.ts";
import type { CriterionVerdict, Sample } from "./verdict.ts";

/** So much of full marks above the cross-check, at most, a mark is about what the words of the answer earn. */
const MOST_ABOVE_CROSS_CHECK = 0.25;

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
export function evidenceFlags(
  { submission, rubric, question, reference, crossCheck }: Judged["item"],
  settled: Settled,
): readonly GradeFlag[] {
  const proofs = proofsOf(rubric, settled);
  const { isRelated, isNamed } = subjectOf({ rubric, question, reference });
  const isLikely =
    crossCheck !== undefined &&
    aboveCrossCheck(settled.marking.total, rubric.scale, crossCheck) < MOST_ABOVE_CROSS_CHECK;
  return pick({
    "evidence-aligned": proofs.some(({ spans }) => spans.every(({ tier }) => tier === "aligned")),
    "evidence-unrelated": isUnrelated(proofs, isRelated) || proofs.some((proof) => isLoneWord(proof, isNamed)),
    "evidence-shared": isOverworked(submission.answer, proofs, isLikely),
    "negation-near-evidence": proofs.some(({ spans }) => spans.length > 0 && spans.every(({ negated }) => negated)),
  });
}

/**
 * True where nothing that was credited rests on words that have to do with the subject, or where the same other words are to prove
 * several criteria. One criterion whose proof shares no word with the subject is a paraphrase more often than not.
 */
function isUnrelated(proofs: readonly Proof[], isRelated: Subject["isRelated"]): boolean {
  const others = proofs.filter(({ spans }) => !spans.some(({ text }) => isRelated(text)));
  const places = others.flatMap(({ spans }) => [...new Set(spans.map(({ span }) => `${span.start}-${span.end}`))]);
  return others.length > 0 && (others.length === proofs.length || new Set(places).size < places.length);
}

/** True where all there is to show is a single word, and the criterion does not ask for it by name. */
function isLoneWord({ criterion, spans }: Proof, isNamed: Subject["isNamed"]): boolean {
  const words = spans.flatMap(({ text }) => fold(text).words.filter(isContentWord));
  return new Set(words).size === 1 && !spans.some(({ text }) => isNamed(text, criterion));
}

/** The flags whose claim holds. */
function pick(claims: Readonly<Partial<Record<GradeFlag, boolean>>>): readonly GradeFlag[] {
  return GRADE_FLAGS.filter((flag) => claims[flag] === true);
}
