import { recount } from "./recount.ts";
import type { CurrentGrade, StandingOverride } from "./grade-log.ts";
import type { RubricChangeRecord } from "./record.ts";
import type { Rubric, RubricHashes } from "../rubric/rubric.ts";

/** A rubric as it is now. */
export interface RubricNow {
  readonly rubric: Rubric;
  readonly hashes: RubricHashes;
}

type Effect = RubricChangeRecord["effect"];
type Change = RubricChangeRecord["changes"][number];

/**
 * What changed rubrics do to grades that were made before, without a model: new points are counted anew, new wording makes
 * a grade stale, another structure makes it stale because it cannot be compared. A person's mark outlives new wording. A rubric that is put back as it was brings
 * its stale grades back. Grades without a verdict (blank, refused, error) are left alone. One record a rubric and effect.
 *
 * @param rubrics by question id; grades of questions without a rubric are left alone.
 */
export function planRubricChanges(
  grades: Iterable<CurrentGrade>,
  rubrics: ReadonlyMap<string, RubricNow>,
): readonly RubricChangeRecord[] {
  const records = new Map<string, RubricChangeRecord>();
  for (const current of grades) {
    const now = rubrics.get(current.question);
    const effect = now === undefined ? undefined : effectOn(current, now);
    if (now === undefined || effect === undefined) continue;
    const key = JSON.stringify([now.hashes.content, effect, current.grade.rubric]);
    const record = records.get(key) ?? emptyRecord(now, effect, current);
    record.changes.push(changeOf(current, now.rubric, effect));
    records.set(key, record);
  }
  return [...records.values()];
}

function effectOn(current: CurrentGrade, { rubric, hashes }: RubricNow): Effect | undefined {
  if (current.criteria.length === 0 || (current.mark === null && current.stale === undefined)) return undefined;
  if (current.override !== undefined) return effectOnOverride(current, current.override, { rubric, hashes });
  const stale = staleness(current.basis, hashes);
  if (stale === undefined) {
    return current.countedBy === hashes.content && current.stale === undefined ? undefined : "recomputed";
  }
  if (current.stale === stale) return undefined;
  return stale === "wording" ? "stale" : "not-comparable";
}

/** A person's mark stands whatever words the rubric has now, while it is on its scale and its levels are levels still. */
function effectOnOverride(
  { basis, countedBy, stale }: CurrentGrade,
  { mark }: StandingOverride,
  { rubric: { scale }, hashes: now }: RubricNow,
): Effect | undefined {
  const stands = mark === null ? basis.structure === now.structure : mark >= scale.floor && mark <= scale.max;
  if (!stands) return stale === undefined ? "not-comparable" : undefined;
  if (stale !== undefined) return "recomputed";
  const isCounted = mark !== null || countedBy === now.content || basis.wording !== now.wording;
  return isCounted ? undefined : "recomputed";
}

function staleness(
  then: Pick<RubricHashes, "wording" | "structure">,
  now: RubricHashes,
): "wording" | "structure" | undefined {
  if (then.structure !== now.structure) return "structure";
  return then.wording === now.wording ? undefined : "wording";
}

function emptyRecord({ rubric, hashes }: RubricNow, effect: Effect, { grade }: CurrentGrade): RubricChangeRecord {
  const { content, wording, structure } = grade.rubric;
  return {
    type: "rubric-change",
    rubric: { id: rubric.id, ...hashes },
    before: { content, wording, structure },
    effect,
    changes: [],
  };
}

function changeOf(current: CurrentGrade, rubric: Rubric, effect: Effect): Change {
  const { candidate, question, attempt, mark: before } = current;
  const place = { candidate, question, attempt };
  if (effect !== "recomputed") return { ...place, before, after: null, result: null };
  const set = current.override?.mark ?? null;
  // A mark that a person set outright rests on no points of the rubric.
  if (set !== null) {
    return { ...place, before, after: set, result: { criteria: [...current.criteria], events: [...current.events] } };
  }
  const { mark: after, criteria, events } = recount(rubric, current.criteria);
  return { ...place, before, after, result: { criteria, events } };
}
