import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { EXIT, UserError, type ExitCode } from "../../core/errors.ts";
import { dropKeys, readEnvironment } from "../environment.ts";
import { plural } from "../format.ts";
import { applyInit } from "./init-apply.ts";
import { canAsk, confirmed } from "./init-confirm.ts";
import { groupBanks } from "./init-groups.ts";
import { ignoring } from "./init-gitignore.ts";
import { planInit, type InitPlan } from "./init-plan.ts";
import { showPlan, takeUp } from "./init-show.ts";
import { isWritten } from "./init-step.ts";
import { isBank, unfilledOf } from "./init-survey.ts";
import type { CommandContext } from "../main.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { createReport, type Report } from "../report.ts";

const initOptions = commonOptions.extend({
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  example: z.boolean().default(false),
  prompts: z.boolean().default(false),
  gitignore: z.boolean().default(false),
});
/** Where the width of the output is not known. */
const WIDTH = 120;
const GITIGNORE = "not in .gitignore yet: .env and what outputs/ holds of replies and answers; --gitignore adds that";

type InitOptions = z.infer<typeof initOptions>;

/** `answerkey init`: looks at a folder, shows what it would write, and writes it once that is confirmed. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { invocation, folder, streams } = context;
  const options = parseOptions(initOptions, invocation.options);
  refuseConfig(options);
  dropKeys();
  const { colour } = await readEnvironment(folder, undefined, false);
  const report = createReport(streams, { ...options, colour });
  const plan = planInit(resolve(folder, invocation.operands[0] ?? "."), options);
  showPlan(report, plan, streams.out.columns ?? WIDTH);
  if (!options.gitignore && wouldIgnore(plan.root)) report.note(GITIGNORE);
  const isOpen = plan.steps.some(isWritten);
  const answer = isOpen ? await decide(context, options, plan) : "nothing to do";
  if (answer === "write") applyInit(plan);
  report.document({ ...documentOf(plan), written: answer === "write" });
  return context.signal.aborted ? EXIT.interrupted : conclude(report, plan, answer);
}

/** True in a repository of git whose commits might take up what must stay here. */
function wouldIgnore(root: string): boolean {
  return existsSync(join(root, ".git")) && isWritten(ignoring(root));
}

function refuseConfig({ config }: InitOptions): void {
  if (config === undefined) return;
  throw new UserError("init writes a configuration and reads none that is named", {
    hint: "name the folder instead, as in: answerkey init docs",
  });
}

type Answer = "write" | "refused" | "only shown" | "nobody to ask" | "nothing to do";

async function decide({ streams, signal }: CommandContext, options: InitOptions, plan: InitPlan): Promise<Answer> {
  if (options.dryRun) return "only shown";
  if (options.yes) return "write";
  if (options.json) return "only shown";
  if (!canAsk(streams)) return "nobody to ask";
  const count = plan.steps.filter(isWritten).length;
  return (await confirmed(streams, `write ${count === 1 ? "this file" : `these ${count} files`}?`, signal))
    ? "write"
    : "refused";
}

function conclude(report: Report, plan: InitPlan, answer: Answer): ExitCode {
  switch (answer) {
    case "write":
      report.result(`${plural(plan.steps.filter(isWritten).length, "file")} written`);
      report.note(`next: ${nextCommand(plan)}`);
      return EXIT.done;
    case "nothing to do":
      report.result("nothing to write");
      report.note(`next: ${nextCommand(plan)}`);
      return EXIT.done;
    case "only shown":
      report.note("nothing was written: answerkey init --yes writes it");
      return EXIT.done;
    case "refused":
      report.note("nothing was written");
      return EXIT.done;
    case "nobody to ask":
      report.warn("nothing was written: there is no terminal to ask on; --yes writes what is shown");
      return EXIT.couldNotRun;
    default:
      return answer satisfies never;
  }
}

function nextCommand({ kind }: InitPlan): string {
  if (kind === "example") return "answerkey fill --provider offline";
  return kind === "banks" ? "answerkey status" : "describe the layout in answerkey.config.yaml, then answerkey status";
}

function documentOf({ root, kind, survey, above, steps }: InitPlan): Readonly<Record<string, unknown>> {
  const banks = survey.files.filter(isBank);
  return {
    schema: 1,
    root,
    kind,
    config_above: above ?? null,
    survey: {
      files: survey.files.length,
      banks: banks.length,
      questions: banks.reduce((sum, file) => sum + file.questions.length, 0),
      unfilled: banks.reduce((sum, file) => sum + unfilledOf(file), 0),
      groups: groupBanks(survey),
      near_misses: survey.nearMisses.map((miss) => ({ ...miss, dialect: miss.dialect ?? null, take_up: takeUp(miss) })),
      skipped: survey.skipped,
    },
    steps: steps.map(({ action, path, why }) => ({ action, path, why })),
  };
}
