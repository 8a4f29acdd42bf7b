import type { BankFile } from "../bank/question.ts";
import type { Clock } from "../core/clock.ts";
import type { FileMemo } from "../files/file-memo.ts";
import type { ProposalReading } from "../files/proposal-store.ts";
import { openWorkspace, type Workspace } from "../files/workspace.ts";
import { loadConfig, type Config } from "./config.ts";
import { dropKeys, readEnvironment, type Environment } from "./environment.ts";
import type { CommandContext } from "./main.ts";
import { createReport, type Report } from "./report.ts";
import type { Streams } from "./streams.ts";
import { systemClock, timestamp } from "./system-clock.ts";

/** What every command works with once its options are read. */
export interface Project {
  readonly config: Config;
  readonly environment: Environment;
  readonly workspace: Workspace;
  readonly report: Report;
  readonly streams: Streams;
  readonly signal: AbortSignal;
  /** Moves on, for waits and rates. */
  readonly clock: Clock;
  /** Milliseconds since the epoch for whatever is written down; fixed by SOURCE_DATE_EPOCH. */
  readonly stamp: () => number;
  /** Where the command was started: paths on the command line are meant from there. */
  readonly folder: string;
  /** What a process that lives long has read before. */
  readonly memo?: ReadingMemo | undefined;
}

export interface ReadingMemo {
  readonly banks: FileMemo<BankFile>;
  readonly proposals: FileMemo<ProposalReading>;
}

export interface CommonOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly config?: string | undefined;
}

/** @throws UserError where the configuration cannot be used. */
export async function openProject(context: CommandContext, options: CommonOptions): Promise<Project> {
  return projectWith(context, options, true);
}

/** For what may call a model, and with a key: says as well what is amiss with where that is kept. */
export async function openProjectToAsk(context: CommandContext, options: CommonOptions): Promise<Project> {
  const project = await openProject(context, options);
  const { environment, report } = project;
  for (const warning of environment.warnings) report.warn(report.style("yellow", `warning: ${warning}`));
  return project;
}

/** For what never calls a model: no key is read, and those that the process was given are forgotten. */
export async function openProjectWithoutKeys(context: CommandContext, options: CommonOptions): Promise<Project> {
  dropKeys();
  return projectWith(context, options, false);
}

async function projectWith(context: CommandContext, options: CommonOptions, withKeys: boolean): Promise<Project> {
  const { folder, streams, signal } = context;
  const config = loadConfig(folder, options.config);
  const environment = await readEnvironment(config.root, undefined, withKeys);
  const report = createReport(streams, { ...options, colour: environment.colour });
  return {
    config,
    environment,
    workspace: openWorkspace(config.root),
    report,
    streams,
    signal,
    clock: systemClock(),
    stamp: timestamp(environment.fixedTime),
    folder,
  };
}
