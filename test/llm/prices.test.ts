import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Usage } from "../../src/core/usage.ts";
import { CATALOGUE, ceilingUsd, findPrice, priceOverrides } from "../../src/llm/prices.ts";

const usage: Usage = {
  inputTokens: 10_000,
  cachedInputTokens: 4_000,
  cacheWriteTokens: 1_000,
  outputTokens: 2_000,
  reasoningTokens: 1_500,
};
const overrides = priceOverrides.parse({
  own: {
    input: 2,
    cached_input: 0.5,
    cache_write: 2.5,
    output: 8,
    flex: { input: 1, cached_input: 0.25, cache_write: 1.25, output: 4 },
  },
  plain: { input: 2, output: 8 },
});
const own = (model: string, tier: "sync" | "flex" | "batch") =>
  findPrice({ model, endpoint: "http://127.0.0.1:1/v1", tier, overrides });

test.each([
  ["own", "sync", 0.01 + 0.002 + 0.0025 + 0.016],
  ["own", "flex", (0.01 + 0.002 + 0.0025 + 0.016) / 2],
  ["own", "batch", 0.01 + 0.002 + 0.0025 + 0.016],
  ["plain", "sync", 0.02 + 0.016],
] as const)("a price of one's own (%s, %s) takes the usage apart by rate", async (model, tier, usd) => {
  const price = await own(model, tier);
  expect(Math.abs((price?.usd(usage) ?? 0) - usd)).toBeLessThan(1e-9);
  expect(price).toMatchObject({ source: "configuration", date: undefined });
});

const catalogued = { model: "gpt-4.1-mini", endpoint: "https://api.openai.com/v1" };

test("the catalogue counts at the provider it was published by, with half for flex and batch", async () => {
  const sync = await findPrice({ ...catalogued, tier: "sync" });
  const flex = await findPrice({ ...catalogued, tier: "flex" });
  const tokens: Usage = { ...usage, cacheWriteTokens: 0 };
  const usd = (6_000 * 0.4 + 4_000 * 0.1 + 2_000 * 1.6) / 1_000_000;
  expect(Math.abs((sync?.usd(tokens) ?? 0) - usd)).toBeLessThan(1e-9);
  expect(Math.abs((flex?.usd(tokens) ?? 0) - usd / 2)).toBeLessThan(1e-9);
  expect(sync).toMatchObject({ source: "@pydantic/genai-prices 0.1.8, openai", date: "2026-09-23" });
});

test.each([
  ["llama3.1", "http://127.0.0.1:11434/v1"],
  ["no-such-model", "https://api.openai.com/v1"],
])("nobody knows the price of %s at %s", async (model, endpoint) => {
  expect(await findPrice({ model, endpoint, tier: "sync" })).toBeUndefined();
});

test("a gateway that offers a model of OpenAI's is taken to charge OpenAI's price, and that is said", async () => {
  const price = await findPrice({ ...catalogued, endpoint: "http://127.0.0.1:4000/v1", tier: "sync" });
  expect(price?.usd({ ...usage, cacheWriteTokens: 0 })).toBe(
    (await findPrice({ ...catalogued, tier: "sync" }))?.usd({ ...usage, cacheWriteTokens: 0 }),
  );
  expect(price?.source).toBe("@pydantic/genai-prices 0.1.8, openai, assumed for this endpoint");
});

test("the ceiling takes the dearest way to count the input", async () => {
  const price = await own("own", "sync");
  expect(price && ceilingUsd(price, 1_000_000, 1_000_000)).toBe(10.5);
});

test("the catalogue named is the one installed", () => {
  const text = readFileSync(new URL(`../../node_modules/${CATALOGUE.name}/package.json`, import.meta.url), "utf8");
  expect(JSON.parse(text)).toMatchObject({ name: CATALOGUE.name, version: CATALOGUE.version });
});
