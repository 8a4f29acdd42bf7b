import type { DraftItem } from "./draft-item.ts";
import { inputOf } from "./draft-item.ts";
import type { LintFinding } from "./lint-finding.ts";
import { lintDraft } from "./lint.ts";
import { repairDraft, type Repair } from "./repair-draft.ts";
import type { DraftReply } from "./reply-schema.ts";

/** A reply after the rules have seen it. */
export interface Examined {
  readonly reply: DraftReply;
  /** The reply's answer with its form put right. */
  readonly answer: string;
  readonly repairs: readonly Repair[];
  readonly findings: readonly LintFinding[];
}

/** Repairs the form of a reply's answer and lints the result. */
export function examine(item: DraftItem, reply: DraftReply, questionRestored: string): Examined {
  const { answer, repairs } = repairDraft(reply.answer, {
    question: item.question,
    passages: new Set(item.passages.map((passage) => passage.id)),
    headingLevel: item.style.heading_level,
  });
  const { passages, body } = inputOf(item);
  const sourcesCited = reply.sources_cited;
  const { question, style } = item;
  const findings = lintDraft({ answer, question, body, questionRestored, sourcesCited, passages, style });
  return { reply, answer, repairs, findings };
}
