import { newProposal, runOf, type Provenance } from "../../bank/new-proposal.ts";
import type { Proposal } from "../../bank/proposal.ts";
import type { Receipt } from "../../core/outcome.ts";
import type { PlannedRubric } from "../draft/rubric-draft-plan.ts";
import type { RubricFinding, RubricFindingCode } from "./rubric-findings.ts";
import { lintRubric } from "../lint/rubric-lint.ts";
import { messageOfFlaw } from "./rubric-messages.ts";
import { formatRubricYaml } from "./rubric-yaml.ts";
import type { Rubric } from "./rubric.ts";

/** A drafted rubric as a proposal, or the code of what lint finds in it that nobody could grade with. */
export type ProposedRubric =
  | { readonly status: "proposed"; readonly proposal: Proposal }
  | { readonly status: "faulty"; readonly code: RubricFindingCode };

/**
 * Makes the proposal for one rubric. What lint warns of is flagged, and so are a single criterion and whatever no model
 * has read, so that a person looks at it.
 *
 * @param restored the question with lost blanks put back, where that differs from the file.
 */
export function proposeRubric(
  { question, target, keyPoints }: PlannedRubric,
  drafted: { readonly rubric: Rubric; readonly receipt: Receipt; readonly restored: string | undefined },
  from: Provenance,
): ProposedRubric {
  const { rubric, receipt, restored } = drafted;
  const findings = lintRubric(rubric);
  const error = findings.find(({ severity }) => severity === "error");
  if (error !== undefined) return { status: "faulty", code: error.code };
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const signals = {
    verdict: "not-run" as const,
    findings: findings.map((finding) => `${finding.severity} ${finding.code}: ${wordsOf(finding)}`),
    flags: [
      ...(from.provider === "offline" ? ["low-confidence"] : []),
      ...new Set(warnings.map(({ code }) => `lint:${code}`)),
      ...(isSingle(rubric) ? ["single-criterion"] : []),
    ],
    citations: [{ path: target.bank, heading: question.text }],
    key_points: [...keyPoints],
    assumptions: [],
    doubts: [],
    ...(restored === undefined ? {} : { question_restored: restored }),
  };
  const body = formatRubricYaml(rubric).trimEnd();
  return { status: "proposed", proposal: newProposal(target, { body, signals }, runOf(from, receipt)) };
}

/** One criterion decides the whole mark, which is more than a draft can be sure of. */
function isSingle({ criteria }: Rubric): boolean {
  return criteria.filter(({ kind }) => kind !== "penalty").length === 1;
}

function wordsOf(finding: RubricFinding): string {
  const subject = finding.criterion === undefined ? "" : `${finding.criterion}: `;
  return subject + messageOfFlaw(finding);
}
