import { resolve } from "node:path";
import { FILLABLE_STATES, type Bank } from "../../bank/question.ts";
import { stylesOf, type HouseStyle } from "../../bank/style.ts";
import { parseStyle, withWritten } from "../../bank/style-written.ts";
import { vocabularyOfBank } from "../../bank/vocabulary.ts";
import { UserError } from "../../core/errors.ts";
import type { OutcomeStatus } from "../../core/outcome.ts";
import { itemFor, type DraftItem } from "../../fill/draft-item.ts";
import { compileDraftPrompts, type DraftPrompts } from "../../fill/draft-tasks.ts";
import type { DraftGroup, FillOptions, FillPlan } from "../../fill/fill-plan.ts";
import { planFill } from "../../fill/plan-fill.ts";
import { buildIndex } from "../../fill/retrieval.ts";
import { sectionsOfBank, sectionsOfNote } from "../../fill/sections.ts";
import { openDecisionLog } from "../../files/decision-log.ts";
import { openProposalStore, type ProposalStore, type UnreadableProposal } from "../../files/proposal-store.ts";
import { proposalFolderName } from "../../files/workspace.ts";
import { readSourceNotes } from "../../files/source-notes.ts";
import { promptOf } from "../run/prompt-folders.ts";
import { readYaml } from "../config.ts";
import { leftOf } from "../left-of.ts";
import type { FillCommandOptions } from "./fill-options.ts";
import type { RunFolder } from "../../files/run-folder.ts";
import type { Project } from "../open-project.ts";
import { chosenFiles, readBank } from "../read-bank.ts";
import { didYouMean } from "../nearest-names.ts";

/** Everything a run needs, read and planned; nothing has been sent or written. */
export interface PreparedFill {
  readonly bank: Bank;
  readonly plan: FillPlan;
  readonly prompts: DraftPrompts;
  readonly store: ProposalStore;
  /** What the draft of a group is made from. */
  readonly itemOf: (group: DraftGroup) => DraftItem;
  /** Notes found beside the banks, for the line that says so. */
  readonly notes: number;
}

/** @throws UserError for paths, prompts or style files that cannot be used. */
export function prepareFill(
  project: Project,
  operands: readonly string[],
  options: FillCommandOptions & Pick<FillOptions, "copies">,
  lastOutcomes: ReadonlyMap<string, OutcomeStatus>,
  takenUp?: RunFolder,
): PreparedFill {
  const bank = readBank(project, operands);
  const store = openProposalStore(project.workspace);
  const { proposals, unreadable } = store.list();
  const only = onlyAsked(project, bank, operands, options.only);
  for (const { path, line, reason } of unreadable) project.report.warn(`${path}:${line}: not a proposal: ${reason}`);
  const known = proposals.map(({ proposal: { header } }) => ({ ...header, isOwn: header.run.id === takenUp?.id }));
  const done = known.filter(({ isOwn }) => isOwn).length;
  const plan = planFill({
    bank,
    proposals: known,
    options: {
      states: options.states === undefined ? FILLABLE_STATES : new Set(options.states),
      only,
      limit: leftOf(options.limit, done),
      sample: leftOf(options.sample, done),
      redo: options.redo,
      copies: options.copies,
      retry: options.retry === undefined ? undefined : new Set(options.retry),
      unreadable: questionsOf(bank, unreadable),
      lastOutcomes,
      sentBack: sentBack(project),
    },
  });
  const notes = readSourceNotes(
    project.workspace.root,
    bank.files.map((file) => file.path),
  );
  return {
    bank,
    plan,
    store,
    prompts: compileDraftPrompts({
      draft: promptOf(project, options.prompts, "draft", takenUp),
      critique: promptOf(project, options.prompts, "critique", takenUp),
      revise: promptOf(project, options.prompts, "revise", takenUp),
    }),
    itemOf: itemMaker(bank, notes, houseStyles(project, bank, options)),
    notes: notes.length,
  };
}

/** Questions whose last decision was to send the draft back, with the reason given. */
function sentBack({ workspace, clock, stamp }: Project): ReadonlyMap<string, string> {
  const notes = new Map<string, string>();
  for (const decision of openDecisionLog(workspace, { ...clock, now: stamp }).readAll()) {
    if (decision.action === "redo") notes.set(decision.id, decision.reason ?? "");
    else notes.delete(decision.id);
  }
  return notes;
}

/** The questions whose proposals cannot be read, as `path id`. */
function questionsOf(bank: Bank, unreadable: readonly UnreadableProposal[]): ReadonlySet<string> {
  const broken = new Set(unreadable.map(({ path }) => path));
  const places = bank.files.flatMap(({ path, questions }) => questions.map(({ id }) => ({ path, id })));
  const found = places.filter(({ path, id }) => broken.has(`outputs/proposals/${proposalFolderName(path)}/${id}.md`));
  return new Set(found.map(({ path, id }) => `${path} ${id}`));
}

/** The questions that were asked about: of the files named, or those whose ids were given; undefined for all. */
function onlyAsked(
  project: Project,
  bank: Bank,
  operands: readonly string[],
  ids: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (operands.length === 0 && ids === undefined) return undefined;
  const asked = chosenFiles(project, bank, operands).flatMap((file) => file.questions.map((question) => question.id));
  const known = new Set<string>(asked);
  const unknown = ids?.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw new UserError(`there is no question ${unknown}`, {
      hint: didYouMean(unknown, asked, "answerkey review list and the summaries show ids"),
    });
  }
  return ids === undefined ? known : new Set(ids);
}

type Note = { readonly path: string; readonly text: string };

function itemMaker(
  bank: Bank,
  notes: readonly Note[],
  styleAt: (path: string) => HouseStyle,
): (group: DraftGroup) => DraftItem {
  const vocabulary = vocabularyOfBank(
    bank,
    notes.map((note) => note.text),
  );
  const index = buildIndex([...notes.flatMap(sectionsOfNote), ...sectionsOfBank(bank)], vocabulary);
  return (group) => itemFor(group, index, styleAt(group.members[0]?.path ?? ""));
}

function houseStyles(project: Project, bank: Bank, options: FillCommandOptions): (path: string) => HouseStyle {
  const learned = stylesOf(bank);
  if (options.style === undefined) return learned;
  const written = parseStyle(readYaml(resolve(project.config.root, options.style)));
  return (path) => withWritten(learned(path), written);
}
