import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../src/core/canonical-json.ts";
import { sha256Hex } from "../../src/core/hash.ts";
import { type KeyParts, requestKey, requestNamer } from "../../src/llm/request-key.ts";

const parts: KeyParts = {
  provider: "openai",
  endpoint: "https://api.test/v1",
  model: "m",
  messages: [{ role: "user", content: "Why?" }],
  jsonSchema: { type: "object", properties: { a: { type: "string" } } },
  sampling: { temperature: 0 },
  sample: 0,
};

test("the key of a request does not change between releases", () => {
  expect(requestKey(parts)).toMatchInlineSnapshot(`"37661fdc006d986c885ba60e474066bfa7dab3645c4ba446577e0673d932bf28"`);
});

test("each part of what is asked changes the key", () => {
  const changes: Partial<KeyParts>[] = [
    { provider: "other" },
    { endpoint: "https://other.test/v1" },
    { model: "n" },
    { messages: [{ role: "system", content: "Why?" }] },
    { jsonSchema: { type: "object" } },
    { sampling: { temperature: 1 } },
    { sample: 1 },
  ];
  const keys = [parts, ...changes.map((change) => ({ ...parts, ...change }))].map(requestKey);
  expect(new Set(keys).size).toBe(keys.length);
});

test("the key does not depend on the order of properties or on undefined ones", () => {
  const reordered = { properties: { a: { type: "string" } }, type: "object" };
  expect(
    requestKey({ ...parts, jsonSchema: reordered, sampling: { reasoningEffort: undefined, temperature: 0 } }),
  ).toBe(requestKey(parts));
});

function ask(content: string): string {
  return requestKey({ ...parts, messages: [{ role: "user", content }] });
}

test("different texts have different keys", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (left, right) => (ask(left) === ask(right)) === (left === right)));
});

test("it is the hash of the canonical JSON of all parts, whatever was named before", () => {
  const endpoints = fc.constantFrom("https://a.test/v1", "https://b.test/v1");
  const messages = fc.array(fc.record({ role: fc.constantFrom("system", "user"), content: fc.constantFrom("é", "…") }));
  const schemas = fc.constantFrom(parts.jsonSchema, { type: "object" });
  const asked = fc.record({ endpoint: endpoints, messages, jsonSchema: schemas, sample: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(asked), (requests) => {
      const nameOf = requestNamer();
      for (const request of requests) {
        const whole = { ...parts, ...request };
        expect(nameOf(whole)).toBe(sha256Hex(canonicalJson({ ...whole, version: 1 })));
      }
    }),
  );
});
