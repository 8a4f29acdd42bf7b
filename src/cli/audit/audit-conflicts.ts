import type { Question } from "../../bank/question.ts";
import { auditDuplicates } from "../../bank/audit-duplicates.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { openProjectWithoutKeys } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { chosenFiles, readBank } from "../read-bank.ts";
import { sideBySide } from "./side-by-side.ts";

interface Side {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly answer: string;
}

interface Conflict {
  readonly question: string;
  readonly left: Side;
  readonly right: Side;
}

const DEFAULT_COLUMNS = 120;

/** `answerkey audit conflicts`: questions that are answered in more than one way, side by side. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const project = await openProjectWithoutKeys(context, parseOptions(commonOptions, context.invocation.options));
  const { report, streams } = project;
  const { operands } = context.invocation;
  const bank = readBank(project, operands);
  const chosen = new Set(chosenFiles(project, bank, operands).map((file) => file.path));
  const places = new Map(
    bank.files.flatMap(({ path, questions }) =>
      questions.map((question) => [`${path}:${question.line}`, question] as const),
    ),
  );
  const sideAt = (path: string, line: number): (Side & Pick<Question, "text">) | undefined => {
    const question = places.get(`${path}:${line}`);
    return question === undefined
      ? undefined
      : { id: question.id, path, line, answer: question.slot.answer, text: question.text };
  };
  const conflicts = auditDuplicates(bank).flatMap((finding): Conflict[] => {
    if (finding.code !== "conflicting-answers") return [];
    const { firstPath, firstLine } = finding.arguments;
    const [left, right] = [sideAt(firstPath, firstLine), sideAt(finding.path, finding.line)];
    if (left === undefined || right === undefined || !(chosen.has(left.path) || chosen.has(right.path))) return [];
    const { text, ...first } = left;
    const { text: _same, ...second } = right;
    return [{ question: text, left: first, right: second }];
  });
  const columns = streams.out.columns ?? DEFAULT_COLUMNS;
  for (const { question, left, right } of conflicts) {
    report.result(report.style("bold", question));
    for (const line of sideBySide(columnOf(left), columnOf(right), columns)) report.result(line);
    report.result("");
  }
  const words = `${plural(conflicts.length, "answer")} to a question that an earlier place answers otherwise`;
  report.result(conflicts.length === 0 ? "no question is answered in more than one way" : words);
  report.document({ schema: 1, conflicts });
  return conflicts.length === 0 ? EXIT.done : EXIT.open;
}

function columnOf({ path, line, id, answer }: Side): string {
  return `${path}:${line} ${id}\n\n${answer}`;
}
