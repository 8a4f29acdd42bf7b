import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { newProposal } from "../../src/bank/new-proposal.ts";
import type { Proposal } from "../../src/bank/proposal.ts";
import { openProject, type Project } from "../../src/cli/open-project.ts";
import { readBank } from "../../src/cli/read-bank.ts";
import { ProjectDesk } from "../../src/cli/review-desk/review-desk.ts";
import { hashOf } from "../../src/core/hash.ts";
import { openProposalStore } from "../../src/files/proposal-store.ts";
import type { ProposalItem, QueueRow } from "../../src/web/api.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";

export const BANK = "questions/parts.md";

export interface DeskProject {
  readonly cwd: string;
  readonly project: Project;
  /** A desk that is closed when the test is over. */
  readonly desk: (actor?: string) => ProjectDesk;
  readonly read: (path?: string) => string;
  readonly write: (text: string, path?: string) => void;
}

export interface DeskProjectOptions {
  readonly files?: Readonly<Record<string, string>>;
  /** Signals of the proposals, by place in the bank. */
  readonly flags?: readonly (readonly string[])[];
}

/** What is drafted for the question at a place of the bank. */
export function draftFor(at: number): string {
  return `Draft ${at}: it hands its input on after one check.\n\n- It stops there.`;
}

/** A project with a pending proposal for every unfilled question. */
export async function deskProject(options: DeskProjectOptions = {}): Promise<DeskProject> {
  const { files = { [BANK]: unfilledBank(4) }, flags = [] } = options;
  const cwd = temporaryFolder(files);
  const project = await projectIn(cwd);
  await propose(project, flags);
  return {
    cwd,
    project,
    desk: (actor = "ada@example.test") => {
      const desk = new ProjectDesk(project, [], actor);
      onTestFinished(() => desk.close());
      return desk;
    },
    read: (path = BANK) => readFileSync(join(cwd, path), "utf8"),
    write: (text, path = BANK) => writeFile(join(cwd, path), text),
  };
}

export async function projectIn(cwd: string): Promise<Project> {
  const sink = { write: () => true };
  return openProject(
    {
      invocation: { command: "review", operands: [], options: {} },
      folder: cwd,
      streams: { out: sink, err: sink, in: process.stdin },
      signal: new AbortController().signal,
    },
    { json: false, quiet: true },
  );
}

async function propose(project: Project, flags: readonly (readonly string[])[]): Promise<void> {
  const store = openProposalStore(project.workspace);
  const targets = readBank(project, []).files.flatMap((file) =>
    file.questions.filter(({ state }) => state === "placeholder").map((question) => ({ file, question })),
  );
  for (const [at, { file, question }] of targets.entries()) {
    const target = { question, path: file.path, fileHash: hashOf(file.source.bytes), revision: 1 };
    const signals: Proposal["header"]["signals"] = { ...SIGNALS, flags: [...(flags[at] ?? [])] };
    store.write(newProposal(target, { body: draftFor(at), signals }, RUN));
  }
}

const SIGNALS: Proposal["header"]["signals"] = {
  confidence: 0.5,
  verdict: "pass",
  findings: [],
  flags: [],
  citations: [],
  key_points: [],
  assumptions: [],
  doubts: [],
};

const RUN: Proposal["header"]["run"] = {
  id: "2030-01-02t03-04-05z",
  provider: "offline",
  model: "offline",
  prompt: "draft@1",
  prompt_hash: hashOf("prompt"),
  request_key: "0".repeat(64),
  tokens_in: 10,
  tokens_out: 20,
  cost_usd: 0.25,
};

export function rowAt(desk: ProjectDesk, at: number): QueueRow {
  const row = desk.queue().rows[at];
  if (row === undefined) throw new Error(`there is no row ${at}`);
  return row;
}

export function proposalItemAt(desk: ProjectDesk, at: number): ProposalItem {
  const item = desk.item(rowAt(desk, at).id, true);
  if (item === undefined || item.kind === "grade") throw new Error(`row ${at} is no draft`);
  return item;
}
