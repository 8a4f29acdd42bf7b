import type { Severity } from "../../core/diagnostics.ts";
import type { ChangeKind } from "../../review/bank-changes.ts";

/** What was lost is an error, what says something else now a warning; the rest is good to know. */
export const CHANGE_SEVERITY: Readonly<Record<ChangeKind, Severity>> = {
  lost: "error",
  "answer-lost": "error",
  reworded: "warning",
  "answer-altered": "warning",
  "copy-dropped": "info",
  moved: "info",
  respaced: "info",
};
