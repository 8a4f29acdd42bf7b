import { resolve } from "node:path";
import type { Bank } from "../bank/question.ts";
import { vocabularyOfBank } from "../bank/vocabulary.ts";
import { gradableQuestions, type GradableQuestion } from "../grade/judge/gradable-question.ts";
import { lintRubrics, type PlacedFinding } from "../grade/lint/rubric-lint.ts";
import { readRubricDocument, type PlacedRubric, type RubricFault } from "../grade/rubric/rubric-reader.ts";
import { readRubricFiles } from "../files/rubric-files.ts";
import { readSourceNotes } from "../files/source-notes.ts";
import type { Project } from "./open-project.ts";
import { chosenFiles, readBank } from "./read-bank.ts";
import type { Report } from "./report.ts";

export interface GradedBank {
  readonly bank: Bank;
  /** By question id, in bank order. */
  readonly questions: ReadonlyMap<string, GradableQuestion>;
  readonly rubrics: readonly PlacedRubric[];
  /** What keeps a rubric from being used, and what should be looked at. */
  readonly faults: readonly RubricFault[];
  readonly findings: readonly PlacedFinding[];
}

export interface GradedBankOptions {
  readonly bank?: readonly string[] | undefined;
  readonly rubric?: readonly string[] | undefined;
}

/** A bank with its rubrics. A rubric with an error is left out, and so is its question. */
export function readGradedBank(project: Project, options: GradedBankOptions): GradedBank {
  const operands = options.bank ?? [];
  const bank = readBank(project, operands);
  const chosen = chosenFiles(project, bank, operands);
  const paths = chosen.map((file) => file.path);
  const { rubrics, faults } = readRubrics(project, options.rubric ?? [], paths);
  const findings = lintRubrics(rubrics, bank);
  const broken = new Set(findings.filter(({ severity }) => severity === "error").map(({ rubric }) => rubric));
  const sound = rubrics.filter(({ rubric }) => !broken.has(rubric.id));
  const notes = readSourceNotes(project.workspace.root, paths).map((note) => note.text);
  const questions = gradableQuestions(sound, { files: chosen }, vocabularyOfBank(bank, notes));
  return { bank, rubrics, faults, findings, questions };
}

/** How many rubrics cannot be used, so that their questions are left ungraded. */
export function unusableRubrics({ faults, findings }: GradedBank): number {
  const broken = findings.filter(({ severity }) => severity === "error").map(({ rubric }) => rubric);
  return faults.length + new Set(broken).size;
}

/** A rubric that cannot be used leaves its question ungraded, which must not go unnoticed. */
export function showRubricFaults(report: Report, { faults, findings }: GradedBank): void {
  for (const { file, line, at, message } of faults) {
    report.warn(`${file}:${line}: not a rubric: ${at === "" ? "" : `${at}: `}${message}`);
  }
  const errors = findings.filter(({ severity }) => severity === "error");
  // Of several errors the first leads to the others.
  const firsts = new Map(errors.toReversed().map((each) => [`${each.file} ${each.rubric}`, each]));
  for (const { file, line, rubric } of errors.filter((each) => firsts.get(`${each.file} ${each.rubric}`) === each)) {
    report.warn(`${file}:${line}: rubric ${rubric} is left out: see answerkey rubric lint`);
  }
}

/** All rubric files that are named, or those beside the bank files. */
export function readRubrics(
  project: Project,
  named: readonly string[],
  bankPaths: readonly string[],
): { readonly rubrics: readonly PlacedRubric[]; readonly faults: readonly RubricFault[] } {
  const absolute = named.map((path) => resolve(project.folder, path));
  const files = readRubricFiles(project.workspace.root, { named: absolute, bankPaths });
  const readings = files.map((file) =>
    file.status === "read"
      ? readRubricDocument(file)
      : { rubrics: [], faults: [{ file: file.path, line: file.line, at: "", message: file.reason }] },
  );
  return {
    rubrics: readings.flatMap((reading) => reading.rubrics),
    faults: readings.flatMap((reading) => reading.faults),
  };
}
