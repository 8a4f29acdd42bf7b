import { join } from "node:path";
import { z } from "zod";
import { auditDuplicates } from "../../bank/audit-duplicates.ts";
import { FIXES, type FixName, type FixPlan } from "../../bank/audit-fix.ts";
import { planFixes } from "../../bank/audit-fixes.ts";
import { proposeFixes, type FixProposals } from "../../bank/audit-propose.ts";
import type { Bank } from "../../bank/question.ts";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { acquireLock } from "../../files/lock.ts";
import { openProposalStore, type ProposalStore } from "../../files/proposal-store.ts";
import { runName } from "../../files/run-folder.ts";
import { readSourceNotes } from "../../files/source-notes.ts";
import { showFixes, type FixOutcome } from "./audit-fix-report.ts";
import { keepProposal } from "../review/keep-proposal.ts";
import type { CommandContext } from "../main.ts";
import { openProject, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { chosenFiles, readBank } from "../read-bank.ts";

/** Links are asked for by name: a question that waits for one gets no answer of its own from `fill`. */
const DEFAULT_RULES: readonly FixName[] = ["glue", "totals", "contents"];

const fixOptions = commonOptions.extend({
  rules: z
    .string()
    .transform((names) => names.split(",").map((name) => name.trim()))
    .pipe(z.array(z.enum(FIXES)).min(1))
    .default([...DEFAULT_RULES]),
  dryRun: z.boolean().default(false),
});

/** `answerkey audit --fix`: proposes what a rule can put right. Nothing is written into a bank. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(fixOptions, context.invocation.options);
  const project = await openProject(context, options);
  const { operands } = context.invocation;
  const bank = readBank(project, operands);
  const plan = chosenOf(project, bank, operands, planFixes(bank, new Set(options.rules), notesOf(project, bank)));
  const store = openProposalStore(project.workspace);
  const proposed = options.dryRun ? propose(project, store, plan) : write(project, store, plan);
  const outcome: FixOutcome = {
    isDry: options.dryRun,
    plan,
    ...proposed,
    conflicts: auditDuplicates(bank).filter(({ code }) => code === "conflicting-answers").length,
    linkable: options.rules.includes("links") ? 0 : planFixes(bank, new Set(["links"])).fixes.length,
  };
  showFixes(project.report, outcome);
  return EXIT.done;
}

function notesOf({ workspace }: Project, { files }: Bank): readonly string[] {
  const paths = files.map((file) => file.path);
  return readSourceNotes(workspace.root, paths).map((note) => note.text);
}

function chosenOf(project: Project, bank: Bank, operands: readonly string[], { fixes, left }: FixPlan): FixPlan {
  const chosen = new Set(chosenFiles(project, bank, operands).map((file) => file.path));
  return {
    fixes: fixes.filter(({ file }) => chosen.has(file.path)),
    left: left.filter(({ path }) => chosen.has(path)),
  };
}

function propose({ clock, stamp }: Project, store: ProposalStore, { fixes }: FixPlan): FixProposals {
  const { proposals, unreadable } = store.list();
  const [broken] = unreadable;
  if (broken !== undefined) {
    throw new UserError(`${broken.path}:${broken.line} is not a proposal that can be read: ${broken.reason}`, {
      hint: "Repair the front matter, or move the file away.",
    });
  }
  const present = proposals.map(({ proposal }) => proposal);
  return proposeFixes(fixes, present, runName({ ...clock, now: stamp }));
}

function write(project: Project, store: ProposalStore, plan: FixPlan): FixProposals {
  const lock = acquireLock(join(project.workspace.locks, "run.lock"), project.clock);
  try {
    const proposed = propose(project, store, plan);
    for (const proposal of proposed.proposals) keepProposal(store, proposal);
    return proposed;
  } finally {
    lock.release();
  }
}
