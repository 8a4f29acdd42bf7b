import type { Fix, FixName, FixPlan } from "./audit-fix.ts";
import { FIXES } from "./audit-fix.ts";
import { fixGlue } from "./audit-fix-glue.ts";
import { fixLinks } from "./audit-fix-links.ts";
import { fixContents, fixTotals } from "./audit-fix-overviews.ts";
import type { Bank } from "./question.ts";

const PLANS: Readonly<Record<FixName, (bank: Bank, notes: readonly string[]) => FixPlan>> = {
  glue: fixGlue,
  totals: fixTotals,
  contents: fixContents,
  links: fixLinks,
};

/**
 * Everything in a bank that a rule can put right, as what should stand where; nothing is changed by it. `notes` are texts
 * beside the bank whose words are known to be words.
 */
export function planFixes(bank: Bank, names: ReadonlySet<FixName>, notes: readonly string[] = []): FixPlan {
  const plans = FIXES.filter((name) => names.has(name)).map((name) => PLANS[name](bank, notes));
  return {
    fixes: plans.flatMap(({ fixes }) => fixes).toSorted(byPlace),
    left: plans.flatMap(({ left }) => left),
  };
}

function byPlace(left: Fix, right: Fix): number {
  if (left.file.path !== right.file.path) return left.file.path < right.file.path ? -1 : 1;
  return left.question.line - right.question.line;
}
