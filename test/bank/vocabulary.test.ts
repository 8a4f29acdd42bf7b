import { describe, expect, it } from "vitest";
import { findGlue } from "../../src/bank/glue.ts";
import { vocabularyOf, vocabularyOfBank } from "../../src/bank/vocabulary.ts";
import { bankFile, question } from "./audit-samples.ts";

describe("vocabularyOf", () => {
  it("knows inflected and prefixed forms of what it has seen, and capitals", () => {
    const { words } = vocabularyOf({ prose: ["shard orders policy"], questions: [] });
    const asked = ["shard", "Sharding", "reshard", "policies", "order", "SHARD", "GPT4", "zorb"];
    expect(asked.filter((word) => words.knows(word))).toEqual(asked.slice(0, -1));
  });

  it("asks more for rarer words, and nothing stands for a run it may not be", () => {
    const { words } = vocabularyOf({ prose: ["queue queue queue broker ec"], questions: [] });
    const price = (run: string): number => words.piece(run) ?? Infinity;
    expect(price("queue")).toBeLessThan(price("broker"));
    expect(price("the")).toBeLessThan(price("queue"));
    expect([price("ec"), price("x"), price("zorb")]).toEqual([Infinity, Infinity, Infinity]);
  });

  it("learns names from questions, even glued ones, but never a glued run", () => {
    const questions = ["What isQuixDBand who runs it?", "Where doesQuixDBstore data?", "How is data stored inQuixDB?"];
    const vocabulary = vocabularyOf({ prose: [], questions });
    expect(questions.map((text) => findGlue(text, vocabulary).map((finding) => finding.repaired))).toEqual([
      ["is QuixDB and"],
      ["does QuixDB store"],
      ["in QuixDB?"],
    ]);
  });

  it("keeps the wording with the most blanks as the twin", () => {
    const { twins } = vocabularyOf({ prose: [], questions: ["Is itgood?", "Is it good?", "Isitgood?"] });
    expect([...twins]).toEqual([["Isitgood?", "Is it good?"]]);
  });
});

describe("vocabularyOfBank", () => {
  it("takes words from filled answers and notes, not from placeholders", () => {
    const bank = {
      files: [
        bankFile("a.md", [
          question({ text: "Why?", answer: "Because of quorums." }),
          question({ text: "How?", answer: "_[Tobefilled]_", state: "placeholder" }),
        ]),
      ],
    };
    const { words } = vocabularyOfBank(bank, ["Gossip protocols."]);
    expect(["quorum", "gossip", "tobefilled"].map((word) => words.knows(word))).toEqual([true, true, false]);
  });
});
