import type { LintFinding } from "./lint-finding.ts";
import type { CritiqueFinding } from "./reply-schema.ts";
import type { ReviseInput } from "./task-input.ts";

/** What a revision is asked to put right, numbered from 1: the critic's standing findings first, then the rules'. */
export function revisionFindings(
  standing: readonly CritiqueFinding[],
  lint: readonly LintFinding[],
): ReviseInput["findings"] {
  const fromCritic = standing.map(({ kind, quote, problem, fix }) => ({ kind, quote, problem, fix }));
  const fromRules = lint
    .filter(isForReviser)
    .map(({ code, quote, message }) => ({ kind: code, quote, problem: message, fix: "" }));
  return [...fromCritic, ...fromRules].map((finding, index) => ({ number: index + 1, ...finding }));
}

/** True for a finding that another wording of the answer can settle. */
export function isForReviser(finding: LintFinding): boolean {
  return finding.severity !== "info" && finding.code !== "restored-differs";
}
