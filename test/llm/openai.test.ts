import { inspect } from "node:util";
import { afterEach, expect, test } from "vitest";
import type { Provider, ProviderRequest, Reply } from "../../src/core/model.ts";
import { type Capabilities, FULL } from "../../src/llm/capabilities.ts";
import { type OpenAiOptions, openAiProvider } from "../../src/llm/openai.ts";
import { wireSchema } from "../../src/llm/wire-schema.ts";
import { MemoryRecordLog } from "../support/memory-record-log.ts";
import { answerSchema, countStatuses, modelRig, questions } from "../support/model-rig.ts";
import {
  type Behaviour,
  errorReply,
  type ModelServer,
  reply,
  type Seen,
  startModelServer,
} from "../support/model-server.ts";

const KEY = "sk-planted-0123456789";
const GOOD = '{"answer":"yes"}';
const request: ProviderRequest = {
  key: "0".repeat(64),
  task: "draft",
  input: {},
  messages: [{ role: "user", content: "Why?" }],
  jsonSchema: wireSchema(answerSchema),
  maxOutputTokens: 100,
  sampling: { temperature: 0.2, reasoningEffort: "low" },
};
const { signal } = new AbortController();
let server: ModelServer | undefined;
afterEach(() => server?.close());

interface Connected {
  readonly provider: Provider;
  readonly learned: Capabilities[];
  readonly server: ModelServer;
}

async function connect(behave: (seen: Seen) => Behaviour, options: Partial<OpenAiOptions> = {}): Promise<Connected> {
  server = await startModelServer(behave);
  const learned: Capabilities[] = [];
  const onCapabilities = (able: Capabilities): void => void learned.push(able);
  const baseUrl = server.url;
  const provider = openAiProvider({ model: "test-model", apiKey: KEY, baseUrl, onCapabilities, ...options });
  return { provider, learned, server };
}

const onPath = (path: string, good: Behaviour): ((seen: Seen) => Behaviour) => {
  return (seen) => (seen.path.endsWith(path) ? good : errorReply(404));
};

test.each([
  [
    { input: 12.4, output: 0.6 },
    { inputTokens: 12, outputTokens: 1 },
  ],
  [
    { input: 1e300, output: 7 },
    { inputTokens: 1_000_000_000, outputTokens: 7 },
  ],
])("an endpoint that counts %j tokens has used whole ones, of an honest number: %j", async (usage, expected) => {
  const { provider } = await connect(() => reply(GOOD, { usage }));
  expect(await provider.send(request, signal)).toMatchObject({ kind: "completion", usage: expected });
});

test("the Responses API is asked with a strict schema and read whole", async () => {
  const usage = { input: 50, cached: 10, cacheWrite: 5, output: 30, reasoning: 12 };
  const headers = {
    "x-ratelimit-limit-requests": "600",
    "x-ratelimit-remaining-requests": "599",
    "x-ratelimit-reset-requests": "100ms",
    "x-ratelimit-remaining-tokens": "1000",
    "x-ratelimit-reset-tokens": "1m2.5s",
  };
  const { provider, learned, server: seen } = await connect(() => reply(GOOD, { usage, headers }));
  expect(await provider.send(request, signal)).toEqual({
    kind: "completion",
    finish: "complete",
    text: GOOD,
    format: "schema",
    usage: { inputTokens: 50, cachedInputTokens: 10, cacheWriteTokens: 5, outputTokens: 30, reasoningTokens: 12 },
    modelAnswered: "test-model-2026",
    responseId: "resp-1",
    requestId: "req-1",
    limits: {
      requests: { limit: 600, remaining: 599, resetMs: 100 },
      tokens: { limit: undefined, remaining: 1000, resetMs: 62_500 },
    },
  });
  expect(seen.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(seen.requests[0]?.body).toEqual({
    model: "test-model",
    input: [{ role: "user", content: "Why?" }],
    max_output_tokens: 100,
    store: false,
    text: { format: { type: "json_schema", name: "draft", strict: true, schema: request.jsonSchema } },
    temperature: 0.2,
    reasoning: { effort: "low" },
  });
  expect(learned).toEqual([FULL]);
});

test("an endpoint without the Responses API is learned once and asked by chat completions", async () => {
  const { provider, learned, server: seen } = await connect(onPath("/chat/completions", reply(GOOD)), { tier: "flex" });
  const replies = [await provider.send(request, signal), await provider.send(request, signal)];
  expect(replies.map((one) => one.kind === "completion" && one.text)).toEqual([GOOD, GOOD]);
  expect(seen.requests.map(({ path }) => path)).toEqual([
    "/v1/responses",
    "/v1/chat/completions",
    "/v1/chat/completions",
  ]);
  expect(seen.requests[1]?.body).toEqual({
    model: "test-model",
    messages: [{ role: "user", content: "Why?" }],
    max_completion_tokens: 100,
    response_format: { type: "json_schema", json_schema: { name: "draft", strict: true, schema: request.jsonSchema } },
    temperature: 0.2,
    reasoning_effort: "low",
    service_tier: "flex",
  });
  expect(learned).toEqual([{ ...FULL, api: "chat" }]);
});

test("what was learned before is used at once", async () => {
  const able: Capabilities = {
    api: "chat",
    format: "json",
    outputLimit: "max_tokens",
    omitted: ["temperature", "reasoning"],
  };
  const { provider, learned, server: seen } = await connect(() => reply(GOOD), { capabilities: able });
  await provider.send(request, signal);
  expect(seen.requests.map(({ body }) => body)).toEqual([
    {
      model: "test-model",
      messages: [
        {
          role: "system",
          content: `Reply with one JSON object that fits this JSON schema, and with nothing before or after it:\n${JSON.stringify(request.jsonSchema)}`,
        },
        { role: "user", content: "Why?" },
      ],
      max_tokens: 100,
      response_format: { type: "json_object" },
    },
  ]);
  expect(learned).toEqual([]);
});

test("parameters that the endpoint names are given up one by one", async () => {
  const { provider, learned } = await connect(({ path, body }) => {
    if (!path.endsWith("/chat/completions")) return errorReply(404);
    const wrong = [
      ["max_completion_tokens", "max_completion_tokens"],
      ["temperature", "temperature"],
      ["reasoning_effort", "reasoning_effort"],
    ].find(([name]) => name !== undefined && name in body);
    if (wrong !== undefined) return errorReply(400, { param: wrong[1], code: "unsupported_parameter" });
    const format = body["response_format"];
    return format === undefined ? reply(`\`\`\`json\n${GOOD}\n\`\`\``) : errorReply(400, { param: "response_format" });
  });
  expect(await provider.send(request, signal)).toMatchObject({ kind: "completion", format: "plain" });
  expect(learned).toEqual([
    { api: "chat", format: "plain", outputLimit: "max_tokens", omitted: ["temperature", "reasoning"] },
  ]);
});

test("an endpoint that names nothing is tried rung by rung, and no more once it has worked", async () => {
  let isOk = true;
  const {
    provider,
    learned,
    server: seen,
  } = await connect(({ body }) => {
    const format = JSON.stringify(body["response_format"] ?? body["text"] ?? "");
    return isOk && !format.includes("json_schema") ? reply(GOOD) : errorReply(400);
  });
  expect(await provider.send(request, signal)).toMatchObject({ kind: "completion", format: "json" });
  expect(learned).toEqual([{ api: "chat", format: "json", outputLimit: "max_tokens", omitted: [] }]);
  isOk = false;
  const before = seen.requests.length;
  expect(await provider.send(request, signal)).toMatchObject({
    kind: "failure",
    failure: { scope: "item", status: 400 },
  });
  expect(seen.requests.length - before).toBe(1);
});

test("an endpoint that ignores the schema and fences its JSON is held to no more than asking", async () => {
  const { provider, learned } = await connect(() => reply(`\`\`\`json\n${GOOD}\n\`\`\``));
  expect(await provider.send(request, signal)).toMatchObject({ kind: "completion", format: "plain" });
  expect(learned).toEqual([{ ...FULL, format: "plain" }]);
});

test("requests sent at once learn once, and none undoes what another has learned", async () => {
  const { provider, learned } = await connect(() => reply(`\`\`\`json\n${GOOD}\n\`\`\``));
  const send = (): Promise<Reply> => provider.send(request, signal);
  const replies = [...(await Promise.all([send(), send(), send()])), await send()];
  expect(replies.map((one) => one.kind === "completion" && one.format)).toEqual(["plain", "plain", "plain", "plain"]);
  expect(learned).toEqual([{ ...FULL, format: "plain" }]);
});

test.each([
  ["/responses", { refusal: "I cannot" }, { finish: "refused", text: "I cannot" }],
  ["/chat/completions", { refusal: "I cannot" }, { finish: "refused", text: "I cannot" }],
  ["/responses", { finish: "length" }, { finish: "length", text: "half" }],
  ["/chat/completions", { finish: "length" }, { finish: "length", text: "half" }],
  ["/responses", { finish: "content_filter" }, { finish: "filtered", text: "half" }],
  ["/chat/completions", { finish: "content_filter" }, { finish: "filtered", text: "half" }],
] as const)("%s: %j becomes %j with its usage", async (path, more, expected) => {
  const { provider } = await connect(onPath(path, reply("half", more)));
  const usage = { inputTokens: 100, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 20, reasoningTokens: 0 };
  expect(await provider.send(request, signal)).toMatchObject({ kind: "completion", ...expected, usage });
});

test("a missing text is empty, a missing count is estimated", async () => {
  const { provider } = await connect(onPath("/chat/completions", reply(null, { usage: "none" })));
  expect(await provider.send(request, signal)).toMatchObject({
    finish: "complete",
    text: "",
    usage: { inputTokens: expect.any(Number), outputTokens: 0 },
  });
});

test("content that the endpoint's filter turns away is filtered, not a fault", async () => {
  const { provider } = await connect(() => errorReply(400, { code: "content_filter" }));
  expect(await provider.send(request, signal)).toMatchObject({ kind: "completion", finish: "filtered", text: "" });
});

const FAILURES: readonly (readonly [number, object | undefined, object | undefined, object])[] = [
  [307, undefined, { location: "https://elsewhere.test/v1" }, { scope: "run" }],
  [401, { code: "invalid_api_key" }, undefined, { scope: "run" }],
  [402, undefined, undefined, { scope: "run" }],
  [403, undefined, undefined, { scope: "run" }],
  [404, { code: "model_not_found" }, undefined, { scope: "run" }],
  [404, undefined, undefined, { scope: "run" }],
  [400, { code: "invalid_json_schema", param: "text.format.schema" }, undefined, { scope: "run" }],
  [400, { code: "context_length_exceeded" }, undefined, { scope: "item" }],
  [422, undefined, undefined, { scope: "item" }],
  [408, undefined, undefined, { scope: "retry" }],
  [409, undefined, undefined, { scope: "retry" }],
  [500, undefined, undefined, { scope: "retry" }],
  [503, undefined, { "retry-after": "7" }, { scope: "retry", retryAfterMs: 7_000 }],
  [529, undefined, undefined, { scope: "retry" }],
  [
    429,
    { code: "rate_limit_exceeded" },
    { "retry-after-ms": "1500", "retry-after": "2" },
    { scope: "rate-limit", retryAfterMs: 1_500 },
  ],
  [429, { code: "insufficient_quota" }, undefined, { scope: "run" }],
];
test.each(FAILURES)("HTTP %i %j is sorted by status and code", async (status, error, headers, expected) => {
  const { provider } = await connect(() => errorReply(status, error, headers && { ...headers }));
  const result = await provider.send(request, signal);
  expect(result).toMatchObject({ kind: "failure", failure: { status, ...expected } });
  expect(JSON.stringify(result)).not.toContain("words of the provider");
});

test("a hint may be a time of day", async () => {
  const at = new Date(Date.now() + 30_000).toUTCString();
  const { provider } = await connect(() => errorReply(429, {}, { "retry-after": at }));
  const result = await provider.send(request, signal);
  const wait = result.kind === "failure" ? (result.failure.retryAfterMs ?? 0) : 0;
  expect(Math.abs(wait - 30_000)).toBeLessThan(2_000);
});

test.each<readonly [string, Behaviour, string]>([
  ["breaks off", { kind: "disconnect" }, "no connection, or it broke off"],
  ["never answers", { kind: "hang" }, "no reply within 0 s"],
  ["stops half way through the body", { kind: "stall" }, "no reply within 0 s"],
  [
    "answers with a page",
    { kind: "raw", status: 200, body: "<html>" },
    "the endpoint's reply has an unknown shape; check that the base URL is that of an OpenAI-compatible API",
  ],
  [
    "answers with something else",
    { kind: "raw", status: 200, body: '{"ok":true}' },
    "the endpoint's reply has an unknown shape; check that the base URL is that of an OpenAI-compatible API",
  ],
])("an endpoint that %s is worth another try", async (_name, behaviour, message) => {
  const { provider } = await connect(() => behaviour, { timeoutMs: 200 });
  expect(await provider.send(request, signal)).toMatchObject({ kind: "failure", failure: { scope: "retry", message } });
});

test("an abort ends a request under way", async () => {
  const controller = new AbortController();
  const { provider } = await connect(() => {
    setTimeout(() => controller.abort(), 20);
    return { kind: "hang" };
  });
  expect(await provider.send(request, controller.signal)).toEqual({ kind: "aborted" });
});

test.each([
  ["not a url", "the base URL is not an http or https address"],
  ["file:///etc/passwd", "the base URL is not an http or https address"],
  ["https://user:pass@host.test/v1", "the base URL holds credentials"],
])("base URL %s is refused", (baseUrl, message) => {
  expect(() => openAiProvider({ model: "m", baseUrl })).toThrow(message);
});

test("the endpoint's name has no slash at its end and no query", () => {
  expect(openAiProvider({ model: "m", baseUrl: "http://127.0.0.1:1/v1/?key=x" }).endpoint).toBe(
    "http://127.0.0.1:1/v1",
  );
});

test("the key is in no record, event, outcome or object, whatever the endpoint does", async () => {
  const faults: readonly Behaviour[] = [
    reply(GOOD),
    reply("no JSON"),
    reply("", { refusal: "no" }),
    errorReply(400, { message: `bad key ${KEY}`, code: KEY, param: `authorization ${KEY}` }),
    errorReply(500, { message: `Authorization: Bearer ${KEY}` }, { "x-request-id": `Bearer ${KEY}` }),
    { kind: "disconnect" },
  ];
  const { provider } = await connect(({ body }) => {
    const question = Number(/What is (\d+)/.exec(JSON.stringify(body))?.[1]);
    return faults[question % faults.length] ?? reply(GOOD);
  });
  const log = new MemoryRecordLog();
  const rig = modelRig({ provider, log });
  const outcomes = await rig.runAll(questions(30));
  expect(countStatuses(outcomes)).toEqual({ ok: 5, invalid: 5, refused: 5, api_error: 15 });
  const everything = [
    log.text,
    inspect(outcomes, { depth: 9 }),
    inspect(rig.events),
    inspect(provider, { depth: 9, showHidden: true }),
  ];
  expect(everything.join("\n")).not.toMatch(/sk-planted|authorization|bearer/i);
});

test.each<readonly [string, object, string]>([
  [
    "a used up quota",
    { status: 429, code: "insufficient_quota" },
    "the account's quota is used up; raise it or use another key (HTTP 429)",
  ],
  [
    "a wrong key",
    { status: 401 },
    "the API key was refused; check that it is set and belongs to this endpoint (HTTP 401)",
  ],
  [
    "an unknown model",
    { status: 404, code: "model_not_found" },
    "the endpoint does not know this model; check its name (HTTP 404)",
  ],
])("%s stops a run with no more requests than slots and no retry", async (_name, cause, message) => {
  const { status, code } = { status: 0, code: undefined, ...cause };
  const { provider, server: seen } = await connect(() => errorReply(status, { code }));
  const rig = modelRig({ provider, ceiling: 50 });
  const outcomes = await rig.runAll(questions(500));
  expect(outcomes.length).toBe(500);
  expect(seen.requests.length).toBeLessThanOrEqual(8);
  expect(rig.model.stopReason()).toMatchObject({ kind: "failure", failure: { scope: "run", message } });
});

test("all its tokens in reasoning: a truncated reply of either API is truncated", async () => {
  const usage = { input: 10, output: 100, reasoning: 100 };
  const { provider } = await connect(() => reply("", { finish: "length", usage }));
  const [outcome] = await modelRig({ provider }).runAll(["Why?"]);
  expect(outcome).toMatchObject({
    status: "truncated",
    receipt: { attempts: 2, usage: { outputTokens: 200, reasoningTokens: 200 } },
  });
});
