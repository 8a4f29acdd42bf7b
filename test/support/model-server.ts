import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";

/** One request as the server saw it. */
export interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** Content of the last user message. */
  readonly user: string;
  /** 1 for the first request with this last user message. */
  readonly attempt: number;
}

/** What the server does with a request. */
export type Behaviour =
  | {
      readonly kind: "reply";
      readonly text: string | null;
      readonly finish?: "stop" | "length" | "content_filter" | undefined;
      readonly refusal?: string | undefined;
      readonly usage?: WireUsage | "none" | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  | {
      readonly kind: "error";
      readonly status: number;
      readonly error?: Readonly<Record<string, unknown>> | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  | { readonly kind: "raw"; readonly status: number; readonly body: string; readonly headers?: Record<string, string> }
  | { readonly kind: "disconnect" }
  | { readonly kind: "hang" }
  /** Sends headers and half a body, then nothing. */
  | { readonly kind: "stall" };

export interface WireUsage {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly cacheWrite?: number;
  readonly reasoning?: number;
}

export interface ModelServer {
  readonly url: string;
  readonly requests: readonly Seen[];
  close(): Promise<void>;
}

const message = z.object({ role: z.string(), content: z.string() });
const requestBody = z.looseObject({
  model: z.string(),
  input: z.array(message).optional(),
  messages: z.array(message).optional(),
});

export const reply = (text: string | null, more: object = {}): Behaviour => ({ kind: "reply", text, ...more });
export const errorReply = (status: number, error?: object, headers?: Record<string, string>): Behaviour => ({
  kind: "error",
  status,
  ...(error !== undefined && { error: { ...error } }),
  ...(headers !== undefined && { headers }),
});

/** Takes requests that are not about one reply; true where it did. */
export type Route = (request: IncomingMessage, response: ServerResponse, body: Buffer) => boolean;

/** An OpenAI-compatible endpoint on the loopback interface that does with each request what `behave` says. */
export async function startModelServer(
  behave: (seen: Seen) => Behaviour,
  { delayMs = 0, route }: { readonly delayMs?: number; readonly route?: Route | undefined } = {},
): Promise<ModelServer> {
  const requests: Seen[] = [];
  const attempts = new Map<string, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (route?.(request, response, Buffer.concat(chunks)) === true) return;
      const body = requestBody.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      const user = (body.input ?? body.messages ?? []).findLast(({ role }) => role === "user")?.content ?? "";
      const path = request.url ?? "";
      const attempt = (attempts.get(user) ?? 0) + 1;
      attempts.set(user, attempt);
      const seen = { path, headers: request.headers, body, user, attempt };
      requests.push(seen);
      const number = requests.length;
      const answer = (): void => perform(behave(seen), seen, number, response);
      if (delayMs === 0) answer();
      else setTimeout(answer, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function perform(behaviour: Behaviour, seen: Seen, number: number, response: ServerResponse): void {
  const id = { "x-request-id": `req-${number}`, "content-type": "application/json" };
  switch (behaviour.kind) {
    case "reply": {
      const body = seen.path.endsWith("/responses") ? responsesReply : chatReply;
      response.writeHead(200, { ...id, ...behaviour.headers }).end(JSON.stringify(body(behaviour, number)));
      return;
    }
    case "error":
      response
        .writeHead(behaviour.status, { ...id, ...behaviour.headers })
        .end(JSON.stringify({ error: { message: "words of the provider", ...behaviour.error } }));
      return;
    case "raw":
      response.writeHead(behaviour.status, { ...id, ...behaviour.headers }).end(behaviour.body);
      return;
    case "disconnect":
      response.destroy();
      return;
    case "stall":
      response.writeHead(200, id).write('{"id":');
      return;
    case "hang":
  }
}

/** Status and body of what a server does with a request, where it does anything. */
export function bodyOf(
  behaviour: Behaviour,
  path: string,
  number: number,
): { status: number; body: object } | undefined {
  if (behaviour.kind === "error") return { status: behaviour.status, body: { error: { ...behaviour.error } } };
  if (behaviour.kind !== "reply") return undefined;
  return { status: 200, body: (path.endsWith("/responses") ? responsesReply : chatReply)(behaviour, number) };
}

type ReplyBehaviour = Extract<Behaviour, { kind: "reply" }>;

function usageOf({ usage }: ReplyBehaviour): WireUsage | undefined {
  return usage === "none" ? undefined : (usage ?? { input: 100, output: 20 });
}

function responsesReply(behaviour: ReplyBehaviour, number: number): object {
  const { text, finish = "stop", refusal } = behaviour;
  const usage = usageOf(behaviour);
  const reasons = { stop: null, length: "max_output_tokens", content_filter: "content_filter" };
  return {
    id: `resp-${number}`,
    object: "response",
    model: "test-model-2026",
    status: finish === "stop" ? "completed" : "incomplete",
    incomplete_details: finish === "stop" ? null : { reason: reasons[finish] },
    output: [
      { type: "reasoning", summary: [] },
      {
        type: "message",
        role: "assistant",
        content: refusal === undefined ? [{ type: "output_text", text }] : [{ type: "refusal", refusal }],
      },
    ],
    ...(usage !== undefined && {
      usage: {
        input_tokens: usage.input,
        input_tokens_details: { cached_tokens: usage.cached ?? 0, cache_write_tokens: usage.cacheWrite ?? 0 },
        output_tokens: usage.output,
        output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
      },
    }),
  };
}

function chatReply(behaviour: ReplyBehaviour, number: number): object {
  const { text, finish = "stop", refusal } = behaviour;
  const usage = usageOf(behaviour);
  return {
    id: `chat-${number}`,
    object: "chat.completion",
    model: "test-model-2026",
    choices: [
      { index: 0, finish_reason: finish, message: { role: "assistant", content: text, refusal: refusal ?? null } },
    ],
    ...(usage !== undefined && {
      usage: {
        prompt_tokens: usage.input,
        prompt_tokens_details: { cached_tokens: usage.cached ?? 0 },
        completion_tokens: usage.output,
        completion_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
      },
    }),
  };
}
