import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { configSchema } from "../../src/cli/config.ts";
import { KEY_WORDS } from "../../src/cli/project/init-schema-words.ts";
import { configJsonSchema, configKeys } from "../../src/cli/project/init-schema.ts";

// Read back from its JSON, so that what is compared is what an editor sees.
const published = z.fromJSONSchema(JSON.parse(JSON.stringify(configJsonSchema())));

const { constantFrom, oneof, boolean, array } = fc;
const some = <Shape>(shape: { readonly [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }): fc.Arbitrary<object> =>
  fc.record(shape, { requiredKeys: [] });
const text = constantFrom("^@ (?<q>.*)$", "headed", "docs/**/*.md");
const texts = oneof(text, array(text, { maxLength: 2 }));
const rates = { input: constantFrom(0, 0.4, 3), output: constantFrom(0, 1.6) };

const question = some({
  start: text,
  text: constantFrom("inline", "nextBold", "frontmatter:title"),
  untilWithin: constantFrom("paragraph", "block"),
  end: texts,
  requireAnswer: boolean(),
  level: constantFrom("any", "main"),
  headingEnd: constantFrom("higher", "same", "never"),
});
const dialect = some({
  kind: constantFrom("line", "file"),
  question,
  scope: some({ start: text, end: text }),
  answer: some({ start: text, end: texts, required: boolean() }),
  unfilled: some({ placeholder: texts, ignore: texts, partial: texts }),
  choices: text,
  meta: texts,
  write: some({ marker: text, indent: constantFrom("none", "item"), spacing: constantFrom("copy", "blank-line") }),
});
const model = {
  provider: constantFrom("auto", "openai", "offline"),
  model: text,
  tier: constantFrom("sync", "flex", "batch"),
  budget: constantFrom(1, 2.5),
  prices: fc.dictionary(
    constantFrom("m", "n"),
    fc.record({ ...rates, batch: fc.record(rates) }, { requiredKeys: ["input", "output"] }),
  ),
};
const config = some({
  banks: array(fc.record({ files: texts, exclude: texts, dialect: text }, { requiredKeys: ["files"] }), {
    maxLength: 2,
  }),
  exclude: texts,
  detect: boolean(),
  dialects: fc.dictionary(constantFrom("house", "a b"), dialect, { maxKeys: 2 }),
  fill: some({ ...model, style: text, critique: boolean() }),
  grade: some({ ...model, samples: constantFrom(1, 3), canary: boolean(), review_budget: constantFrom("20%") }),
});

const STRANGE = constantFrom<unknown>("", "strange", -1, 0.5, true, null, [], [""], {}, { strange: 1 });

/** The same with one value, wherever it stands, replaced or a key added beside it. */
function spoilt(value: unknown, steps: readonly number[], strange: unknown): unknown {
  const [step = 0, ...more] = steps;
  if (typeof value !== "object" || value === null) return strange;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  const at = step % (entries.length + 1);
  const changed = entries.map(
    ([key, each], index) => [key, index === at ? spoilt(each, more, strange) : each] as const,
  );
  if (Array.isArray(value)) return [...changed.map(([, each]) => each), ...(at === entries.length ? [strange] : [])];
  return { ...Object.fromEntries(changed), ...(at === entries.length ? { strange } : {}) };
}

const written = oneof(
  config,
  fc.tuple(config, array(fc.nat(), { minLength: 5, maxLength: 5 }), STRANGE).map((parts) => spoilt(...parts)),
);

describe("the schema for editors", () => {
  test("takes what the tool takes and turns down what the tool turns down", () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(written, (value) => {
        const ours = configSchema.safeParse(value).success;
        seen[ours ? "taken" : "refused"] += 1;
        expect(published.safeParse(value).success).toBe(ours);
      }),
      { numRuns: 2_000, seed: 1 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(100);
  });

  test.each<[unknown, boolean]>([
    [{}, true],
    [{ banks: [{ files: "docs/*.md", dialect: "headed" }], detect: false }, true],
    [{ banks: [{ dialect: "headed" }] }, false],
    [{ dialects: { house: { question: { start: "^@", text: "frontmatter:title" }, answer: { start: "^>>" } } } }, true],
    [{ dialects: { house: { question: { start: "" } } } }, false],
    [{ fill: { modle: "x" } }, false],
    [{ fill: { tier: "slow" } }, false],
    [{ fill: { prices: { m: { input: 1, output: 2, batch: { input: 0.5, output: 1 } } } } }, true],
    [{ grade: { review_budget: "20%", canary: false } }, true],
  ])("%j: %s", (value, expected) => {
    expect([configSchema.safeParse(value).success, published.safeParse(value).success]).toEqual([expected, expected]);
  });

  test("has words for every key, and no words for a key that is not", () => {
    const keys = configKeys();
    expect(keys.filter(({ words }) => words === "").map(({ path }) => path)).toEqual([]);
    const paths = new Set(keys.map(({ path }) => path));
    expect(Object.keys(KEY_WORDS).filter((path) => !paths.has(path))).toEqual([]);
  });

  test("shows an editor the words where the key is", () => {
    const { properties } = z
      .object({ properties: z.record(z.string(), z.object({ description: z.string() })) })
      .parse(configJsonSchema());
    expect(Object.fromEntries(Object.entries(properties).map(([key, { description }]) => [key, description]))).toEqual(
      Object.fromEntries(
        ["banks", "dialects", "exclude", "detect", "personal", "fill", "grade"].map((key) => [key, KEY_WORDS[key]]),
      ),
    );
  });
});
