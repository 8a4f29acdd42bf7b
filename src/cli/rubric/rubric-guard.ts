import { textHash } from "../../bank/question-hash.ts";
import type { Bank, Question } from "../../bank/question.ts";
import { rubricPlace } from "../../bank/rubric-file.ts";
import { groupBy } from "../../core/group-by.ts";
import { parseRubricFile } from "../../files/rubric-files.ts";
import { lintRubrics } from "../../grade/lint/rubric-lint.ts";
import { matchRubrics } from "../../grade/rubric/rubric-match.ts";
import { messageOfFlaw } from "../../grade/rubric/rubric-messages.ts";
import { readRubricDocument, type PlacedRubric } from "../../grade/rubric/rubric-reader.ts";
import type { GuardChange } from "../../review/write-plan.ts";
import { readRubrics } from "../graded-bank.ts";
import type { Project } from "../open-project.ts";

/**
 * Lets a rubric file become only what can be graded with: one rubric, for the question whose file it is, in which lint finds
 * no error, also beside the other rubrics of the bank.
 */
export function rubricGuard(project: Project, bank: Bank): GuardChange {
  let known: Surroundings | undefined;
  return (_before, { path, source }) => {
    const parsed = parseRubricFile(path, source.bytes);
    if (parsed.status === "unreadable") return `line ${parsed.line}: ${parsed.reason}`;
    const { rubrics, faults } = readRubricDocument(parsed);
    const [fault] = faults;
    if (fault !== undefined) return `line ${fault.line}: ${[fault.at, fault.message].filter(Boolean).join(": ")}`;
    const [own, second] = rubrics;
    if (own === undefined || second !== undefined) return `it would hold ${rubrics.length} rubrics instead of one`;
    known ??= surroundingsOf(project, bank);
    return faultAmong(own, known);
  };
}

/** What a rubric must fit in with, by what it is looked up by. */
interface Surroundings {
  /** The question that a rubric file is for, by the file's path. */
  readonly questions: ReadonlyMap<string, Question>;
  /** Banks that hold nothing but the questions of one text, by its hash. */
  readonly twins: ReadonlyMap<string, Bank>;
  readonly rubrics: readonly PlacedRubric[];
}

function surroundingsOf(project: Project, bank: Bank): Surroundings {
  const paths = bank.files.map((file) => file.path);
  const places = bank.files.flatMap((file) => file.questions.map((question) => ({ file, question })));
  const byText = groupBy(places, ({ question }) => question.textHash);
  const twins = Array.from(byText, ([hash, own]): [string, Bank] => {
    return [hash, { files: own.map(({ file, question }) => ({ ...file, questions: [question] })) }];
  });
  const questions = places.flatMap(({ file, question }): [string, Question][] => {
    const place = rubricPlace(file.path, question.id);
    return place === undefined ? [] : [[place.path, question]];
  });
  return { questions: new Map(questions), twins: new Map(twins), rubrics: readRubrics(project, [], paths).rubrics };
}

function faultAmong(own: PlacedRubric, { questions, twins, rubrics }: Surroundings): string | undefined {
  const question = questions.get(own.file);
  const asked = question === undefined ? undefined : twins.get(question.textHash);
  const isOwn = asked !== undefined && matchRubrics([own], asked).matched.some((each) => each.question === question);
  if (!isOwn) return `line ${own.lineOf(["question"])}: it marks another question than the one whose file this is`;
  const rivals = rubrics.filter((other) => other.file !== own.file && isRival(other, own, asked));
  // The last of all, so that what it repeats is put down to it.
  const findings = lintRubrics([...rivals, own], asked).filter(({ file }) => file === own.file);
  const error = findings.find(({ severity }) => severity === "error");
  if (error === undefined) return undefined;
  const subject = error.criterion === undefined ? "" : `${error.criterion}: `;
  return `line ${error.line}: ${subject}${messageOfFlaw(error)}`;
}

function isRival({ rubric: other }: PlacedRubric, { rubric }: PlacedRubric, asked: Bank): boolean {
  if (other.id === rubric.id) return true;
  const claimed = other.question;
  return asked.files.some(({ questions }) =>
    questions.some((question) =>
      "id" in claimed ? claimed.id === question.id : textHash(claimed.match) === question.textHash,
    ),
  );
}
