import { execFile, execFileSync, spawn } from "node:child_process";
import { cpSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { checkQueueServer } from "../../src/engine/queue/queue-server.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { hasTerminal, lastScreen, typeAt } from "../e2e/typist.ts";
import { PROMPT, type Block } from "./document-blocks.ts";
import { BatchHost } from "./batch-host.ts";
import { documentReply } from "./document-replies.ts";
import { startModelServer } from "./model-server.ts";
import { startPostgres, until } from "./postgres-server.ts";
import { temporaryFolder, writeFile } from "./temporary-folder.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const BIN = `"${process.execPath}" "${join(ROOT, "dist/bin.js")}"`;
/** 2030-01-02T03:04:05Z: with it names of runs are the same each time. */
const MOMENT = "1893553445";
/** Where the documents say that a model is served; here it is the tests' own server. */
const ADDRESSES = ["http://localhost:11434/v1", "https://gateway.example.org/v1"];
/** Where they say that a PostgreSQL runs; here it is one of the tests' own, begun where a document names it. */
const DATABASE = "postgres://postgres:choose-one@127.0.0.1:5432/postgres";

/** Where a document's commands are run, from its first block to its last. */
export interface DocumentProject {
  readonly cwd: string;
  /** Runs a block; the new content of one that shows output. */
  readonly perform: (block: Block) => Promise<string | undefined>;
}

/** A new folder, or a repository with the shipped bank, and a model server behind the addresses that the documents name. */
export async function documentProject(withExample: boolean): Promise<DocumentProject> {
  const cwd = temporaryFolder();
  const home = temporaryFolder({ ".gitconfig": GIT_CONFIG });
  if (withExample) {
    cpSync(join(ROOT, "questions"), join(cwd, "questions"), { recursive: true });
    const commit = "git init -q && git add . && git commit -qm 'The bank'";
    execFileSync("bash", ["-c", commit], { cwd, env: { PATH: process.env["PATH"] ?? "", HOME: home } });
  }
  const origin = await serveModels();
  const queue = postgresIfAny();
  const prelude = `answerkey() { ${BIN} "$@"; }; `;
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, NO_COLOR: "1", SOURCE_DATE_EPOCH: MOMENT };
  const here = async (text: string): Promise<string> => origin.here(await queue.here(text));
  const run = async (script: string, options: string): Promise<string> => {
    const { stdout } = await promisify(execFile)("bash", [options, prelude + script], { cwd, env });
    return origin.there(queue.there(stdout)).replaceAll(cwd, "/home/ada/project");
  };
  const session = { cwd, env, here, run, isReady: queue.hasWorkers };
  const onScreen = async (command: string, keys: readonly string[]): Promise<string> =>
    screenAfter({ command: ["bash", "-c", prelude + command], cwd, env }, keys);
  return {
    cwd,
    perform: async (block) => {
      if (block.kind !== "screen") return performed(block, session);
      // Without a terminal to be had, what was recorded on one stands.
      return hasTerminal ? `${block.line}\n${await onScreen(block.command, block.keys)}` : undefined;
    },
  };
}

const SCREEN = [18, 80] as const;

/** What the review shows on a terminal once the keys were typed, each when the screen was drawn again. */
async function screenAfter(
  task: { readonly command: readonly string[]; readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  keys: readonly string[],
): Promise<string> {
  const steps = [...keys, "q"].map((type) => ({ see: "q quit", type }));
  const { chunks } = await typeAt({ ...task, size: SCREEN, steps });
  const lines = lastScreen(chunks[keys.length] ?? "").map((line) => line.trimEnd());
  return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1).join("\n");
}

/** The terminal of whoever follows a document. */
interface Session {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly here: (text: string) => Promise<string>;
  readonly run: (script: string, options: string) => Promise<string>;
  /** Waits until so many workers are at the queue. */
  readonly isReady: (workers: number) => Promise<void>;
}

async function performed(block: Block, session: Session): Promise<string | undefined> {
  const { cwd, here, run } = session;
  if (block.kind === "file") writeFile(join(cwd, block.path), await here(block.content));
  if (block.kind === "script") await perform(await here(block.script), session);
  if (block.kind !== "console") return undefined;
  const shown: string[] = [];
  for (const command of block.commands) {
    // What a command comes to is part of what it prints; the next one runs all the same, as in a terminal.
    shown.push(`${PROMPT}${command}\n${steady(await run(together(await here(command)), "-c"))}`.trimEnd());
  }
  return shown.join("\n");
}

const EXPORTED = /^export (.*)$/gm;
const BEHIND = /answerkey [^\n&]*&/g;

/** What is exported holds until the document ends, and what is begun behind runs so long. */
async function perform(script: string, { cwd, env, run, isReady }: Session): Promise<void> {
  for (const [, pairs = ""] of script.matchAll(EXPORTED)) {
    for (const [name = "", value = ""] of pairs.split(" ").map((pair) => pair.split(/=(.*)/))) env[name] = value;
  }
  const workers = Array.from(script.matchAll(BEHIND), ([command]) => command.slice(0, -1));
  for (const command of workers) {
    const child = spawn("bash", ["-c", `exec ${command.replace("answerkey", BIN)}`], { cwd, env, stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
  }
  await run(`set -e; ${FOUND_IS_FINE}${script.replace(BEHIND, "")}`, "-c");
  if (workers.length > 0) await isReady(workers.length);
}

/** All that a command prints. A pipe leaves open when its notes come; here they stand behind its output. */
function together(command: string): string {
  if (!command.includes(" | ")) return `{ ${command}; } 2>&1; true`;
  return `notes=$(mktemp); { ${command}; } 2> "$notes"; cat "$notes"; rm "$notes"`;
}

/** A script goes on where something was found or waits (1), and fails where a command could not run (2). */
const FOUND_IS_FINE = `answerkey() { local code=0; ${BIN} "$@" || code=$?; [ "$code" -le 1 ]; }; `;

const GIT_CONFIG = "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n";

/** Without what the machine or its clock decides: how far a run is after five seconds, how long a reply took. */
function steady(printed: string): string {
  return (
    printed
      .replace(/^\d+\/\d+ done .*\n/gm, "")
      .replace(/within \d+ ms/g, "within 3 ms")
      // The name of a run on a queue ends with a hash of its machine and folder.
      .replace(/(\d\dz)-[0-9a-f]{6}\b/g, "$1-5a7e02")
      .replace(/by \d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "by 2030-01-03 03:04 UTC")
  );
}

async function ownDatabase(): Promise<string> {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  return server.newDatabase();
}

function postgresIfAny() {
  let own: string | undefined;
  return {
    here: async (text: string): Promise<string> => {
      if (text.includes(DATABASE)) own ??= await ownDatabase();
      return own === undefined ? text : text.replaceAll(DATABASE, own);
    },
    there: (text: string): string =>
      own === undefined ? text : text.replaceAll(own.replace(/.*@/, ""), DATABASE.replace(/.*@/, "")),
    hasWorkers: (count: number): Promise<void> => {
      const database = own ?? "";
      return until(async () => (await checkQueueServer(database, systemClock())).workers >= count);
    },
  };
}

async function serveModels() {
  const host = new BatchHost({ behave: documentReply });
  const server = await startModelServer(documentReply, {
    route: (request, response, body) => listModels(request, response) || host.route(request, response, body),
  });
  onTestFinished(() => server.close());
  let [named = ""] = ADDRESSES;
  return {
    here: (text: string): string => {
      named = ADDRESSES.find((address) => text.includes(address)) ?? named;
      return ADDRESSES.reduce((changed, address) => changed.replaceAll(address, server.url), text);
    },
    there: (text: string): string => text.replaceAll(server.url, named),
  };
}

function listModels({ method, url }: IncomingMessage, response: ServerResponse): boolean {
  if (method !== "GET" || url !== "/v1/models") return false;
  const data = ["llama3.1", "gpt-5-mini"].map((id) => ({ id, object: "model" }));
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ object: "list", data }));
  return true;
}
