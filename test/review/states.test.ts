import { describe, expect, it } from "vitest";
import type { Proposal } from "../../src/bank/proposal.ts";
import type { Bank } from "../../src/bank/question.ts";
import { reviewItems } from "../../src/review/states.ts";
import { proposalOf } from "./proposal-of.ts";
import { simpleBank, type SimpleQuestion } from "./simple-bank.ts";
import { growthOf } from "../support/growth.ts";

const HASHING: SimpleQuestion = { text: "What is hashing?", number: "1" };
const SALTING: SimpleQuestion = { text: "What is salting of passwords?", number: "2" };
const PEPPER: SimpleQuestion = { text: "Where is a pepper kept?", number: "3" };

function proposalsFor(bank: Bank): readonly Proposal[] {
  return bank.files.flatMap((file) => file.questions.map((question, at) => proposalOf(file, question, `Draft ${at}.`)));
}

/** States of proposals made for `before`, when the bank has become `after`; with the places they mean. */
function statesAfter(before: Parameters<typeof simpleBank>[0], after: Parameters<typeof simpleBank>[0]): string[] {
  return reviewItems(simpleBank(after), proposalsFor(simpleBank(before))).map(({ state }) => {
    if (state.kind === "missing") return "missing";
    if (state.kind === "stale") return `stale: ${state.nearest.file.path} ${state.nearest.question.text}`;
    if (state.kind === "ambiguous") return `ambiguous: ${state.places.length}`;
    const { question, file } = state.place;
    return `${state.kind}: ${file.path} ${question.line}`;
  });
}

describe("the state of a proposal", () => {
  it("is clean where nothing changed", () => {
    const bank = { "a.md": [HASHING, SALTING, PEPPER] };
    expect(statesAfter(bank, bank)).toEqual(["clean: a.md 1", "clean: a.md 2", "clean: a.md 3"]);
  });

  it("stays clean when other questions come, go and change places", () => {
    expect(
      statesAfter({ "a.md": [HASHING, SALTING, PEPPER] }, { "a.md": [{ text: "New?" }, PEPPER, SALTING] }),
    ).toEqual(["missing", "clean: a.md 3", "clean: a.md 2"]);
  });

  it("is moved under another heading or in another file", () => {
    expect(
      statesAfter(
        { "a.md": [HASHING, SALTING], "b.md": [PEPPER] },
        { "a.md": [{ ...HASHING, headings: ["Basics"] }, PEPPER], "c.md": [SALTING] },
      ),
    ).toEqual(["moved: a.md 1", "moved: c.md 1", "moved: a.md 2"]);
  });

  it("is done where the slot holds the draft, and a conflict where it holds anything else", () => {
    expect(
      statesAfter(
        { "a.md": [HASHING, SALTING, PEPPER] },
        {
          "a.md": [
            { ...HASHING, answer: "Draft 0." },
            { ...SALTING, answer: "A person's." },
            { ...PEPPER, answer: "" },
          ],
        },
      ),
    ).toEqual(["done: a.md 1", "conflict: a.md 2", "conflict: a.md 3"]);
  });

  it("is stale where the question was reworded, and shows the nearest that is not another proposal's", () => {
    const reworded = { ...SALTING, text: "What is the salting of passwords good for?" };
    const lookalike = { ...SALTING, text: "What is salting of a password?" };
    expect(statesAfter({ "a.md": [SALTING, lookalike] }, { "a.md": [lookalike, reworded] })).toEqual([
      "stale: a.md What is the salting of passwords good for?",
      "clean: a.md 1",
    ]);
  });

  it("is missing where no question is alike", () => {
    expect(statesAfter({ "a.md": [HASHING] }, { "a.md": [PEPPER] })).toEqual(["missing"]);
  });

  it("survives a checkout with other line ends", () => {
    const bank = simpleBank({ "a.md": [HASHING] });
    const proposals = proposalsFor(bank).slice(0, 1);
    const windows = structuredClone(bank);
    const state = windows.files.map((file) => ({
      ...file,
      questions: file.questions.map((question) => ({
        ...question,
        slot: { ...question.slot, text: "\r\n\r\n_To be filled_", hash: "sha256:other" as const },
      })),
    }));
    const items = reviewItems({ files: state }, proposals);
    expect(items.map((item) => item.state.kind)).toEqual(["clean"]);
  });

  it("tells an edited draft from a generated one", () => {
    const bank = simpleBank({ "a.md": [HASHING, SALTING] });
    const [first, second] = proposalsFor(bank);
    if (first === undefined || second === undefined) throw new Error("two proposals expected");
    const items = reviewItems(bank, [first, { ...second, body: "Mine." }]);
    expect(items.map((item) => item.isEdited)).toEqual([false, true]);
  });
});

describe("an id given by the file", () => {
  const first = { ...HASHING, explicitId: "hash-1" };
  const second = { ...HASHING, explicitId: "hash-2" };

  it("tells twins apart wherever they go", () => {
    expect(statesAfter({ "a.md": [first, second] }, { "a.md": [SALTING, second], "b.md": [first] })).toEqual([
      "moved: b.md 1",
      "moved: a.md 2",
    ]);
  });

  it("names the question that was reworded beyond likeness", () => {
    const reworded = { ...first, text: "How do dictionaries find a key?" };
    expect(statesAfter({ "a.md": [first] }, { "a.md": [SALTING, reworded] })).toEqual([
      "stale: a.md How do dictionaries find a key?",
    ]);
  });
});

describe("questions with one text", () => {
  const first = { ...HASHING, number: "1" };
  const second = { ...HASHING, number: "7" };
  const basics = { ...HASHING, headings: ["Basics"] };
  const advanced = { ...HASHING, headings: ["Advanced"] };

  it("are told apart by their headings", () => {
    expect(statesAfter({ "a.md": [basics, advanced] }, { "a.md": [SALTING, advanced, basics] })).toEqual([
      "moved: a.md 3",
      "moved: a.md 2",
    ]);
  });

  it("are told apart by ordinal where the number agrees with it", () => {
    expect(statesAfter({ "a.md": [first, second] }, { "a.md": [SALTING, first, second] })).toEqual([
      "clean: a.md 2",
      "clean: a.md 3",
    ]);
  });

  it("are ambiguous where ordinal and number disagree", () => {
    expect(statesAfter({ "a.md": [first, second] }, { "a.md": [second, first] })).toEqual([
      "ambiguous: 2",
      "ambiguous: 2",
    ]);
  });

  it("are found by ordinal alone only while the file is as it was", () => {
    const bank = { "a.md": [{ text: "Why?" }, { text: "Why?" }] };
    expect(statesAfter(bank, bank)).toEqual(["clean: a.md 1", "clean: a.md 2"]);
    expect(statesAfter(bank, { "a.md": [...bank["a.md"], SALTING] })).toEqual(["ambiguous: 2", "ambiguous: 2"]);
  });

  it("leave the one that is gone missing, where a number tells which stayed", () => {
    expect(statesAfter({ "a.md": [first, second] }, { "a.md": [second] })).toEqual(["missing", "moved: a.md 1"]);
    expect(statesAfter({ "a.md": [first, second] }, { "a.md": [first] })).toEqual(["clean: a.md 1", "missing"]);
  });

  it("are all ambiguous where nothing tells which stayed", () => {
    expect(statesAfter({ "a.md": [{ text: "Why?" }, { text: "Why?" }] }, { "a.md": [{ text: "Why?" }] })).toEqual([
      "ambiguous: 1",
      "ambiguous: 1",
    ]);
  });

  it("keep to their own files when one of them is removed", () => {
    expect(statesAfter({ "a.md": [HASHING], "b.md": [HASHING] }, { "a.md": [HASHING], "b.md": [PEPPER] })).toEqual([
      "clean: a.md 1",
      "missing",
    ]);
  });
});

it("takes time in proportion to proposals and questions, also where all have one text", () => {
  const many = Array.from({ length: 3000 }, (_, at) => ({ text: `What is the ${at}th thing of ${at % 7}?` }));
  const reworded = many.map(({ text }) => ({ text: `${text} And why so?` }));
  const same = Array.from({ length: 1500 }, () => ({ text: "Why?" }));
  const stale = statesAfter({ "a.md": many }, { "a.md": reworded });
  const ambiguous = statesAfter({ "a.md": same }, { "a.md": [SALTING, ...same] });
  const growths = [
    growthOf((size) => () => statesAfter({ "a.md": many.slice(0, size) }, { "a.md": reworded.slice(0, size) }), 750),
    growthOf(
      (size) => () => statesAfter({ "a.md": same.slice(0, size) }, { "a.md": [SALTING, ...same.slice(0, size)] }),
      375,
    ),
  ];
  expect(growths).toEqual(["linear", "linear"]);
  expect(stale.filter((state, at) => state === `stale: a.md ${reworded[at]?.text}`)).toHaveLength(3000);
  expect(new Set(ambiguous)).toEqual(new Set(["ambiguous: 1500"]));
});
