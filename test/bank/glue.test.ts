import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findGlue, repairGlue } from "../../src/bank/glue.ts";
import { vocabularyOf } from "../../src/bank/vocabulary.ts";
import { growthOf } from "../support/growth.ts";

const PROSE = [
  "A message queue keeps orders and payments apart. Brokers such as Kafka deliver each message to consumers.",
  "Consumer groups share partitions; partition keys keep the order of messages. Delivery guarantees differ.",
  "Use a TokenBucket for rate limiting (RL) and measure latency, throughput, and error rates in production.",
];
const vocabulary = vocabularyOf({ prose: PROSE, questions: [] });

describe("findGlue", () => {
  it("tells where words are glued and how they read", () => {
    expect(findGlue("What is amessage queueand who usesKafka?", vocabulary)).toEqual([
      { start: 8, end: 16, found: "amessage", repaired: "a message" },
      { start: 17, end: 25, found: "queueand", repaired: "queue and" },
      { start: 30, end: 40, found: "usesKafka?", repaired: "uses Kafka?" },
    ]);
  });

  it.each([
    "Assign another inference to the forward pass; therein lies insight.",
    "How does forEach differ from `mapandfilter`, $x_isa$ and https://example.org/isthis?",
    "Is WGAN or REINFORCE a GPT4 or a word2vec?",
    "Which message(s) does max_inflight_requests=1 reorder?",
    "Compare TokenBucket limits of iPhones.",
    "Что такое очередьсообщений?",
    "",
  ])("leaves alone: %s", (text) => expect(findGlue(text, vocabulary)).toEqual([]));
});

it("a name from the bank's own code is a word also where it is written small", () => {
  const prose = ["Use `CopyOnWriteArrayList`: it will copy on every write to the array list."];
  const words = vocabularyOf({ questions: [], prose });
  expect(findGlue("What is copyonwritearraylist for?", words)).toEqual([]);
});

describe("repairGlue", () => {
  it.each([
    ["What is amessage queueand who usesKafka?", "What is a message queue and who uses Kafka?"],
    ["Explain rate limiting (RL)andlatencyin production.", "Explain rate limiting (RL) and latency in production."],
    ["Definelatency,throughput, anderror rates.", "Define latency, throughput, and error rates."],
    ["How doesQuixDBkeep theorder of messages?", "How does QuixDB keep the order of messages?"],
    ["What is Kafka'sdelivery guaranteeofpartitions?", "What is Kafka's delivery guarantee of partitions?"],
    ["Describe thet-digest ofconsumer groups.", "Describe the t-digest of consumer groups."],
    ["Why useTokenBucketsandorders? See RFC 8and others.", "Why use TokenBuckets and orders? See RFC 8 and others."],
    ["Is a queue fair?", "Is a queue fair?"],
  ])("%s", (glued, text) => expect(repairGlue(glued, vocabulary).text).toBe(text));

  it("takes the blanks of a twin and is certain of them", () => {
    const twin = "Why does the therapist see the rapist pattern in mail?";
    const glued = "Why doesthe therapist see the rapist patternin mail?";
    const twins = vocabularyOf({ prose: ["pattern mail therapist rapist"], questions: [twin, glued] });
    expect(repairGlue(glued, twins)).toEqual({
      text: twin,
      certain: true,
      changes: [{ start: 0, end: glued.length, found: glued, repaired: twin }],
    });
  });

  it("is certain only where every run reads as words", () => {
    expect([
      repairGlue("What is amessage queue?", vocabulary).certain,
      repairGlue("What is amessage zorblification?", vocabulary).certain,
    ]).toEqual([true, false]);
  });

  it("changes nothing but blanks", () => {
    const piece = fc.oneof(
      fc.constantFrom(..."the,of,and,queue,Kafka,MLOps,(RL),a,-,',',’s,8,`x`,$,_,é,消息,\n".split(","), ","),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.array(piece, { maxLength: 20 }), (some, others) => {
        const text = `${some.join("")} ${others.join(" ")}`;
        expect(repairGlue(text, vocabulary).text.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });

  it("finds nothing more in what it has repaired and is certain of", () => {
    const word = fc.constantFrom("the", "of", "and", "queue", "orders", "Kafka", "payments", "latency", "with");
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.boolean()), { minLength: 1, maxLength: 12 }), (words) => {
        const glued = words.map(([each, hasBlank]) => (hasBlank ? `${each} ` : each)).join("");
        const { text, certain } = repairGlue(glued, vocabulary);
        if (certain) expect(findGlue(text, vocabulary)).toEqual([]);
      }),
    );
  });
});

describe("the shipped example bank", () => {
  const folder = new URL("../../questions/llmops/", import.meta.url);
  const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
  const questions = [...read("theory_questions.md").matchAll(/^\*\*(?!Answer)(.*)\*\*$/gm)].map(
    ([, text = ""]) => text,
  );
  const prose = readdirSync(new URL("sources/", folder)).map((name) => read(`sources/${name}`));

  it("reads as it should with the words of its notes", () => {
    const words = vocabularyOf({ questions, prose });
    expect(questions.map((text) => repairGlue(text, words).text).join("\n")).toMatchInlineSnapshot(`
      "What is MLOps and how does it differ from traditional software development operations?
      Describe the typical stages of the machine learning lifecycle.
      What are the key components of a robust MLOps infrastructure?
      How does MLOps facilitate reproducibility in machine learning projects?
      Explain Continuous Integration (CI) and Continuous Deployment (CD) within an MLOps context.
      Describe the function of model registries in MLOps.
      What are the challenges associated with model deployment and how does MLOps address them?
      How does MLOps support model scalability and distribution?
      Explain the concept of a data pipeline and its role in MLOps.
      What are the key considerations for ensuring data quality and preprocessing in MLOps?
      Describe how you would develop an MLOps strategy that aligns with business objectives.
      Explain how MLOps can enforce governance, security, and compliance standards.
      How does MLOps contribute to faster experimentation and iteration in machine learning projects?
      Describe approaches for cost management and resource allocation in MLOps.
      How does MLOps ensure the ethical and responsible use of machine learning models?
      Explain the role of shadow mode deployment in MLOps.
      What are the steps involved in maintaining and updating machine learning models once they are in production?
      Describe how model performance is monitored post-deployment.
      What is the impact of federated learning on MLOps practices?
      How does Quantum ML affect MLOps and what unique challenges does it introduce?"
    `);
  });
});

describe("time", () => {
  it.each(["`", "](", "<", "theof", "$a ", "usesKafka "])("takes time in proportion to a text of %j", (unit) => {
    const prepare = (size: number) => {
      const text = unit.repeat(size);
      return () => findGlue(text, vocabulary);
    };
    expect(growthOf(prepare, 10_000)).toBe("linear");
  });
});
