import type { RubricFlaw } from "./rubric-findings.ts";
import type { Criterion, Rubric } from "./rubric.ts";
import { isOrdered } from "./rubric-levels.ts";

/**
 * What breaks the promises of {@link Rubric} beyond the types of its parts: the rest of the grader relies on them, so a
 * rubric with one of these flaws is never read as one.
 */
export function contractFlaws(rubric: Rubric): readonly RubricFlaw[] {
  return [
    ...rubric.criteria.flatMap((criterion, place) => criterionFlaws(rubric, criterion, place)),
    ...repeats(rubric.groups).map(({ id, place }): RubricFlaw => ({
      code: "duplicate-group",
      at: ["groups", place],
      arguments: { group: id },
    })),
    ...precedentFlaws(rubric),
    ...scaleFlaws(rubric),
  ];
}

function criterionFlaws(rubric: Rubric, criterion: Criterion, place: number): readonly RubricFlaw[] {
  const { id, group, capWithout, kind } = criterion;
  const where = { criterion: id, at: ["criteria", place] } as const;
  const flaws: RubricFlaw[] = levelFlaws(criterion).map((flaw) => ({
    ...flaw,
    criterion: id,
    at: [...where.at, ...flaw.at],
  }));
  if (rubric.criteria.findIndex((other) => other.id === id) < place) {
    flaws.push({ ...where, code: "duplicate-criterion", arguments: {} });
  }
  if (group !== undefined && !rubric.groups.some((known) => known.id === group)) {
    flaws.push({ ...where, code: "unknown-group", at: [...where.at, "group"], arguments: { group } });
  }
  if (capWithout !== undefined && kind === "penalty") {
    flaws.push({ ...where, code: "required-penalty", at: [...where.at, "required"], arguments: {} });
  }
  return flaws;
}

/** Places are relative to the criterion. Levels may stand in another order in the file, so none is named by its place. */
function levelFlaws({ kind, levels }: Criterion): readonly RubricFlaw[] {
  const at = ["levels"];
  const flaws: RubricFlaw[] = repeats(levels).map(({ id }) => ({
    code: "duplicate-level",
    at,
    arguments: { level: id },
  }));
  const points = levels.map((level) => level.points);
  if (levels.length < 2) flaws.push({ code: "single-level", at, arguments: {} });
  if (!isOrdered(kind, levels)) flaws.push({ code: "levels-not-monotone", at, arguments: { points } });
  const [least, most] = [Math.min(0, ...points), Math.max(0, ...points)];
  if (kind === "penalty" && most > 0) flaws.push({ code: "penalty-with-credit", at, arguments: { points: most } });
  if (kind !== "penalty" && least < 0) flaws.push({ code: "credit-with-penalty", at, arguments: { points: least } });
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

/** Later ones of things with the same id. */
function repeats(all: readonly { readonly id: string }[]): readonly { readonly id: string; readonly place: number }[] {
  const first = new Map<string, number>();
  return all.flatMap(({ id }, place) => {
    if (first.has(id)) return [{ id, place }];
    first.set(id, place);
    return [];
  });
}
