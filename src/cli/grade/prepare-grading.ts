import { resolve } from "node:path";
import type { GradeBookState } from "../../grade/records/grade-log.ts";
import { compileGradePrompts, type GradePrompts } from "../../grade/judge/grade-prompts.ts";
import type { GradingItem } from "../../grade/judge/grading-item.ts";
import { itemMaker } from "../../grade/judge/item-maker.ts";
import { planGrading, type GradingPlan, type OnlyAsked } from "../../grade/records/plan-grading.ts";
import type { Submission } from "../../grade/submissions/submission.ts";
import { UserError } from "../../core/errors.ts";
import { hashOf } from "../../core/hash.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import { readNamedFiles, type NamedFiles } from "../../files/named-files.ts";
import type { ChosenProvider } from "../run/choose-provider.ts";
import { copiedAnswers, type CopiedAnswers } from "../../grade/judge/copied-answers.ts";
import { readGradedBank, showRubricFaults, type GradedBank } from "../graded-bank.ts";
import type { GradeCommandOptions } from "./grade-options.ts";
import { answerCopies, earlierImports, readGradeSettingsIfAny, type AnswerImport } from "./grade-settings.ts";
import { candidatesOf, readEarlier } from "./open-grades.ts";
import { openGradeLog, readGrades, type GradeLog } from "./grade-store.ts";
import { leftOf } from "../left-of.ts";
import { onlyAsked } from "./only-asked.ts";
import type { Project } from "../open-project.ts";
import { promptOf } from "../run/prompt-folders.ts";
import { readAnswers, refuseLostCodes, tellReading, type CandidateAnswers } from "./read-answers.ts";
import { refreshGrades } from "../rubric/rubric-refresh.ts";

/** Everything a grading run needs, read and planned; nothing has been sent. */
export interface PreparedGrading {
  readonly set: GradeSet;
  readonly log: GradeLog;
  readonly graded: GradedBank;
  readonly answers: CandidateAnswers;
  /** Where the answers stand, relative to the project folder. */
  readonly stored: readonly string[];
  /** Imports before these answers that belong to the set still. */
  readonly earlier: readonly AnswerImport[];
  readonly state: GradeBookState;
  readonly plan: GradingPlan;
  /** Codes and ids to grade; undefined for all. */
  readonly only: OnlyAsked | undefined;
  readonly prompts: GradePrompts;
  readonly itemOf: (submission: Submission) => GradingItem;
  /** Copies of each other among all answers of the set. */
  readonly copied: CopiedAnswers;
}

export interface GradingRequest {
  readonly set: GradeSet;
  readonly chosen: ChosenProvider;
  /** Files and folders with answers. */
  readonly operands: readonly string[];
  readonly options: GradeCommandOptions;
  /** The run that goes on. */
  readonly takenUp: RunFolder | undefined;
}

/** @throws UserError for answers, rubrics, prompts or records that cannot be used. */
export function prepareGrading(
  project: Project,
  { set, chosen: { provider }, operands, options, takenUp }: GradingRequest,
): PreparedGrading {
  const graded = readGradedBank(project, options);
  showRubricFaults(project.report, graded);
  const files = filesNamed(project, set, operands);
  const earlier = earlierImports(readGradeSettingsIfAny(set), files.stored);
  const answers = readAnswers(project, set, graded.bank, { files, options }, readEarlier(project, earlier));
  tellReading(project.report, answers);
  const only = onlyAsked(answers, graded, options.only);
  refuseUngradable(answers, graded, operands);
  const prompts = compileGradePrompts({ grade: promptOf(project, options.prompts, "grade", takenUp) });
  const log = openGradeLog(project, set);
  const known = readGrades(log);
  refuseLostCodes(set, answers, candidatesOf(known));
  if (!options.dryRun) keep(project, files, answers);
  const state = options.dryRun ? known : refreshGrades(project.report, log, graded, known);
  const plan = planGrading({
    submissions: answers.imported,
    grades: state.grades,
    rubrics: new Map([...graded.questions].map(([id, { hashes }]) => [id, hashes])),
    judge: {
      provider: provider.name,
      model: provider.model,
      promptHash: prompts.provenance.prompt_hash,
      samples: options.samples,
    },
    hashOfAnswer: ({ answer }) => hashOf(answer),
    only,
    limit: leftOf(options.limit, [...state.grades.values()].filter(({ grade }) => grade.run.id === takenUp?.id).length),
    redo: options.redo,
    takenUp: takenUp?.id,
  });
  const copied = copiedAnswers(answers.submissions, graded.questions);
  const itemOf = itemMaker(graded.questions, copied);
  return { set, log, graded, answers, stored: files.stored, earlier, state, plan, only, prompts, itemOf, copied };
}

/** Copies of one import do not take the place of another's. */
function filesNamed({ folder, workspace }: Project, set: GradeSet, operands: readonly string[]): NamedFiles {
  const named = operands.map((operand) => resolve(folder, operand));
  for (let number = 1; ; number += 1) {
    const files = readNamedFiles(workspace.root, named, answerCopies(set, number));
    if (!files.replaces()) return files;
  }
}

/** What a run is to stand on, before it begins. */
function keep(project: Project, files: NamedFiles, { keepCodes }: CandidateAnswers): void {
  files.keep();
  for (const path of files.outside) {
    project.report.note(`${path} stands outside the project: a private copy is kept in ${files.copies}/`);
  }
  keepCodes();
}

/** @throws UserError where not one of the answers could get a grade. */
function refuseUngradable(
  { imported }: CandidateAnswers,
  { questions }: GradedBank,
  operands: readonly string[],
): void {
  if (imported.length === 0) {
    throw new UserError(`no answer to a question of the bank was found in ${operands.join(", ")}`, {
      hint: "name the bank that asked them with --bank, or the columns with --map candidate=…,question=…,answer=…",
    });
  }
  if (imported.some(({ question }) => questions.has(question))) return;
  throw new UserError("none of the questions answered here has a usable rubric", {
    hint: "answerkey rubric draft proposes some, answerkey rubric lint says what is wrong with those there are",
  });
}
