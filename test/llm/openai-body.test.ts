import { expect, test } from "vitest";
import type { ProviderRequest } from "../../src/core/model.ts";
import { type Capabilities, FULL } from "../../src/llm/capabilities.ts";
import { bodyMaker } from "../../src/llm/openai-body.ts";
import { chatBody, responsesBody } from "../../src/llm/openai-request.ts";

const WIRE = { model: "m", tier: "flex" } as const;
const CHAT: Capabilities = { ...FULL, api: "chat", format: "json", omitted: ["temperature"] };

const question: ProviderRequest = {
  key: "k",
  task: "draft",
  input: undefined,
  messages: [
    { role: "system", content: "Fences are <data-…>." },
    { role: "user", content: "Über \u{1F511}?" },
  ],
  jsonSchema: { type: "object", properties: { answer: { type: "string" } } },
  maxOutputTokens: 100,
  sampling: { temperature: 0.3, reasoningEffort: undefined },
};

function messageSaying(content: string): ProviderRequest["messages"][number] {
  return { role: "user", content };
}

test("bodies with a shared beginning say what each request says", () => {
  const bodyOf = bodyMaker(WIRE);
  const [system, asked] = question.messages;
  const requests: ProviderRequest[] = [
    question,
    { ...question, messages: [system ?? messageSaying(""), messageSaying("another")] },
    { ...question, messages: [...question.messages, messageSaying("again, as JSON")] },
    { ...question, messages: [messageSaying("another first"), asked ?? messageSaying("")] },
    { ...question, messages: [messageSaying("alone")] },
    { ...question, maxOutputTokens: 200 },
    { ...question, task: "critique" },
    { ...question, sampling: { temperature: undefined, reasoningEffort: "low" } },
    { ...question, jsonSchema: { type: "object" } },
    question,
  ];
  for (const request of requests) {
    for (const able of [FULL, CHAT]) {
      const { shared, own } = bodyOf(request, able);
      const sent: unknown = JSON.parse(Buffer.concat([shared, Buffer.from(own)]).toString());
      const body = (able.api === "chat" ? chatBody : responsesBody)(request, able, WIRE);
      expect(sent).toStrictEqual(JSON.parse(JSON.stringify(body)));
    }
  }
});

test("what is shared is put into bytes once", () => {
  const bodyOf = bodyMaker(WIRE);
  const next = { ...question, messages: [...question.messages.slice(0, 1), messageSaying("another")] };
  expect(bodyOf(next, FULL).shared).toBe(bodyOf(question, FULL).shared);
});
