import type { Bank } from "../bank/question.ts";
import { parseRubricFile } from "../files/rubric-files.ts";
import { lintRubrics } from "../grade/rubric-lint.ts";
import { matchRubrics } from "../grade/rubric-match.ts";
import { messageOfFlaw } from "../grade/rubric-messages.ts";
import { readRubricDocument, type PlacedRubric } from "../grade/rubric-reader.ts";
import type { GuardChange } from "../review/write-plan.ts";
import { readRubrics } from "./graded-bank.ts";
import type { Project } from "./open-project.ts";

/**
 * Lets a rubric file become only what can be graded with: one rubric, for the question whose file it is, in which lint finds
 * no error, also beside the other rubrics of the bank.
 */
export function rubricGuard(project: Project, bank: Bank): GuardChange {
  let read: readonly PlacedRubric[] | undefined;
  const all = (): readonly PlacedRubric[] => {
    const paths = bank.files.map((file) => file.path);
    read ??= readRubrics(project, [], paths).rubrics;
    return read;
  };
  return (before, after) => {
    const parsed = parseRubricFile(after.path, after.source.bytes);
    if (parsed.status === "unreadable") return `line ${parsed.line}: ${parsed.reason}`;
    const { rubrics, faults } = readRubricDocument(parsed);
    const [fault] = faults;
    if (fault !== undefined) return `line ${fault.line}: ${[fault.at, fault.message].filter(Boolean).join(": ")}`;
    const [own, second] = rubrics;
    if (own === undefined || second !== undefined) return `it would hold ${rubrics.length} rubrics instead of one`;
    const others = all().filter(({ file }) => file !== after.path);
    return faultOfRubric(own, others, bank) ?? otherQuestion(own, bank, before.questions[0]?.id);
  };
}

/** The last of all, so that what it repeats is put down to it. */
function faultOfRubric(own: PlacedRubric, others: readonly PlacedRubric[], bank: Bank): string | undefined {
  const findings = lintRubrics([...others, own], bank).filter(({ file }) => file === own.file);
  const error = findings.find(({ severity }) => severity === "error");
  if (error === undefined) return undefined;
  const subject = error.criterion === undefined ? "" : `${error.criterion}: `;
  return `line ${error.line}: ${subject}${messageOfFlaw(error)}`;
}

function otherQuestion(own: PlacedRubric, bank: Bank, id: string | undefined): string | undefined {
  const marked = matchRubrics([own], bank).matched;
  const isOwn = marked.some(({ question }) => `${question.id}.rubric` === id);
  return isOwn ? undefined : `line ${own.lineOf(["question"])}: it marks another question than the one it is kept for`;
}
