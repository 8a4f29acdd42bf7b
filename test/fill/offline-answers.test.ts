import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draftQuestion } from "../../src/fill/draft-question.ts";
import { inputOf } from "../../src/fill/draft-item.ts";
import { draftOffline } from "../../src/fill/offline-answerer.ts";
import { isUnanswered, UNSUPPORTED } from "../../src/fill/unanswered.ts";
import { OFFLINE_ANSWERS } from "../../src/fill/offline-answers.ts";
import { critiqueOffline } from "../../src/fill/offline-critic.ts";
import type { Passage } from "../../src/fill/passage.ts";
import { weighCritique } from "../../src/fill/weigh-critique.ts";
import { critiqueReply, item, ScriptedModel, shippedPrompts } from "./samples.ts";

function passage(id: string, heading: string, text: string, changes: Partial<Passage> = {}): Passage {
  return { id, path: "n.md", heading, text, kind: "source", ...changes };
}

const EVICTION = passage(
  "P1",
  "Caching > Cache eviction",
  [
    "Cache eviction removes entries when a cache is full, so that new ones fit. The policy decides which entry is least worth keeping.",
    "",
    "Common policies differ in what they remember.",
    "",
    "- **LRU**: the entry unused for the longest time goes first.",
    "- **LFU**: the entry with the fewest reads goes first.",
    "- **FIFO**: the oldest entry goes first, whatever its use.",
  ].join("\n"),
);
const INVALIDATION = passage(
  "P2",
  "Caching > Cache invalidation",
  "Cache invalidation removes an entry once the data behind it has changed. A time to live bounds how stale it can get.",
);

describe("the offline draft", () => {
  test.each(["```js\nlog(1)\n```", "Look:\n\n> ~~~\n> x\n> ~~~"])("is none for a program to read: %j", (body) => {
    const asked = item({ question: "What is cache eviction?", passages: [EVICTION] });
    const { answer, confidence } = draftOffline(inputOf({ ...asked, body }));
    expect([answer, confidence]).toEqual([
      `${UNSUPPORTED}: the question is about the program below it, which cannot be read without a model.`,
      0,
    ]);
    expect(draftOffline(inputOf({ ...asked, body: "- A: `log` is full\n- B: it is not" })).answer).toBe(EVICTION.text);
  });

  test("is the section that the question names, in its author's words and order, with citation", () => {
    const asked = item({
      question: "What isCache eviction?",
      reading: "What is Cache eviction?",
      passages: [INVALIDATION, EVICTION],
    });
    expect(draftOffline(inputOf(asked))).toEqual({
      question_restored: "What is Cache eviction?",
      assumptions: [],
      plan: "Sentences of P1 as they stand: the fitting section first, then what adds to it.",
      key_points: [
        "Cache eviction removes entries when a cache is full, so that new ones fit.",
        "The policy decides which entry is least worth keeping.",
        "Common policies differ in what they remember.",
        "LRU: the entry unused for the longest time goes first.",
        "LFU: the entry with the fewest reads goes first.",
      ],
      answer: EVICTION.text,
      sources_cited: ["P1"],
      doubts: [],
      confidence: 0.8,
    });
  });

  test("takes in a neighbour where the house writes longer answers, and says nothing twice", () => {
    const style = { ...item().style, words_typical: 80, words_high: 120 };
    const again = passage("P3", "Caching > Cache entries", `${INVALIDATION.text} Cache entries have a key.`);
    const passages = [EVICTION, INVALIDATION, again];
    const reply = draftOffline(inputOf(item({ question: "What is cache eviction?", passages, style })));
    expect(reply.answer).toBe(`${EVICTION.text}\n\n${INVALIDATION.text}`);
    expect(reply.sources_cited).toEqual(["P1", "P2"]);
  });

  test.each([
    [
      "nothing to read",
      "What is cache eviction?",
      [],
      "looked for cache, eviction; no passage mentions cache, eviction.",
    ],
    [
      "another subject",
      "What is quantum eviction?",
      [EVICTION],
      "looked for quantum, eviction; no passage mentions quantum.",
    ],
    [
      "passages that share its words only",
      "How does the policy for entries change with data?",
      [EVICTION, INVALIDATION],
      "looked for policy, entries, change, data; no passage is about them together.",
    ],
    [
      "an answer to another question",
      "What is cache eviction?",
      [
        passage("P1", "How is cache eviction tested under load with replayed traffic?", "Replay traffic.", {
          kind: "answer",
        }),
      ],
      "looked for cache, eviction; no passage is about them together.",
    ],
    [
      "a subject more special than the answer at hand",
      "What is quantum cache eviction?",
      [passage("P1", "What is cache eviction?", "Cache eviction removes entries.", { kind: "answer" })],
      "looked for quantum, cache, eviction; no passage mentions quantum.",
    ],
    [
      "no subject",
      "What is it?",
      [EVICTION],
      "looked for a subject in the question; no passage is about them together.",
    ],
  ])("of a question with %s says so", (_, question, passages, reason) => {
    const reply = draftOffline(inputOf(item({ question, passages })));
    expect(reply).toMatchObject({
      answer: `${UNSUPPORTED}: ${reason}`,
      confidence: 0,
      sources_cited: [],
    });
  });

  test("that is not supported never becomes a proposal", async () => {
    const asked = item({ question: "What is quantum eviction?", passages: [EVICTION] });
    const model = new ScriptedModel({ draft: { reply: draftOffline(inputOf(asked)) } });
    const signal = new AbortController().signal;
    const result = await draftQuestion({
      item: asked,
      prompts: shippedPrompts(),
      model,
      signal,
      options: { critique: true, sample: 0 },
    });
    expect(result).toMatchObject({ status: "refused", text: expect.stringMatching(/^Not supported by the sources: /) });
  });

  test("finds the subject inside a section with a general heading, from the sentence that names it", () => {
    const text =
      "Requests fan out to many hosts. They retry.\n\nConsistent hashing maps keys to hosts on a ring. A host that leaves moves only its own keys.";
    const reply = draftOffline(
      inputOf(item({ question: "What is consistent hashing?", passages: [passage("P1", "Overview", text)] })),
    );
    expect([reply.answer, reply.confidence]).toEqual([text.split("\n\n")[1], 0.5]);
  });

  test("holds no word that is not in the passages, leaves out raw HTML, and passes its own critic", () => {
    const word = fc.constantFrom(
      "cache",
      "eviction",
      "removes",
      "entries",
      "data",
      "when",
      "<b>x</b>",
      "policy",
      "LRU",
    );
    const sentence = fc.array(word, { minLength: 3, maxLength: 9 }).map((words) => `Cache ${words.join(" ")}.`);
    const text = fc.array(
      fc.oneof(
        sentence,
        sentence.map((each) => `\n\n- ${each}`),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        const passages = texts.map((parts, at) => passage(`P${at + 1}`, "Cache eviction", parts.join(" ")));
        const input = inputOf(item({ question: "What is cache eviction?", passages }));
        const reply = draftOffline(input);
        const known = new Set(passages.flatMap((each) => each.text.split(/\s+/)));
        if (isUnanswered(reply.answer)) return;
        expect(reply.answer.split(/\s+/).filter((each) => !known.has(each))).toEqual([]);
        expect(reply.answer).not.toContain("<b>");
        expect(critiqueOffline({ ...input, answer: reply.answer }).findings).toEqual([]);
      }),
    );
  });
});

describe("the offline critic", () => {
  const input = inputOf(item({ question: "What is cache eviction?", passages: [EVICTION] }));

  test("passes what the passages bear out", () => {
    expect(critiqueOffline({ ...input, answer: EVICTION.text })).toEqual({
      expected: [],
      findings: [],
      verdict: "pass",
    });
  });

  test("finds a statement that no passage bears out, by a quote that stands", () => {
    const invented = "Quantum annealers reorder blockchain transactions beneath lunar gravity.";
    const answer = `Cache eviction removes entries when a cache is full. ${invented}`;
    const reply = critiqueOffline({ ...input, answer });
    expect(reply).toEqual({
      expected: [],
      findings: [
        {
          kind: "unsupported-claim",
          quote: invented,
          problem: "No supplied passage holds most of the words of this statement.",
          fix: "Check it, or state what the passages bear out.",
          severity: "minor",
        },
      ],
      verdict: "revise",
    });
    expect(weighCritique(critiqueReply(reply), answer).standing).toHaveLength(1);
  });

  test("finds an answer that never names the subject", () => {
    const [finding] = critiqueOffline({ ...input, answer: "Queues hold messages." }).findings;
    expect([finding?.kind, finding?.problem]).toEqual([
      "off-question",
      "The answer never mentions cache, eviction, which the question asks about.",
    ]);
  });
});

test("the offline reviser keeps the answer and leaves every finding open", () => {
  const findings = [{ number: 1, kind: "style", quote: "", problem: "p", fix: "f" }];
  const input = {
    ...inputOf(item({ question: "What is cache eviction?", passages: [EVICTION] })),
    answer: "Kept.",
    findings,
  };
  expect(OFFLINE_ANSWERS.revise(input)).toMatchObject({
    answer: "Kept.",
    responses: [{ finding: 1, action: "declined", reason: "The offline provider does not rewrite." }],
  });
});

test.each(["draft", "critique", "revise"] as const)("a %s input of another shape is a fault, not an answer", (task) => {
  expect(() => OFFLINE_ANSWERS[task]({ question: 1 })).toThrow();
});
