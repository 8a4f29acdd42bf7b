import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { fail, ok, warn, type Check } from "./doctor-check.ts";
import { readEnvironment } from "../environment.ts";
import { plural } from "../format.ts";
import type { Project } from "../open-project.ts";
import { PACKAGE_ROOT, packageVersion } from "../package-root.ts";

const manifest = z.object({ engines: z.object({ node: z.string() }) });

export function checkRuntime(): readonly Check[] {
  const needed = manifest.parse(JSON.parse(readFileSync(`${PACKAGE_ROOT}package.json`, "utf8"))).engines.node;
  const says = `answerkey ${packageVersion()} on Node ${process.versions.node}, ${process.platform}`;
  const isNew = isAtLeast(process.versions.node, needed.replace(/^\D+/, ""));
  return [isNew ? ok("runtime", says) : fail("runtime", says, `install Node ${needed}`)];
}

function isAtLeast(version: string, least: string): boolean {
  const [own, other] = [version, least].map((text) => text.split(".").map(Number));
  const differing = (other ?? []).findIndex((part, at) => part !== own?.[at]);
  return differing === -1 || (own?.[differing] ?? 0) > (other?.[differing] ?? 0);
}

/** Whether there is a key, and where it comes from; never what it is. */
export async function checkKey({ config: { root }, environment }: Project): Promise<readonly Check[]> {
  const inProcess = await readEnvironment(root, undefined, false);
  return [
    environment.apiKey === undefined
      ? ok("key", "no OPENAI_API_KEY; none is needed for --provider offline or a server on this machine")
      : ok("key", `OPENAI_API_KEY is set, ${inProcess.apiKey === undefined ? "in .env" : "in the environment"}`),
    ...environment.warnings.map((says) => warn("key", says, "until then other users of this machine can read the key")),
    ...(await checkIgnored(root)),
  ];
}

/** A key that git would take up is a key that is published sooner or later. */
async function checkIgnored(root: string): Promise<readonly Check[]> {
  if (!existsSync(join(root, ".env")) || !existsSync(join(root, ".git"))) return [];
  try {
    // The folder may be a stranger's: its configuration must not name a program that git then runs.
    const safe = ["-c", "core.fsmonitor=false"];
    await promisify(execFile)("git", [...safe, "check-ignore", "-q", ".env"], { cwd: root, timeout: 2000 });
    return [];
  } catch (error) {
    const isSaid = error instanceof Error && "code" in error && error.code === 1;
    return isSaid ? [warn("key", ".env is not ignored by git", "answerkey init --gitignore adds it")] : [];
  }
}

/** The queue that runs may be handed to; not looked for where none is named. The server gets its tables if it has none. */
export async function checkQueue({ environment: { database }, clock }: Project): Promise<readonly Check[]> {
  if (database === undefined) return [];
  const { checkQueueServer } = await import("../../engine/queue/queue-server.ts");
  const { name, version, workers, waiting } = await checkQueueServer(database, clock);
  const says = `${name} answers: PostgreSQL ${version}, ${plural(workers, "worker")}, ${plural(waiting, "job")} waiting`;
  const isIdle = waiting > 0 && workers === 0;
  return [isIdle ? warn("queue", says, "start one with answerkey worker") : ok("queue", says)];
}
