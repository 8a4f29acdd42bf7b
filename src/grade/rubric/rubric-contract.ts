import { flawsOfCriteria, type RubricFlaw } from "./rubric-findings.ts";
import { isOrdered } from "./rubric-levels.ts";
import { repeatsIn } from "./rubric-repeats.ts";
import type { Criterion, Rubric } from "./rubric.ts";

/**
 * What breaks the promises of {@link Rubric} beyond the types of its parts: the rest of the grader relies on them, so a
 * rubric with one of these flaws is never read as one.
 */
export function contractFlaws(rubric: Rubric): readonly RubricFlaw[] {
  return [
    ...flawsOfCriteria(rubric, (criterion) => [...levelFlaws(criterion), ...ruleFlaws(rubric, criterion)]),
    ...repeatsIn(rubric.criteria, idOf).map(({ again: { id }, place }): RubricFlaw => {
      return { code: "duplicate-criterion", criterion: id, at: ["criteria", place, "id"], arguments: {} };
    }),
    ...repeatsIn(rubric.groups, idOf).map(({ again: { id }, place }): RubricFlaw => {
      return { code: "duplicate-group", at: ["groups", place, "id"], arguments: { group: id } };
    }),
    ...precedentFlaws(rubric),
    ...scaleFlaws(rubric),
  ];
}

function ruleFlaws({ groups }: Rubric, { group, capWithout, kind }: Criterion): readonly RubricFlaw[] {
  const flaws: RubricFlaw[] = [];
  if (group !== undefined && !groups.some((known) => known.id === group)) {
    flaws.push({ code: "unknown-group", at: ["group"], arguments: { group } });
  }
  if (capWithout !== undefined && kind === "penalty") {
    flaws.push({ code: "required-penalty", at: ["required"], arguments: {} });
  }
  return flaws;
}

/** Levels may stand in another order in the file, so none is named by its place. */
function levelFlaws({ kind, levels }: Criterion): readonly RubricFlaw[] {
  const at = ["levels"];
  const flaws: RubricFlaw[] = repeatsIn(levels, idOf).map(({ again }) => ({
    code: "duplicate-level",
    at,
    arguments: { level: again.id },
  }));
  const points = levels.map((level) => level.points);
  if (levels.length < 2) flaws.push({ code: "single-level", at, arguments: {} });
  const [least, most] = [Math.min(0, ...points), Math.max(0, ...points)];
  if (kind === "penalty" && most > 0) flaws.push({ code: "penalty-with-credit", at, arguments: { points: most } });
  else if (kind !== "penalty" && least < 0)
    flaws.push({ code: "credit-with-penalty", at, arguments: { points: least } });
  else if (!isOrdered(kind, levels)) flaws.push({ code: "levels-not-monotone", at, arguments: { points } });
  return flaws;
}

function precedentFlaws({ precedents, criteria }: Rubric): readonly RubricFlaw[] {
  return precedents.flatMap(({ criterion: id, level }, place): readonly RubricFlaw[] => {
    const criterion = criteria.find((known) => known.id === id);
    const where = { criterion: id, at: ["precedents", place] };
    if (criterion === undefined) return [{ ...where, code: "unknown-precedent-criterion", arguments: {} }];
    const isKnown = criterion.levels.some((known) => known.id === level);
    return isKnown ? [] : [{ ...where, code: "unknown-precedent-level", arguments: { level } }];
  });
}

function scaleFlaws({ scale: { floor, max } }: Rubric): readonly RubricFlaw[] {
  return floor < max ? [] : [{ code: "floor-not-below-max", at: ["scale", "floor"], arguments: { floor, max } }];
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}
