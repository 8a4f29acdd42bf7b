import { repairGlue } from "../../bank/glue.ts";
import type { Proposal } from "../../bank/proposal.ts";
import type { Bank, BankFile, Question } from "../../bank/question.ts";
import { isRubricPath } from "../../bank/rubric-file.ts";
import { vocabularyOfBank } from "../../bank/vocabulary.ts";
import { UserError } from "../../core/errors.ts";
import { hashOf } from "../../core/hash.ts";
import { openDecisionLog } from "../../files/decision-log.ts";
import { openProposalStore, type ProposalStore, type UnreadableProposal } from "../../files/proposal-store.ts";
import { readRubricPlace } from "../../files/rubric-place.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import { readSourceNotes } from "../../files/source-notes.ts";
import { compileRubricPrompt, type RubricPrompt } from "../../grade/draft/rubric-draft.ts";
import { planRubricDrafts, type PlannedRubric, type RubricDraftPlan } from "../../grade/draft/rubric-draft-plan.ts";
import type { RubricDraftInput } from "../../grade/draft/rubric-draft-reply.ts";
import { readRubrics } from "../graded-bank.ts";
import { leftOf } from "../left-of.ts";
import type { Project } from "../open-project.ts";
import { promptOf } from "../run/prompt-folders.ts";
import { chosenFiles, readBank } from "../read-bank.ts";
import type { RubricDraftOptions } from "./rubric-draft-options.ts";
import { didYouMean } from "../nearest-names.ts";

/** Everything a run of rubric drafts needs, read and planned; nothing has been sent or written. */
export interface PreparedRubricDraft {
  readonly plan: RubricDraftPlan;
  readonly prompt: RubricPrompt;
  readonly store: ProposalStore;
  readonly inputOf: (planned: PlannedRubric) => RubricDraftInput;
}

/** @throws UserError for paths, ids or a prompt that cannot be used. */
export function prepareRubricDraft(
  project: Project,
  operands: readonly string[],
  options: RubricDraftOptions,
  takenUp: RunFolder | undefined,
): PreparedRubricDraft {
  const { workspace, report } = project;
  const bank = readBank(project, operands);
  const files = chosenFiles(project, bank, operands);
  const store = openProposalStore(workspace);
  const { proposals, unreadable } = store.list();
  for (const { path, line, reason } of unreadable) report.warn(`${path}:${line}: not a proposal: ${reason}`);
  const all = proposals.map(({ proposal }) => proposal);
  const plan = planRubricDrafts({
    files,
    rubrics: rubricsBeside(project, bank),
    proposals: all.filter(({ header }) => header.kind === "rubric"),
    unreadable: rubricsOf(unreadable),
    sentBack: sentBack(project),
    only: onlyAsked(files, options.only),
    limit: leftOf(options.limit, all.filter(({ header }) => header.run.id === takenUp?.id).length),
    redo: options.redo,
    takenUp: takenUp?.id,
    contentAt: (path) => readRubricPlace(workspace.root, path),
    keyPointsOf: keyPointsFrom(all),
  });
  return {
    plan,
    store,
    prompt: compileRubricPrompt(promptOf(project, options.prompts, "rubric", takenUp)),
    inputOf: inputMaker(project, bank),
  };
}

/** A rubric that cannot be read is told: its question is not taken for one without. */
function rubricsBeside(project: Project, bank: Bank): ReturnType<typeof readRubrics>["rubrics"] {
  const paths = bank.files.map((file) => file.path);
  const { rubrics, faults } = readRubrics(project, [], paths);
  for (const { file, line, message } of faults) project.report.warn(`${file}:${line}: not a rubric: ${message}`);
  return rubrics;
}

const PROPOSALS = /^outputs\/proposals\/(.*)\.md$/;

/** The rubric files whose proposals cannot be read. */
function rubricsOf(unreadable: readonly UnreadableProposal[]): ReadonlySet<string> {
  const paths = unreadable.map(({ path }) => `${PROPOSALS.exec(path)?.[1] ?? ""}.yaml`);
  return new Set(paths.filter(isRubricPath));
}

/** Proposals whose last decision was to send the draft back. */
function sentBack({ workspace, clock, stamp }: Project): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { action, id } of openDecisionLog(workspace, { ...clock, now: stamp }).readAll()) {
    if (action === "redo") ids.add(id);
    else ids.delete(id);
  }
  return ids;
}

function onlyAsked(files: readonly BankFile[], ids: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (ids === undefined) return undefined;
  const known = new Set<string>(files.flatMap(({ questions }) => questions.map(({ id }) => id)));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return new Set(ids);
  throw new UserError(`there is no question ${unknown}`, {
    hint: didYouMean(unknown, [...known], "answerkey review list and the summaries show ids"),
  });
}

/** What whoever drafted the answer thought a listener must hear, while the bank holds that draft as it was made. */
function keyPointsFrom(proposals: readonly Proposal[]): (path: string, question: Question) => readonly string[] {
  const applied = new Map(
    proposals
      .filter(({ header }) => header.kind === "answer" && header.status === "applied")
      .map((proposal) => [`${proposal.header.source.path} ${proposal.header.id}`, proposal]),
  );
  return (path, { id, slot }) => {
    const made = applied.get(`${path} ${id}`);
    const isAsMade = made?.body.trim() === slot.answer && hashOf(made.body) === made.header.content_hash;
    return isAsMade ? made.header.signals.key_points : [];
  };
}

function inputMaker(project: Project, bank: Bank): (planned: PlannedRubric) => RubricDraftInput {
  const paths = bank.files.map((file) => file.path);
  const notes = readSourceNotes(project.workspace.root, paths).map((note) => note.text);
  const vocabulary = vocabularyOfBank(bank, notes);
  return ({ question, reference, keyPoints }) => ({
    question: repairGlue(question.text, vocabulary).text,
    reference,
    key_points: [...keyPoints],
  });
}
