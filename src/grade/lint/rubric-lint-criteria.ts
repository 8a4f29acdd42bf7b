import { isCounting } from "../offline/offline-criteria.ts";
import { itemsOf } from "../offline/offline-items.ts";
import { flawsOfCriteria, type RubricFlaw } from "../rubric/rubric-findings.ts";
import { bestWithout } from "../rubric/rubric-reach.ts";
import type { Criterion, Level, Rubric } from "../rubric/rubric.ts";

/** Whether each criterion by itself can be decided and counts for something. */
export function criteriaFlaws(rubric: Rubric): readonly RubricFlaw[] {
  return flawsOfCriteria(rubric, (criterion) => [
    ...levelFlaws(criterion),
    ...requirementFlaws(rubric, criterion),
    ...countFlaws(criterion),
  ]);
}

function levelFlaws({ levels }: Criterion): readonly RubricFlaw[] {
  const at = ["levels"];
  const least = levels[0]?.points ?? 0;
  if (levels.every(({ points }) => points === 0)) return [{ code: "worthless-criterion", at, arguments: {} }];
  const flaws: RubricFlaw[] = equalLevels(levels).map((equal) => ({ code: "equal-levels", at, arguments: equal }));
  if (least !== 0) flaws.push({ code: "no-zero-level", at, arguments: { least } });
  return flaws;
}

function equalLevels(
  levels: readonly Level[],
): readonly { readonly points: number; readonly levels: readonly string[] }[] {
  return Array.from(new Set(levels.map(({ points }) => points)), (points) => ({
    points,
    levels: levels.filter((level) => level.points === points).map(({ id }) => id),
  })).filter((equal) => equal.levels.length > 1);
}

function requirementFlaws(rubric: Rubric, criterion: Criterion): readonly RubricFlaw[] {
  const { capWithout: cap, evidence } = criterion;
  if (cap === undefined) return [];
  const at = ["required"];
  const flaws: RubricFlaw[] = [];
  if (bestWithout(rubric, criterion) <= cap) flaws.push({ code: "required-cap-unused", at, arguments: { cap } });
  if (evidence === "none") flaws.push({ code: "required-without-evidence", at, arguments: {} });
  return flaws;
}

function countFlaws(criterion: Criterion): readonly RubricFlaw[] {
  const { kind, evidence } = criterion;
  const flaws: RubricFlaw[] = [];
  if (kind === "count" && evidence !== "required")
    flaws.push({ code: "count-without-evidence", at: ["evidence"], arguments: {} });
  if (isCounting(criterion) && itemsOf(criterion).length === 0)
    flaws.push({ code: "count-without-items", at: ["accepts"], arguments: {} });
  return flaws;
}
