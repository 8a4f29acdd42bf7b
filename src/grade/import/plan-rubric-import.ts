import { textHash } from "../../bank/question-hash.ts";
import type { BankFile, Question } from "../../bank/question.ts";
import { rubricFile, rubricPlace, type RubricPlace } from "../../bank/rubric-file.ts";
import { lintRubric } from "../lint/rubric-lint.ts";
import { matchRubrics } from "../rubric/rubric-match.ts";
import { messageOfFlaw } from "../rubric/rubric-messages.ts";
import type { PlacedRubric } from "../rubric/rubric-reader.ts";
import type { Rubric } from "../rubric/rubric.ts";
import { importedRubric, type ImportedRubric } from "./imported-rubric.ts";

/** A rubric that goes to a question which has none. */
export interface PlannedImport {
  readonly imported: ImportedRubric;
  readonly rubric: Rubric;
  readonly question: Question;
  /** Of the bank file that asks it. */
  readonly bank: string;
  readonly place: RubricPlace;
  /** What stands at the place: nothing, as a file to be proposed for. */
  readonly file: BankFile;
}

export type ImportDecision =
  | ({ readonly status: "planned" } & PlannedImport)
  | { readonly status: "left"; readonly imported: ImportedRubric; readonly reason: string };

export interface ImportScope {
  readonly files: readonly BankFile[];
  /** All that the bank has. */
  readonly rubrics: readonly PlacedRubric[];
  /** Paths of rubric files for which there is a proposal. */
  readonly proposed: ReadonlySet<string>;
  /** The question that the one rubric of the file is for, where the user says so. */
  readonly question: string | undefined;
  readonly contentAt: (path: string) => { readonly bytes: Uint8Array; readonly readOnly: string | undefined };
}

/** Finds the question of each rubric, by its id or its words. Whatever has a rubric, or a proposal for one, is left alone. */
export function planRubricImport(imported: readonly ImportedRubric[], scope: ImportScope): readonly ImportDecision[] {
  const taken = new Set<string>();
  return imported.map((each): ImportDecision => {
    const decided = decide(each, scope, taken);
    if (typeof decided === "string") return { status: "left", imported: each, reason: decided };
    taken.add(decided.place.path);
    return { status: "planned", ...decided };
  });
}

function decide(imported: ImportedRubric, scope: ImportScope, taken: ReadonlySet<string>): PlannedImport | string {
  const [found, second] = questionsFor(imported, scope);
  if (found === undefined) return "no question of the bank has its name or text; say which with --question";
  if (second !== undefined) return `several questions have its text (${found.question.id}, ${second.question.id}, …)`;
  const { question, file: bank } = found;
  const place = rubricPlace(bank.path, question.id);
  if (place === undefined) return `the id of ${question.id} is too long`;
  const file = rubricFile(place, question, scope.contentAt(place.path));
  const occupied = taken.has(place.path) ? "another rubric of this file went to it" : occupant(question, file, scope);
  if (occupied !== undefined) return `${question.id}: ${occupied}`;
  const made = importedRubric(imported, question.id);
  if ("reason" in made) return made.reason;
  const error = lintRubric(made.rubric).find(({ severity }) => severity === "error");
  if (error !== undefined) return [error.criterion, messageOfFlaw(error)].filter(Boolean).join(": ");
  return { imported, rubric: made.rubric, question, bank: bank.path, place, file };
}

interface Found {
  readonly file: BankFile;
  readonly question: Question;
}

function questionsFor({ asks }: ImportedRubric, { files, question: named }: ImportScope): readonly Found[] {
  const all = files.flatMap((file) => file.questions.map((question) => ({ file, question })));
  if (named !== undefined) return all.filter(({ question }) => question.id === named);
  for (const words of asks) {
    const hash = textHash(words);
    const found = all.filter(({ question }) => question.id === words || question.textHash === hash);
    if (found.length > 0) return found;
  }
  return [];
}

function occupant(question: Question, file: BankFile, { files, rubrics, proposed }: ImportScope): string | undefined {
  const { matched, contested } = matchRubrics(rubrics, { files });
  const has = [...matched, ...contested].some((each) => each.question === question);
  if (has) return "it has a rubric";
  if (proposed.has(file.path)) return "there is a proposal for its rubric";
  if (file.readOnly !== undefined) return `nothing can be written there: ${file.readOnly}`;
  return file.source.bytes.length > 0 ? `${file.path} is there already` : undefined;
}
