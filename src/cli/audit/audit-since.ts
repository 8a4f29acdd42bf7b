import { z } from "zod";
import type { Severity } from "../../core/diagnostics.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { compareBanks, type BankChanges, type QuestionChange } from "../../review/bank-changes.ts";
import { rereadLost } from "../../review/reread-lost.ts";
import { CHANGE_SEVERITY } from "./change-severity.ts";
import { bankAt, bankNow, isAskedAbout, parseSince, refuseNothing, refuseUnknown } from "./audit-revision.ts";
import { showChanges } from "./audit-since-report.ts";
import type { CommandContext } from "../main.ts";
import { openProjectWithoutKeys, type Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";

const SEVERITIES = ["info", "warning", "error"] as const satisfies readonly Severity[];
const sinceOptions = commonOptions.extend({ since: z.string(), failOn: z.enum(SEVERITIES).default("error") });

/** `answerkey audit --since`: what became of the questions and answers of another state of the repository. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(sinceOptions, context.invocation.options);
  const project = await openProjectWithoutKeys(context, options);
  const { operands } = context.invocation;
  const { from, to } = parseSince(options.since);
  const before = await bankAt(project, from, operands);
  const after = to === undefined ? bankNow(project, operands, before) : await bankAt(project, to, operands);
  refuseUnknown(project, operands, [before, after]);
  refuseNothing(from, to, [before, after]);
  const { bank: reread, reread: files } = rereadLost(before, after, project.config.banks);
  const changes = askedAbout(project, operands, compareBanks(before, reread));
  showChanges(project.report, { before: from, after: to, reread: files, ...changes });
  const threshold = SEVERITIES.indexOf(options.failOn);
  const isFailed = ({ kind }: QuestionChange): boolean => SEVERITIES.indexOf(CHANGE_SEVERITY[kind]) >= threshold;
  return changes.changes.some(isFailed) ? EXIT.open : EXIT.done;
}

/** States are compared whole: a question that went to a file not asked about is not lost. */
function askedAbout(project: Project, operands: readonly string[], all: BankChanges): BankChanges {
  const isAsked = isAskedAbout(project, operands);
  return {
    ...all,
    changes: all.changes.filter(({ before }) => isAsked(before.path)),
    shrunk: all.shrunk.filter(({ path }) => isAsked(path)),
  };
}
