import { z } from "zod";
import { UserError, EXIT, type ExitCode } from "../../core/errors.ts";
import { openWorkspace } from "../../files/workspace.ts";
import { loadConfig } from "../config.ts";
import { fail, looked, type Check } from "./doctor-check.ts";
import { checkEndpoint } from "./doctor-endpoint.ts";
import { checkKey, checkQueue, checkRuntime } from "./doctor-machine.ts";
import { checkBanks, checkConfig, checkOutputs, checkPrompts } from "./doctor-project.ts";
import { checkModelFiles } from "./doctor-model-file.ts";
import { checkLocalServers, checkProvider } from "./doctor-provider.ts";
import { checkLocks, checkLogs, checkProposals, checkRuns } from "./doctor-records.ts";
import { readEnvironment } from "../environment.ts";
import { plural } from "../format.ts";
import type { CommandContext } from "../main.ts";
import { modelOptions } from "../run/model-options.ts";
import type { CommonOptions, Project } from "../open-project.ts";
import { commonOptions, parseOptions } from "../options.ts";
import { createReport, type Report, type Style } from "../report.ts";
import { systemClock, timestamp } from "../system-clock.ts";

const doctorOptions = commonOptions.extend({ online: z.boolean().default(false) });

/** `answerkey doctor`: looks at this machine and this project; changes nothing, pays nothing. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(doctorOptions, context.invocation.options);
  const { project, fault } = await openAnyway(context, options);
  const checks = await allChecks(project, fault, options.online);
  show(project.report, checks);
  const count = (status: Check["status"]): number => checks.filter((check) => check.status === status).length;
  const summary = { ok: count("ok"), warn: count("warn"), fail: count("fail") };
  project.report.document({ schema: 1, checks, summary });
  project.report.note(summaryWords(summary));
  return summary.fail > 0 ? EXIT.open : EXIT.done;
}

/** What needs the configuration is not looked at while that cannot be read. */
async function allChecks(project: Project, fault: Check | undefined, isOnline: boolean): Promise<readonly Check[]> {
  const looks: readonly (readonly [string, () => readonly Check[] | Promise<readonly Check[]>])[] = [
    ["runtime", checkRuntime],
    ["project", () => (fault === undefined ? checkConfig(project) : [fault])],
    ["banks", () => (fault === undefined ? checkBanks(project) : [])],
    ["prompts", () => (fault === undefined ? checkPrompts(project) : [])],
    ["outputs", () => checkOutputs(project)],
    ["locks", () => checkLocks(project)],
    ["runs", () => checkRuns(project)],
    ["proposals", () => checkProposals(project)],
    ["logs", () => checkLogs(project)],
    ["key", () => checkKey(project)],
    ["endpoint", () => checkEndpoint(project, isOnline)],
    ["queue", () => checkQueue(project)],
    ["local servers", checkLocalServers],
    ["model file", () => (fault === undefined ? checkModelFiles(project) : [])],
    ["provider", () => (fault === undefined ? checkProvider(project) : [])],
  ];
  const checks: Check[] = [];
  for (const [name, look] of looks) checks.push(...(await looked(name, look)));
  return checks;
}

/** A project whose configuration cannot be read is looked at as if it had none, and the fault is told. */
async function openAnyway(
  context: CommandContext,
  options: CommonOptions,
): Promise<{ readonly project: Project; readonly fault: Check | undefined }> {
  const { folder, streams, signal } = context;
  const { config, fault } = configOrFault(folder, options.config);
  const environment = await readEnvironment(config.root);
  return {
    fault,
    project: {
      config,
      environment,
      workspace: openWorkspace(config.root),
      report: createReport(streams, { ...options, colour: environment.colour }),
      streams,
      signal,
      clock: systemClock(),
      stamp: timestamp(environment.fixedTime),
      folder,
    },
  };
}

function configOrFault(
  folder: string,
  explicit: string | undefined,
): { readonly config: Project["config"]; readonly fault: Check | undefined } {
  try {
    const config = loadConfig(folder, explicit);
    parseOptions(modelOptions, config.fill);
    parseOptions(modelOptions, config.grade);
    return { config, fault: undefined };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const config = { root: folder, path: undefined, banks: NO_BANKS, fill: {}, grade: {} };
    return { config, fault: fail("project", error.message, error.hint ?? "mend the configuration") };
  }
}

const NO_BANKS: Project["config"]["banks"] = {
  banks: [],
  dialects: {},
  exclude: [],
  detect: true,
  personal: [],
};

const STYLES: Readonly<Record<Check["status"], Style>> = { ok: "green", warn: "yellow", fail: "red" };

function show(report: Report, checks: readonly Check[]): void {
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { name, status, says, next } of checks) {
    report.result(`${report.style(STYLES[status], status.padEnd(4))}  ${name.padEnd(width)}  ${says}`);
    if (next !== undefined) report.result(`${" ".repeat(width + 8)}→ ${next}`);
  }
}

function summaryWords({ warn, fail: failed }: { readonly warn: number; readonly fail: number }): string {
  if (warn + failed === 0) return "nothing to mend";
  return [failed > 0 ? plural(failed, "failure") : "", warn > 0 ? plural(warn, "warning") : ""]
    .filter((words) => words !== "")
    .join(", ");
}
