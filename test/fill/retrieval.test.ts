import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vocabularyOf } from "../../src/bank/vocabulary.ts";
import { blocksOf, textOfBlock } from "../../src/fill/blocks.ts";
import type { Section } from "../../src/fill/passage.ts";
import { buildIndex, type RetrievalIndex } from "../../src/fill/retrieval.ts";
import { sectionsOfBank, sectionsOfNote } from "../../src/fill/sections.ts";
import { sentencesOf } from "../../src/core/sentences.ts";
import { termsOf } from "../../src/core/terms.ts";
import { bankFile, bankOf, question } from "./samples.ts";

function section(heading: string, text: string, changes: Partial<Section> = {}): Section {
  return { path: "n.md", heading, text, kind: "source", ...changes };
}

const SECTIONS = [
  section("Queues > Back pressure", "Back pressure slows a producer down while the consumer is behind."),
  section("Queues > Dead letters", "A dead letter queue holds messages that failed too often."),
  section("Caching > Eviction", "Eviction removes entries from a full cache; LRU evicts the oldest."),
  section("MLOps > Definition", "MLOps runs machine learning in production.", { path: "m.md" }),
  section("MLOps > Registry", "The registry versions models.", { path: "m.md" }),
];

function indexOf(sections: readonly Section[]): RetrievalIndex {
  return buildIndex(
    sections,
    vocabularyOf({ questions: [], prose: sections.map((each) => `${each.heading} ${each.text}`) }),
  );
}

describe("a search", () => {
  const index = indexOf(SECTIONS);

  test.each([
    ["How does eviction work?", "Caching > Eviction"],
    ["Explain evicting entries", "Caching > Eviction"],
    ["What isMLOpsand why?", "MLOps > Definition"],
    ["Explaindead letters.", "Queues > Dead letters"],
    ["BACK PRESSURE", "Queues > Back pressure"],
  ])("for %j finds %s first", (query, heading) => {
    expect(index.search(query)[0]?.heading).toBe(heading);
  });

  test.each(["", "???", "What is the how of why?", "zebra"])("for %j finds nothing", (query) => {
    expect(index.search(query)).toEqual([]);
  });

  test("keeps within its limits but returns the best passage even if it alone is too long", () => {
    const many = Array.from({ length: 9 }, (_, number) => section(`Cache ${number}`, `Cache eviction case ${number}.`));
    expect(indexOf(many).search("cache eviction", { characters: 1, passages: 9 })).toHaveLength(1);
    expect(indexOf(many).search("cache eviction", { characters: 9_000, passages: 3 })).toHaveLength(3);
  });

  test("returns equal texts once, ids in order of relevance", () => {
    const twice = indexOf([...SECTIONS, section("Caching > Eviction", SECTIONS[2]?.text ?? "", { path: "copy.md" })]);
    const found = twice.search("cache eviction LRU");
    expect(found.map(({ id, heading }) => [id, heading])).toEqual([["P1", "Caching > Eviction"]]);
  });

  test("does not depend on the order of sections or on file names", () => {
    const texts = fc.array(fc.constantFrom("cache", "queue", "model", "evicts", "slows", "and"), {
      minLength: 1,
      maxLength: 6,
    });
    const sections = fc.uniqueArray(fc.tuple(texts, texts), { maxLength: 8, selector: String });
    fc.assert(
      fc.property(sections, texts, fc.integer({ min: 0, max: 7 }), (parts, query, turn) => {
        const made = parts.map(([heading, text]) => section(heading.join(" "), text.join(" ")));
        const turned = [...made.slice(turn), ...made.slice(0, turn)];
        const show = (searched: RetrievalIndex): unknown =>
          searched.search(query.join(" ")).map(({ id, heading, text }) => [id, heading, text]);
        expect(show(indexOf(turned))).toEqual(show(indexOf(made)));
      }),
    );
  });

  test("orders equal scores by content", () => {
    const tied = ["alpha", "beta", "gamma", "delta"].map((word) => section("Cache", `Entry ${word}.`));
    const order = indexOf(tied)
      .search("cache")
      .map(({ text }) => text);
    expect(order).toHaveLength(4);
    expect(
      indexOf(tied.toReversed())
        .search("cache")
        .map(({ text }) => text),
    ).toEqual(order);
  });

  test("over ten thousand sections is ready in seconds and answers in milliseconds", () => {
    const words = Array.from({ length: 4_000 }, (_, number) => `word${number.toString(36)}`);
    const sections = Array.from({ length: 10_000 }, (_, number) =>
      section(
        `Topic ${words[number % 4_000] ?? ""}`,
        Array.from({ length: 80 }, (_each, at) => words[(number * 37 + at * at) % 4_000]).join(" "),
      ),
    );
    const started = performance.now();
    const large = indexOf(sections);
    const built = performance.now();
    for (let number = 0; number < 100; number += 1)
      large.search(`Explain ${words[number] ?? ""} and ${words[number * 7] ?? ""}`);
    expect([built - started < 8_000, (performance.now() - built) / 100 < 20]).toEqual([true, true]);
  });
});

describe("sections", () => {
  test("of a note follow its headings; code and front matter are no headings", () => {
    const text =
      "---\ntitle: x\n---\nIntro.\r\n\n# One #\n\nA.\n\n```sh\n# not a heading\n```\n\n### Deep\n\nB.\n\n# Two\n\nC.\n";
    expect(sectionsOfNote({ path: "n.md", text })).toEqual([
      { path: "n.md", heading: "", text: "Intro.", kind: "source" },
      { path: "n.md", heading: "One", text: "A.\n\n```sh\n# not a heading\n```", kind: "source" },
      { path: "n.md", heading: "One > Deep", text: "B.", kind: "source" },
      { path: "n.md", heading: "Two", text: "C.", kind: "source" },
    ]);
  });

  test("that are too long are cut at blank lines and lose nothing", () => {
    const paragraphs = Array.from({ length: 60 }, (_, number) => `Paragraph ${number} ${"x".repeat(150)}`);
    const found = sectionsOfNote({ path: "n.md", text: `# H\n\n${paragraphs.join("\n\n")}\n` });
    expect(found.length).toBeGreaterThan(2);
    expect(found.map((each) => each.text).join("\n\n")).toBe(paragraphs.join("\n\n"));
  });

  test("of a bank are its filled answers", () => {
    const bank = bankOf(bankFile("a.md", [question({ text: "Q?" }), question({ text: "R?", answer: "Because." })]));
    expect(sectionsOfBank(bank)).toEqual([{ path: "a.md", heading: "R?", text: "Because.", kind: "answer" }]);
  });
});

function spaced(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

describe("blocks", () => {
  test("are paragraphs by sentence, lists by item, and code, tables and formulas whole", () => {
    const text = [
      "First. Second goes",
      "on.",
      "",
      "- **A**: one",
      "  more",
      "- B",
      "",
      "| a | b |",
      "|---|---|",
      "",
      "```js",
      "x();",
      "",
      "y();",
      "```",
      "$$ x $$",
      "#### Part",
      "1. step",
    ].join("\n");
    expect(blocksOf(text).map(({ kind, parts }) => [kind, ...parts])).toEqual([
      ["paragraph", "First.", "Second goes on."],
      ["list", "- **A**: one\n  more", "- B"],
      ["table", "| a | b |\n|---|---|"],
      ["code", "```js\nx();\n\ny();\n```"],
      ["formula", "$$ x $$"],
      ["heading", "#### Part"],
      ["list", "1. step"],
    ]);
  });

  test("put together again hold every word", () => {
    const line = fc.constantFrom(
      "Text here. More.",
      "- item",
      "  under",
      "| a |",
      "```",
      "",
      "# H",
      "1. one",
      "$$",
      "`x` is y.",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
        const text = lines.join("\n");
        const again = blocksOf(text).map(({ kind, parts }) => textOfBlock(kind, parts));
        expect(spaced(again.join("\n"))).toEqual(spaced(text));
      }),
    );
  });
});

test.each([
  ["One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]],
  ["Use e.g. Redis. It is fast (v. 7.2 and up). Done.", ["Use e.g. Redis.", "It is fast (v. 7.2 and up).", "Done."]],
  ["See `a.b. C` there. **Bold** starts.", ["See `a.b. C` there.", "**Bold** starts."]],
  ["", []],
])("the sentences of %j", (text, sentences) => {
  expect(sentencesOf(text)).toEqual(sentences);
});

test.each([
  ["What are the running services?", ["run", "servic"]],
  ["scalability scalable", ["scalabl", "scalabl"]],
  ["optimization optimizing optimized", ["optimiz", "optimiz", "optimiz"]],
  ["deployment of C++ and C#", ["deployment", "c++", "c#"]],
])("the terms of %j", (text, terms) => {
  expect(termsOf(text)).toEqual(terms);
});
