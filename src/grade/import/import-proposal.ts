import { newProposal } from "../../bank/new-proposal.ts";
import type { Proposal } from "../../bank/proposal.ts";
import { hashOf, type Hash } from "../../core/hash.ts";
import { lintRubric } from "../lint/rubric-lint.ts";
import { messageOfFlaw } from "../rubric/rubric-messages.ts";
import { formatRubricYaml } from "../rubric/rubric-yaml.ts";
import type { PlannedImport } from "./plan-rubric-import.ts";

/** Where imported rubrics come from. */
export interface ImportOrigin {
  /** `canvas`, `ora`, `moodle`. */
  readonly format: string;
  /** Of the file's bytes. */
  readonly hash: Hash;
}

const FLAG_OF_LOSS = "not-carried";

/** The proposal for one imported rubric: no model had a part in it, and what was lost on the way is to be looked at. */
export function importProposal(
  { imported, rubric, question, bank, place, file }: PlannedImport,
  { format, hash }: ImportOrigin,
): Proposal {
  const findings = lintRubric(rubric);
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const [slot = question] = file.questions;
  const signals = {
    verdict: "not-run" as const,
    findings: [
      ...imported.notCarried.map((what) => `not carried: ${what}`),
      ...findings.map((each) => `${each.severity} ${each.code}: ${messageOfFlaw(each)}`),
    ],
    flags: [
      ...(imported.notCarried.length > 0 ? [FLAG_OF_LOSS] : []),
      ...new Set(warnings.map(({ code }) => `lint:${code}`)),
    ],
    citations: [],
    key_points: [],
    assumptions: [],
    doubts: [],
  };
  const digest = hash.slice("sha256:".length);
  return newProposal(
    { question: slot, path: place.path, bank, fileHash: hashOf(file.source.bytes), revision: 1 },
    { body: formatRubricYaml(rubric).trimEnd(), signals },
    {
      id: `import-${format}-${digest.slice(0, 8)}`,
      provider: "import",
      model: format,
      prompt: "import",
      prompt_hash: hash,
      request_key: digest,
      tokens_in: 0,
      tokens_out: 0,
      cost_usd: 0,
    },
  );
}
