import { doubtOf } from "./deferral.ts";
import { inOrder } from "./flag-effects.ts";
import type { GradeFinding } from "./grade-record.ts";
import type { GradingItem } from "./grading-item.ts";
import { applyRules } from "../rubric/rules.ts";

/** Nothing was handed in: that is no mark at all, not even nought. */
export function blankGrade({ checks }: GradingItem): GradeFinding {
  return {
    state: "blank",
    mark: null,
    criteria: [],
    events: [],
    flags: inOrder(checks.flags),
    samples: [],
    doubt: 0,
    reason: "nothing was handed in",
  };
}

/** What was handed in says nothing: every criterion at its first level is proposed, and a person confirms. */
export function degenerateGrade({ rubric, checks, crossCheck }: GradingItem): GradeFinding {
  const levels = rubric.criteria.map(({ id, levels: own }) => [id, own[0]?.id ?? ""] as const);
  const { criteria, total, events } = applyRules(rubric, new Map(levels));
  const flags = inOrder([...checks.flags, "degenerate"]);
  return {
    state: "needs-review",
    mark: total,
    criteria: criteria.map((each) => ({ ...each, evidence: [], findings: "" })),
    events: [...events],
    flags,
    samples: [],
    doubt: doubtOf({ mark: total, scale: rubric.scale, dissent: 0, crossCheck }, flags),
    reason: "",
  };
}
