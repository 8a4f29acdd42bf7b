import type { ChildProcess } from "node:child_process";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { collect, startCli, type CliResult } from "../support/run-cli.ts";

/** A request to a review server as its page makes it. */
export interface PageClient {
  readonly url: string;
  readonly child: ChildProcess;
  readonly get: (path: string) => Promise<unknown>;
  readonly send: (method: "POST" | "PUT", path: string, body: unknown, etag?: string) => Promise<Reply>;
  /** Ctrl-C, as from a terminal. */
  readonly stop: () => Promise<CliResult>;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const announcement = z.object({ url: z.string(), port: z.number() });
const session = z.object({ token: z.string() });

/** Starts the command, waits for its address, and trades the launch code for a token. */
export async function openPage(
  cwd: string,
  args: readonly string[] = ["review", "--web"],
  env: Readonly<Record<string, string>> = {},
): Promise<PageClient> {
  const child = startCli([...args, "--no-open", "--json"], { cwd, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = collect(child);
  const { url, port } = await addressOf(child, ended);
  const origin = `http://127.0.0.1:${port}`;
  const headers = { "content-type": "application/json", "x-launch": new URL(url).hash.slice(1) };
  const opened = await fetch(`${origin}/api/session`, { method: "POST", headers, body: "{}" });
  const authorization = `Bearer ${session.parse(await opened.json()).token}`;
  return {
    url,
    child,
    get: async (path) => (await fetch(origin + path, { headers: { authorization } })).json(),
    send: async (method, path, body, etag) => {
      const ifMatch = etag === undefined ? {} : { "if-match": `"${etag}"` };
      const request: RequestInit = {
        method,
        headers: { authorization, "content-type": "application/json", ...ifMatch },
        body: JSON.stringify(body),
      };
      const response = await fetch(origin + path, request);
      return { status: response.status, body: await response.json() };
    },
    stop: async () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}

/** Where a command that was started with --json serves its page. */
export async function addressOf(child: ChildProcess, ended: Promise<CliResult>): Promise<z.infer<typeof announcement>> {
  return announcement.parse(JSON.parse(await firstDocument(child, ended)));
}

function firstDocument(child: ChildProcess, ended: Promise<CliResult>): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
      const end = out.indexOf("\n}\n");
      if (end !== -1) resolve(out.slice(0, end + 2));
    });
    void ended.then(({ code, err }) => reject(new Error(`ended with ${code}: ${err}`)));
  });
}

const row = z.looseObject({
  id: z.string(),
  etag: z.string(),
  status: z.string(),
  state: z.string(),
  candidate: z.string(),
});
const queue = z.object({ version: z.string(), rows: z.array(row), totals: z.record(z.string(), z.number()) });

export async function queueOf(page: PageClient): Promise<z.infer<typeof queue>> {
  return queue.parse(await page.get("/api/queue"));
}
