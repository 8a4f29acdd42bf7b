import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { chooseProvider } from "./choose-provider.ts";
import { fail, ok, warn, type Check } from "./doctor-check.ts";
import { readEnvironment, type Environment } from "./environment.ts";
import { plural } from "./format.ts";
import { findLocalServers } from "./local-server.ts";
import { modelOptions, type ModelOptions } from "./model-options.ts";
import type { Project } from "./open-project.ts";
import { parseOptions } from "./options.ts";
import { PACKAGE_ROOT, packageVersion } from "./package-root.ts";

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

/** What `--provider auto` would ask here; nothing is sent to it. */
export async function checkProvider(project: Project): Promise<readonly Check[]> {
  const options = modelSettings(project);
  const { provider, because, isCharged } = await chooseProvider(options, project.environment, project.workspace);
  const model = provider.model === provider.name ? "" : ` ${provider.model} at ${provider.endpoint}`;
  const chosen = ok("provider", `fill would ask ${provider.name}${model} (${because})`);
  if (!isCharged) return [chosen];
  const { findPrice } = await import("../llm/prices.ts");
  const { model: name, endpoint } = provider;
  const price = await findPrice({ model: name, endpoint, tier: "sync", overrides: options.prices });
  const says = `the price of ${name} is ${price === undefined ? "not known, so costs are not either" : `known (${price.source})`}`;
  return [
    chosen,
    price === undefined ? warn("price", says, "write it under `prices:` in answerkey.config.yaml") : ok("price", says),
  ];
}

export function modelSettings({ config }: Project): ModelOptions {
  return parseOptions(modelOptions, config.fill);
}

/** Servers that were not asked for are offered, with the words that ask them. */
export async function checkLocalServers(): Promise<readonly Check[]> {
  const servers = await findLocalServers();
  if (servers.length === 0)
    return [ok("local servers", "none at the usual places of Ollama, LM Studio, vLLM, llama.cpp")];
  return servers.map(({ name, url, models }) =>
    ok(
      "local servers",
      `${name} answers at ${url}: ${models.slice(0, 6).join(", ")}${models.length > 6 ? ", …" : ""}`,
      `answerkey fill --base-url ${url} --model ${models[0] ?? ""}`,
    ),
  );
}

/** The queue that runs may be handed to; not looked for where none is named. The server gets its tables if it has none. */
export async function checkQueue({ environment: { database }, clock }: Project): Promise<readonly Check[]> {
  if (database === undefined) return [];
  const { checkQueueServer } = await import("../engine/queue/queue-server.ts");
  const { name, version, workers, waiting } = await checkQueueServer(database, clock);
  const says = `${name} answers: PostgreSQL ${version}, ${plural(workers, "worker")}, ${plural(waiting, "job")} waiting`;
  const isIdle = waiting > 0 && workers === 0;
  return [isIdle ? warn("queue", says, "start one with answerkey worker") : ok("queue", says)];
}

/** Where requests would go; undefined where there is no endpoint of the user's own. */
export function endpointOf({ apiKey, baseUrl }: Environment): string | undefined {
  return baseUrl ?? (apiKey === undefined ? undefined : "https://api.openai.com/v1");
}
