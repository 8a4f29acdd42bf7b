import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { sha256Hex } from "../core/hash.ts";
import type { ProviderRequest } from "../core/model.ts";
import type {
  Answer,
  AskedLine,
  BatchEndpoint,
  BatchLine,
  BatchOrder,
  BatchPage,
  BatchReply,
  BatchResult,
  BatchState,
  UploadedFile,
} from "./batch-endpoint.ts";
import type { Capabilities } from "./capabilities.ts";
import { type HttpBody, linesOf, openExchange, textOf } from "./http-exchange.ts";
import type { LearnedCapabilities } from "./learned-capabilities.ts";
import { readBatchPage, readBatchResult, readBatchState } from "./openai-batch-wire.ts";
import { readBatchReply } from "./openai-batch-reply.ts";
import { CONNECTION_FAILED, failureOf, unreadable } from "./openai-failure.ts";
import { chatBody, responsesBody } from "./openai-request.ts";
import { retryAfterMs, safeCode, safeName } from "./response-headers.ts";

export interface OpenAiBatchesOptions {
  readonly endpoint: string;
  readonly model: string;
  readonly apiKey: string | undefined;
  readonly timeoutMs: number;
  readonly learned: LearnedCapabilities;
}

const uploaded = z.object({ id: z.string().min(1).max(128), created_at: z.number().nullish().catch(undefined) });
const errorBody = z.object({ error: z.object({ code: z.string().nullish(), type: z.string().nullish() }) });

/** Files and batches of an OpenAI-compatible endpoint. Bodies are streamed, so that a file of any size takes little memory. */
export class OpenAiBatches implements BatchEndpoint {
  readonly account: string;
  readonly #options: OpenAiBatchesOptions;

  constructor(options: OpenAiBatchesOptions) {
    this.#options = options;
    this.account = sha256Hex(`answerkey ${options.endpoint} ${options.apiKey ?? ""}`).slice(0, 12);
  }

  get able(): Capabilities {
    return this.#options.learned.current;
  }

  line(id: string, request: ProviderRequest): BatchLine {
    const wire = { model: this.#options.model, tier: "sync" } as const;
    const isResponses = this.able.api === "responses";
    return {
      custom_id: id,
      method: "POST",
      url: isResponses ? "/v1/responses" : "/v1/chat/completions",
      body: (isResponses ? responsesBody : chatBody)(request, this.able, wire),
    };
  }

  async upload(path: string, name: string, signal: AbortSignal): Promise<Answer<UploadedFile>> {
    const answer = await this.#json("POST", "/files", signal, fileBody(path, name));
    return understood(answer, readUploaded);
  }

  async create({ fileId, url, metadata }: BatchOrder, signal: AbortSignal): Promise<Answer<BatchState>> {
    const order = { input_file_id: fileId, endpoint: url, completion_window: "24h", metadata };
    return understood(await this.#json("POST", "/batches", signal, jsonBody(order)), readBatchState);
  }

  async state(id: string, signal: AbortSignal): Promise<Answer<BatchState>> {
    return understood(await this.#json("GET", `/batches/${encodeURIComponent(id)}`, signal), readBatchState);
  }

  async cancel(id: string, signal: AbortSignal): Promise<Answer<BatchState>> {
    const path = `/batches/${encodeURIComponent(id)}/cancel`;
    return understood(await this.#json("POST", path, signal, jsonBody({})), readBatchState);
  }

  async list(after: string | undefined, signal: AbortSignal): Promise<Answer<BatchPage>> {
    const cursor = after === undefined ? "" : `&after=${encodeURIComponent(after)}`;
    return understood(await this.#json("GET", `/batches?limit=100${cursor}`, signal), readBatchPage);
  }

  async *results(
    fileId: string,
    signal: AbortSignal,
  ): AsyncGenerator<Answer<BatchResult | undefined>, void, undefined> {
    try {
      const message = await this.#open("GET", `/files/${encodeURIComponent(fileId)}/content`, signal);
      if (message.statusCode !== 200) yield await refusal(message);
      else
        for await (const line of linesOf(message))
          yield { kind: "done", value: line === undefined ? undefined : readBatchResult(line) };
    } catch {
      yield broken(signal);
    }
  }

  reply(result: BatchResult, asked: AskedLine): BatchReply {
    return readBatchReply(result, asked, this.#options.learned);
  }

  async #json(method: "GET" | "POST", path: string, signal: AbortSignal, body?: HttpBody): Promise<Answer<unknown>> {
    try {
      const message = await this.#open(method, path, signal, body);
      const isGood = message.statusCode !== undefined && message.statusCode >= 200 && message.statusCode < 300;
      return isGood ? { kind: "done", value: parsed(await textOf(message)) } : await refusal(message);
    } catch {
      return broken(signal);
    }
  }

  #open(method: "GET" | "POST", path: string, signal: AbortSignal, body?: HttpBody): Promise<IncomingMessage> {
    const { endpoint, apiKey, timeoutMs } = this.#options;
    const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    return openExchange({ method, url: `${endpoint}${path}`, headers, body, signal, idleMs: timeoutMs });
  }
}

function broken(signal: AbortSignal): { readonly kind: "aborted" } | Extract<Answer<never>, { kind: "failure" }> {
  return signal.aborted ? { kind: "aborted" } : { kind: "failure", failure: CONNECTION_FAILED };
}

async function refusal(message: IncomingMessage): Promise<Extract<Answer<never>, { kind: "failure" }>> {
  const { headers } = message;
  const { data } = errorBody.safeParse(parsed(await textOf(message)));
  const failure = failureOf({
    status: message.statusCode ?? 0,
    code: safeCode(data?.error.code ?? data?.error.type),
    requestId: safeName(headers["x-request-id"]),
    retryAfterMs: retryAfterMs(headers, Date.now()),
  });
  return { kind: "failure", failure };
}

function understood<Value>(answer: Answer<unknown>, read: (value: unknown) => Value | undefined): Answer<Value> {
  if (answer.kind !== "done") return answer;
  const value = read(answer.value);
  return value === undefined ? { kind: "failure", failure: unreadable(200, undefined) } : { kind: "done", value };
}

function readUploaded(value: unknown): UploadedFile | undefined {
  const { data } = uploaded.safeParse(value);
  if (data === undefined) return undefined;
  return { id: data.id, createdAt: data.created_at == null ? undefined : data.created_at * 1_000 };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function jsonBody(value: unknown): HttpBody {
  const text = JSON.stringify(value);
  return { type: "application/json", length: Buffer.byteLength(text), parts: [text] };
}

/** As a form with the file in it; its length is told beforehand, because not every endpoint takes bodies without. */
function fileBody(path: string, name: string): HttpBody {
  const boundary = `answerkey-${randomUUID()}`;
  const field = (head: string): string => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n`;
  const before = `${field('name="purpose"')}\r\nbatch\r\n${field(`name="file"; filename="${name}"`)}Content-Type: application/jsonl\r\n\r\n`;
  const after = `\r\n--${boundary}--\r\n`;
  const length = Buffer.byteLength(before) + statSync(path).size + Buffer.byteLength(after);
  return { type: `multipart/form-data; boundary=${boundary}`, length, parts: [before, { path }, after] };
}
