import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { bodyOf, type Behaviour, type Route, type Seen } from "./model-server.ts";

const message = z.object({ role: z.string(), content: z.string() });
const requestLine = z.object({
  custom_id: z.string(),
  method: z.literal("POST"),
  url: z.string(),
  body: z.looseObject({ model: z.string(), input: z.array(message).optional(), messages: z.array(message).optional() }),
});
export type RequestLine = z.infer<typeof requestLine>;
const order = z.object({
  input_file_id: z.string(),
  endpoint: z.string(),
  completion_window: z.literal("24h"),
  metadata: z.record(z.string(), z.string()),
});

export interface HostedBatch {
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly lines: readonly RequestLine[];
  readonly fileId: string;
  status: string;
  looks: number;
  output: string | undefined;
  error: string | undefined;
  errors: readonly { code: string; line?: number }[];
  counts: { readonly completed: number; readonly failed: number };
}

/** How a batch ends: the lines of its two files; a status other than `completed` where it says so. */
export interface Ending {
  readonly status?: string;
  readonly output?: readonly string[];
  readonly error?: readonly string[];
  readonly errors?: readonly { code: string; line?: number }[];
}

/** A moment in the life of a request to the host. `skip` leaves it without an answer. */
export type Moment = "before-upload" | "after-upload" | "before-create" | "after-create" | "answered-create" | "look";

export interface HostOptions {
  readonly behave: (seen: Seen) => Behaviour;
  /** How often a batch is looked at before it is over; 1 by default: the first look sees it in progress. */
  readonly looks?: number | undefined;
  readonly end?: ((batch: HostedBatch, whole: Required<Pick<Ending, "output" | "error">>) => Ending) | undefined;
  readonly at?: ((moment: Moment) => "skip" | undefined) | undefined;
  /** Puts another answer in the place of an honest one, or does it and answers otherwise. `call` is method and path. */
  readonly answer?: ((call: string, honest: () => Answered) => Answered) | undefined;
}

/** Files and batches, as the real service has them, but for time: a batch moves on only when it is looked at. */
export class BatchHost {
  readonly batches: HostedBatch[] = [];
  readonly files = new Map<string, string>();
  /** Requests by method and path. */
  readonly calls: string[] = [];
  options: HostOptions;
  #number = 0;

  constructor(options: HostOptions) {
    this.options = options;
  }

  /** Every name that was asked for, in the order of the batches. */
  get asked(): readonly string[] {
    return this.batches.flatMap(({ lines }) => lines.map((line) => line.custom_id));
  }

  readonly route: Route = (request, response, body) => {
    const url = new URL(request.url ?? "", "http://host");
    const path = url.pathname.replace(/^\/v1/, "");
    if (!/^\/(?:files|batches)(?:\/|$)/.test(path)) return false;
    const call = `${request.method} ${path}`;
    this.calls.push(call);
    const honest = (): Answered => this.#answer(request, path, url.searchParams, body);
    const { answer } = this.options;
    const answered = answer === undefined ? honest() : answer(call, honest);
    if (answered === undefined) request.socket.destroy();
    else send(response, answered);
    if (request.method === "POST" && path === "/batches") this.#at("answered-create");
    return true;
  };

  #answer(request: IncomingMessage, path: string, query: URLSearchParams, body: Buffer): Answered {
    if (request.method === "POST" && path === "/files") return this.#upload(body);
    if (request.method === "POST" && path === "/batches") return this.#create(body);
    if (path === "/batches") return this.#list(query);
    return this.#answerOne(path);
  }

  #answerOne(path: string): Sent {
    const content = /^\/files\/([^/]+)\/content$/.exec(path)?.[1];
    if (content !== undefined) return { text: this.files.get(content) ?? "" };
    const [, id = "", deed] = /^\/batches\/([^/]+)(\/cancel)?$/.exec(path) ?? [];
    const batch = this.batches.find((each) => each.id === id);
    if (batch === undefined) return { status: 404, json: { error: { message: "no such batch" } } };
    if (deed === undefined) this.#look(batch);
    else if (batch.status === "in_progress") this.#finish(batch, { status: "cancelled" });
    else return { status: 409, json: { error: { message: "over" } } };
    return { json: shown(batch) };
  }

  #upload(body: Buffer): Answered {
    if (this.#at("before-upload") === "skip") return undefined;
    const text = body.toString("utf8");
    const start = text.indexOf("\r\n\r\n", text.indexOf("filename=")) + 4;
    this.#number += 1;
    const id = `file-${this.#number}`;
    this.files.set(id, text.slice(start, text.lastIndexOf("\r\n--", text.length - 5)));
    if (this.#at("after-upload") === "skip") return undefined;
    return { json: { id, object: "file", purpose: "batch", created_at: secondsNow() } };
  }

  #create(body: Buffer): Answered {
    if (this.#at("before-create") === "skip") return undefined;
    const { input_file_id: fileId, metadata, endpoint } = order.parse(JSON.parse(body.toString("utf8")));
    const text = this.files.get(fileId);
    if (text === undefined)
      return { status: 400, json: { error: { param: "input_file_id", message: "no such file" } } };
    const lines = text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => requestLine.parse(JSON.parse(line)));
    if (lines.some(({ url }) => url !== endpoint)) throw new Error("a line for another endpoint");
    const id = `batch_${this.batches.length + 1}`;
    const batch = { id, metadata, lines, fileId, status: "in_progress", looks: 0, errors: [], counts: NONE_DONE };
    this.batches.push({ ...batch, output: undefined, error: undefined });
    if (this.#at("after-create") === "skip") return undefined;
    return { json: shown({ ...batch, output: undefined, error: undefined }) };
  }

  #list(query: URLSearchParams): Sent {
    const newest = this.batches.toReversed();
    const from = newest.findIndex(({ id }) => id === query.get("after")) + 1;
    const data = newest.slice(from, from + 2);
    return { json: { object: "list", data: data.map(shown), has_more: from + 2 < newest.length } };
  }

  #look(batch: HostedBatch): void {
    this.#at("look");
    if (batch.status !== "in_progress") return;
    batch.looks += 1;
    if (batch.looks <= (this.options.looks ?? 1)) return;
    const whole = { output: [...this.#results(batch, 200)], error: [...this.#results(batch)] };
    this.#finish(batch, this.options.end?.(batch, whole) ?? whole);
  }

  #finish(batch: HostedBatch, { status = "completed", output = [], error = [], errors = [] }: Ending): void {
    batch.status = status;
    batch.errors = errors;
    batch.counts = { completed: requestsIn(batch, output), failed: requestsIn(batch, error) };
    batch.output = this.#store(output);
    batch.error = this.#store(error);
  }

  *#results(batch: HostedBatch, wanted?: number): Generator<string, void, undefined> {
    for (const [index, line] of batch.lines.entries()) {
      const user = (line.body.input ?? line.body.messages ?? []).findLast(({ role }) => role === "user")?.content ?? "";
      const seen: Seen = { path: line.url, headers: {}, body: line.body, user, attempt: attemptOf(line.custom_id) };
      const done = bodyOf(this.options.behave(seen), line.url, index + 1);
      if ((done?.status === 200) !== (wanted === 200)) continue;
      yield resultLine(line.custom_id, done);
    }
  }

  #store(lines: readonly string[]): string | undefined {
    if (lines.length === 0) return undefined;
    this.#number += 1;
    const id = `file-${this.#number}`;
    this.files.set(id, lines.join("\n"));
    return id;
  }

  #at(moment: Moment): "skip" | undefined {
    return this.options.at?.(moment);
  }
}

const NONE_DONE = { completed: 0, failed: 0 };

/** How many of a batch's requests stand in lines of results. */
function requestsIn({ lines }: HostedBatch, results: readonly string[]): number {
  const named = new Set(results.map((line) => /"custom_id":"([^"]*)"/.exec(line)?.[1]));
  return lines.filter(({ custom_id: id }) => named.has(id)).length;
}

/** What is sent; text may break off in the middle of what was promised. */
export type Sent =
  | { readonly status?: number; readonly json: object }
  | { readonly text: string; readonly isCut?: boolean };
/** Undefined for a connection that is closed without a word. */
export type Answered = Sent | undefined;

function cut(response: ServerResponse, whole: string): void {
  response.writeHead(200, { "content-length": Buffer.byteLength(whole) });
  response.write(whole.slice(0, whole.length / 2), () => response.destroy());
}

function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}

function send(response: ServerResponse, sent: Sent): void {
  if ("text" in sent && sent.isCut === true) cut(response, sent.text);
  else if ("text" in sent) response.writeHead(200, { "content-type": "application/octet-stream" }).end(sent.text);
  else response.writeHead(sent.status ?? 200, { "content-type": "application/json" }).end(JSON.stringify(sent.json));
}

/** The number that an attempt's name ends with. */
function attemptOf(id: string): number {
  return Number(id.slice(id.lastIndexOf("-") + 1));
}

export function resultLine(id: string, done: { status: number; body: object } | undefined): string {
  const response = done && { status_code: done.status, request_id: `req-${id}`, body: done.body };
  return JSON.stringify({ id: "x", custom_id: id, response: response ?? null, error: null });
}

/** The line for a request that the host did not get to. */
export function undoneLine(id: string, code: string): string {
  return JSON.stringify({ id: "x", custom_id: id, response: null, error: { code, message: "words" } });
}

function shown({ id, metadata, lines, fileId, status, output, error, errors, counts }: HostedBatch): object {
  return {
    id,
    object: "batch",
    status,
    input_file_id: fileId,
    metadata,
    created_at: secondsNow(),
    request_counts: { total: lines.length, ...counts },
    output_file_id: output ?? "",
    error_file_id: error ?? null,
    errors: errors.length === 0 ? null : { object: "list", data: errors },
  };
}
