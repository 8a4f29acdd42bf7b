import type { RubricFlaw } from "../rubric/rubric-findings.ts";
import type { Criterion, Group, Rubric } from "../rubric/rubric.ts";

/** Whether groups and limits over several criteria have something to do. */
export function groupFlaws(rubric: Rubric): readonly RubricFlaw[] {
  const flaws = rubric.groups.flatMap((group, place) =>
    flawsOf(group, membersOf(rubric, group)).map((flaw) => ({ ...flaw, at: ["groups", place, ...flaw.at] })),
  );
  return [...flaws, ...penaltyLimitFlaws(rubric)];
}

function membersOf({ criteria }: Rubric, { id }: Group): readonly Criterion[] {
  return criteria.filter((criterion) => criterion.group === id);
}

function flawsOf({ id: group, kind, cap }: Group, members: readonly Criterion[]): readonly RubricFlaw[] {
  if (members.length === 0) return [{ code: "empty-group", at: [], arguments: { group } }];
  const flaws: RubricFlaw[] = [];
  if (kind === "one-of" && members.length === 1) flaws.push({ code: "one-of-single", at: [], arguments: { group } });
  if (kind === "one-of" && members.some((member) => member.kind === "penalty")) {
    flaws.push({ code: "one-of-penalty", at: [], arguments: { group } });
  }
  const credits = members.map(({ levels }) => Math.max(0, ...levels.map(({ points }) => points)));
  const most = kind === "one-of" ? Math.max(...credits) : sumOf(credits);
  if (cap !== undefined && cap >= most)
    flaws.push({ code: "group-cap-unused", at: ["cap"], arguments: { group, cap, most } });
  return flaws;
}

function penaltyLimitFlaws({ criteria, scale: { penaltyLimit: limit } }: Rubric): readonly RubricFlaw[] {
  if (limit === undefined) return [];
  const most = sumOf(criteria.map(({ levels }) => Math.min(0, ...levels.map(({ points }) => points))));
  if (most < limit) return [];
  return [{ code: "penalty-limit-unused", at: ["scale", "penalty_limit"], arguments: { limit, most } }];
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
