import { plural } from "../core/plural.ts";
import { cleanForPrompt } from "../core/sanitise.ts";
import type { LintFinding } from "./lint-finding.ts";
import { linkRules } from "./lint-links.ts";
import { structureRules } from "./lint-structure.ts";
import type { LintSubject } from "./lint-subject.ts";
import { wordingRules } from "./lint-wording.ts";
import { proseOf, readLines, type MarkdownLine } from "./markdown-lines.ts";

/** What a rule looks at: the draft, and views of it made once. */
export interface LintView extends LintSubject {
  readonly lines: readonly MarkdownLine[];
  readonly openFence: string | undefined;
  /** The answer without code. */
  readonly prose: string;
  /** Everything the model was given to read, as one text. */
  readonly given: string;
}

export type LintRule = (view: LintView) => readonly LintFinding[];

const RULES: readonly LintRule[] = [...structureRules, ...linkRules, ...wordingRules];

/** What is wrong with a draft, by rules alone; blocking findings first. The same draft always gives the same findings. */
export function lintDraft(subject: LintSubject): readonly LintFinding[] {
  const { lines, openFence } = readLines(subject.answer);
  const given = [
    subject.question,
    subject.body,
    ...subject.passages.flatMap((passage) => [passage.heading, passage.text]),
  ].join("\n");
  const view: LintView = { ...subject, lines, openFence, prose: proseOf(lines), given };
  const findings = [...hiddenCharacters(view), ...RULES.flatMap((rule) => rule(view))];
  return findings.toSorted((left, right) => weight(left) - weight(right));
}

function weight(finding: LintFinding): number {
  return { block: 0, flag: 1, info: 2 }[finding.severity];
}

function hiddenCharacters({ answer }: LintView): readonly LintFinding[] {
  const { hidden } = cleanForPrompt(answer);
  if (hidden === 0) return [];
  const message = `${plural(hidden, "hidden or control character")} in the answer`;
  return [{ code: "hidden-characters", severity: "flag", message, quote: "" }];
}
