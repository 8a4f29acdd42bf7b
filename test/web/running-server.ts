import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { type ReviewServer, type ReviewServerOptions, startReviewServer } from "../../src/web/server.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { FakeDesk } from "./fake-desk.ts";

export const ASSETS = { html: "<!doctype html><title>page</title>", script: "export {};", style: "body{}" };

export interface Running {
  readonly server: ReviewServer;
  readonly origin: string;
  readonly host: string;
  readonly launchCode: string;
  readonly errors: readonly unknown[];
}

/** A server of the review page, stopped when the test ends. */
export async function startServer(options: Partial<ReviewServerOptions> = {}): Promise<Running> {
  const errors: unknown[] = [];
  const server = await startReviewServer({
    desk: new FakeDesk(),
    assets: ASSETS,
    clock: systemClock(),
    randomBytes,
    onError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(() => server.stop());
  const host = `127.0.0.1:${server.port}`;
  return { server, host, origin: `http://${host}`, launchCode: new URL(server.url).hash.slice(1), errors };
}

export const sessionReply = z.object({ token: z.string() });

export async function redeem({ origin, launchCode }: Running): Promise<Response> {
  const headers = { "content-type": "application/json", "x-launch": launchCode };
  return fetch(`${origin}/api/session`, { method: "POST", headers, body: "{}" });
}

/** What a page that opened the url may do. */
export async function openClient(running: Running): Promise<Client> {
  const { token } = sessionReply.parse(await (await redeem(running)).json());
  return new Client(running.origin, token);
}

interface Sent {
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Client {
  readonly origin: string;
  readonly token: string;

  constructor(origin: string, token: string) {
    this.origin = origin;
    this.token = token;
  }

  get(path: string, signal?: AbortSignal): Promise<Response> {
    return fetch(this.origin + path, { headers: this.#headers({}), ...(signal !== undefined && { signal }) });
  }

  send(method: string, path: string, body: unknown, sent: Sent = {}): Promise<Response> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return fetch(this.origin + path, { method, headers: this.#headers(sent), body: text });
  }

  #headers({ etag, headers }: Sent): Readonly<Record<string, string>> {
    const match = etag === undefined ? {} : { "if-match": `"${etag}"` };
    return { authorization: `Bearer ${this.token}`, "content-type": "application/json", ...match, ...headers };
  }
}
