import type { GradingItem } from "./grading-item.ts";
import { canaryCriterion, drawCanary } from "./canary.ts";
import type { JudgeCriterion, JudgeInput } from "./judge-input.ts";
import type { Criterion } from "../rubric/rubric.ts";

/** What one request asks a judge about: criteria under neutral ids, one of them perhaps a canary. */
export interface JudgeSheet {
  readonly entries: readonly SheetEntry[];
}

export interface SheetEntry {
  readonly asked: JudgeCriterion;
  /** The rubric's own; undefined for the canary. */
  readonly criterion: Criterion | undefined;
}

export interface SheetOptions {
  /** True to put a fact among the criteria that no answer can hold. */
  readonly canary: boolean;
  /** True for a request for each criterion instead of one for all. */
  readonly perCriterion: boolean;
}

/** The sheets of one answer: they do not change from sample to sample. Points never get into one. */
export function sheetsOf(item: GradingItem, { canary, perCriterion }: SheetOptions): readonly JudgeSheet[] {
  const { criteria } = item.rubric;
  const parts = perCriterion ? criteria.map((criterion) => [criterion]) : [criteria];
  return parts.map((part) => sheetOf(part, canary ? seedOf(item, part) : undefined));
}

/** What a judge is told of one answer. */
export function judgeInputOf(
  { rubric, question, reference }: GradingItem,
  { entries }: JudgeSheet,
  segments: JudgeInput["segments"],
  faults: JudgeInput["faults"],
): JudgeInput {
  return {
    question,
    reference,
    guidelines: rubric.guidelines,
    criteria: entries.map(({ asked }) => asked),
    precedents: entries.flatMap(({ asked, criterion }) =>
      rubric.precedents
        .filter((precedent) => precedent.criterion === criterion?.id)
        .map(({ level, answer, note }) => ({ criterion: asked.id, level, answer, note })),
    ),
    faults,
    segments,
  };
}

/** Everything the canary's names must not stand in. */
function seedOf({ rubric, question, reference, submission }: GradingItem, part: readonly Criterion[]): string {
  const texts = part.map((criterion) => [
    criterion.id,
    criterion.text,
    ...criterion.levels.map((each) => each.descriptor),
  ]);
  return JSON.stringify([question, reference, rubric.guidelines, texts, submission.answer]);
}

type Unnumbered = Pick<SheetEntry, "criterion"> & { readonly asked: Omit<JudgeCriterion, "id"> };

function sheetOf(criteria: readonly Criterion[], canarySeed: string | undefined): JudgeSheet {
  const own = criteria.map((criterion): Unnumbered => ({ asked: withoutPoints(criterion), criterion }));
  const all = canarySeed === undefined ? own : withCanary(own, canarySeed);
  return { entries: all.map(({ asked, criterion }, at) => ({ asked: { id: `c${at + 1}`, ...asked }, criterion })) };
}

function withCanary(own: readonly Unnumbered[], seed: string): readonly Unnumbered[] {
  const canary = drawCanary(seed, own.length);
  const model = own.find(({ criterion }) => criterion?.kind !== "penalty") ?? own[0];
  const asked = canaryCriterion(canary, model?.asked ?? { levels: [] });
  return own.toSpliced(canary.place, 0, { asked, criterion: undefined });
}

const known = new WeakMap<Criterion, Omit<JudgeCriterion, "id">>();

/** Made once for all answers, so that each request under way does not hold its own. */
function withoutPoints(criterion: Criterion): Omit<JudgeCriterion, "id"> {
  const found = known.get(criterion);
  if (found !== undefined) return found;
  const { text, evidence, levels, accepts, rejects } = criterion;
  const made = {
    text,
    evidence,
    levels: levels.map(({ id, descriptor, anchors }) => ({ id, descriptor, anchors: [...anchors] })),
    accepts: [...accepts],
    rejects: [...rejects],
  };
  known.set(criterion, made);
  return made;
}
