import { isReference } from "../../bank/reference-answer.ts";
import { groupBy } from "../../core/group-by.ts";
import type { DraftGroup } from "../../fill/fill-plan.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import type { FillCommandOptions } from "../fill/fill-options.ts";
import type { Project } from "../open-project.ts";
import { prepareFill, type PreparedFill } from "../fill/prepare-fill.ts";

/** Questions with one text and one answer: one look serves them all. */
export interface AnswerGroup extends DraftGroup {
  readonly answer: string;
}

export interface PreparedAudit extends Pick<PreparedFill, "prompts" | "store" | "itemOf" | "notes"> {
  readonly groups: readonly AnswerGroup[];
  /** Questions served by them. */
  readonly answers: number;
  readonly skipped: PreparedFill["plan"]["counts"]["skipped"];
  /** Links and ticked choices: nothing to criticise. */
  readonly uncheckable: number;
}

const TICKED = /^[ \t]*[-*+] \[[xX]\]/m;

/** Everything that a check of answers needs, read and planned as a run of `fill` over the filled questions. */
export function prepareAuditAnswers(
  project: Project,
  operands: readonly string[],
  options: FillCommandOptions,
  takenUp?: RunFolder,
): PreparedAudit {
  const asked = { ...options, states: ["filled" as const, "partial" as const], copies: false };
  const { plan, prompts, store, itemOf, notes } = prepareFill(project, operands, asked, new Map(), takenUp);
  const all = plan.groups.flatMap(groupsByAnswer);
  const groups = all.filter(({ answer }) => !isReference(answer) && !TICKED.test(answer));
  const answers = membersIn(groups);
  return {
    prompts,
    store,
    itemOf,
    notes,
    groups,
    answers,
    skipped: plan.counts.skipped,
    uncheckable: membersIn(all) - answers,
  };
}

function groupsByAnswer(group: DraftGroup): readonly AnswerGroup[] {
  const byAnswer = groupBy(group.members, ({ question }) => question.slot.answer);
  return Array.from(byAnswer, ([answer, members]) => ({ ...group, members, answer }));
}

function membersIn(groups: readonly DraftGroup[]): number {
  return groups.reduce((sum, { members }) => sum + members.length, 0);
}
