import { addPoints, exact, type Thousandths } from "./points.ts";
import type { CriterionResult, RuleEvent } from "../records/record.ts";
import type { Criterion, Rubric } from "./rubric.ts";

/** What levels come to: `total` is the sum of all `points` plus `after - before` of every event, to the thousandth. */
export interface Marking {
  /** In the rubric's order. */
  readonly criteria: readonly CountedCriterion[];
  readonly total: Thousandths;
  /** What changed the plain sum, in the order in which the rules are applied. */
  readonly events: readonly RuleEvent[];
}

export type CountedCriterion = Pick<CriterionResult, "criterion" | "level"> & {
  readonly points: Thousandths;
  readonly counted: Thousandths;
};

/**
 * Adds up the levels of all criteria under the rules of a rubric. The order is fixed:
 *
 * 1. one-of: of each such group only the criterion with most points counts, the first of equals;
 * 2. group-cap: the credit of a group is at most its cap, penalties in it are left alone;
 * 3. penalty-limit: all penalties together take away no more than the limit;
 * 4. required: at the first level of such a criterion the total is at most its cap, in the order of the criteria;
 * 5. max, then floor;
 * 6. rounding: down to a multiple of the step, counted from 0, so -0.7 becomes -1 by a step of 0.5; never below the floor.
 *
 * @param levels the level of every criterion, by their ids.
 * @throws RangeError if a criterion has no level, or one that it does not know.
 */
export function applyRules(rubric: Rubric, levels: ReadonlyMap<string, string>): Marking {
  const criteria = count(rubric, levels);
  const parts = [...dropped(criteria), ...groupCaps(rubric, criteria), ...penaltyLimit(rubric, criteria)];
  const events = parts.filter(isChange);
  const points = criteria.map((each) => each.points);
  let total = addPoints([...points, ...events.map(({ before, after }) => exact(after - before))]);
  for (const { rule, subject, adjust } of totalRules(rubric, criteria)) {
    const event = { rule, subject, before: total, after: adjust(total) };
    if (isChange(event)) events.push(event);
    total = event.after;
  }
  return { criteria, total, events };
}

function isChange({ before, after }: RuleEvent): boolean {
  return before !== after;
}

function count({ criteria, groups }: Rubric, levels: ReadonlyMap<string, string>): readonly CountedCriterion[] {
  const marked = criteria.map((criterion) => ({ criterion, ...levelOf(criterion, levels) }));
  const best = new Map<string, Criterion>();
  for (const group of groups.filter(({ kind }) => kind === "one-of")) {
    const members = marked.filter(({ criterion }) => criterion.group === group.id);
    const most = Math.max(...members.map(({ points }) => points));
    const winner = members.find(({ points }) => points === most);
    if (winner !== undefined) best.set(group.id, winner.criterion);
  }
  return marked.map(({ criterion, level, points }) => {
    const winner = criterion.group === undefined ? undefined : best.get(criterion.group);
    const counted = winner === undefined || winner === criterion ? points : exact(0);
    return { criterion: criterion.id, level, points, counted };
  });
}

function levelOf(
  { id, levels: own }: Criterion,
  levels: ReadonlyMap<string, string>,
): { level: string; points: Thousandths } {
  const found = own.find((level) => level.id === levels.get(id));
  if (found === undefined) throw new RangeError(`criterion ${id} is not given one of its levels`);
  return { level: found.id, points: found.points };
}

function dropped(criteria: readonly CountedCriterion[]): readonly RuleEvent[] {
  return criteria.map(({ criterion, points, counted }) => ({
    rule: "one-of",
    subject: criterion,
    before: points,
    after: counted,
  }));
}

function groupCaps(rubric: Rubric, criteria: readonly CountedCriterion[]): readonly RuleEvent[] {
  return rubric.groups.flatMap(({ id, cap }): readonly RuleEvent[] => {
    if (cap === undefined) return [];
    const credit = addPoints(
      criteria.flatMap(({ counted }, index) => (rubric.criteria[index]?.group === id && counted > 0 ? [counted] : [])),
    );
    return [{ rule: "group-cap", subject: id, before: credit, after: Math.min(credit, cap) }];
  });
}

function penaltyLimit({ scale }: Rubric, criteria: readonly CountedCriterion[]): readonly RuleEvent[] {
  const { penaltyLimit: limit } = scale;
  if (limit === undefined) return [];
  const taken = addPoints(criteria.map(({ counted }) => counted).filter((counted) => counted < 0));
  return [{ rule: "penalty-limit", subject: "", before: taken, after: Math.max(taken, limit) }];
}

interface TotalRule {
  readonly rule: RuleEvent["rule"];
  readonly subject: string;
  readonly adjust: (total: Thousandths) => Thousandths;
}

const atMost = (limit: Thousandths) => (total: Thousandths) => (total > limit ? limit : total);
const atLeast = (limit: Thousandths) => (total: Thousandths) => (total < limit ? limit : total);

function totalRules({ criteria, scale }: Rubric, counted: readonly CountedCriterion[]): readonly TotalRule[] {
  const required = criteria.flatMap(({ id, levels: [least], capWithout }, index): readonly TotalRule[] => {
    const points = counted[index]?.points ?? 0;
    if (capWithout === undefined || points > (least?.points ?? 0)) return [];
    return [{ rule: "required", subject: id, adjust: atMost(capWithout) }];
  });
  const roundDown = (total: Thousandths): Thousandths => exact(Math.floor(total / scale.step) * scale.step);
  return [
    ...required,
    { rule: "max", subject: "", adjust: atMost(scale.max) },
    { rule: "floor", subject: "", adjust: atLeast(scale.floor) },
    { rule: "rounding", subject: "", adjust: (total) => atLeast(scale.floor)(roundDown(total)) },
  ];
}
