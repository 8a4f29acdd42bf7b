import type { CriterionResult, RuleEvent } from "./record.ts";
import type { Rubric } from "../rubric/rubric.ts";
import { applyRules } from "../rubric/rules.ts";

/** What levels come to under a rubric, with the evidence and findings that the judge gave for them. */
export interface Recounted {
  /** In thousandths. */
  readonly mark: number;
  readonly criteria: CriterionResult[];
  readonly events: RuleEvent[];
}

/**
 * Counts criteria anew. `changed` holds levels that replace those of `criteria`; their evidence stays beside them, for it is
 * what the judge found and not what the points rest on once a person has decided.
 */
export function recount(
  rubric: Rubric,
  criteria: readonly CriterionResult[],
  changed: ReadonlyMap<string, string> = new Map(),
): Recounted {
  const known = new Map(criteria.map((each) => [each.criterion, each]));
  const levels = new Map(
    rubric.criteria.map(({ id, levels: own }) => [id, changed.get(id) ?? known.get(id)?.level ?? own[0]?.id ?? ""]),
  );
  const result = applyRules(rubric, levels);
  return {
    mark: result.total,
    events: [...result.events],
    criteria: result.criteria.map(({ criterion, level, points, counted }) => {
      const { evidence, findings } = known.get(criterion) ?? { evidence: [], findings: "" };
      return { criterion, level, points, counted, evidence, findings };
    }),
  };
}
