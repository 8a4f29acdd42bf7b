import { describe, expect, test } from "vitest";
import { parseFilter } from "../../src/review/filter.ts";
import { inOrder, type ItemOrder } from "../../src/review/order.ts";
import { reviewItems, type ReviewItem } from "../../src/review/states.ts";
import { proposalOf } from "./proposal-of.ts";
import { simpleBank } from "./simple-bank.ts";

const bank = simpleBank({
  "questions/locks.md": [{ text: "What is a lock?" }, { text: "What is a latch?", answer: "Somebody wrote this." }],
  "questions/trees.md": [{ text: "What is a tree?" }],
});

/** One of each: clean and sure, in conflict, clean and flagged without an estimate. */
function items(): readonly ReviewItem[] {
  const [locks, trees] = bank.files;
  const [lock, latch] = locks?.questions ?? [];
  const tree = trees?.questions[0];
  if (locks === undefined || trees === undefined || lock === undefined || latch === undefined || tree === undefined)
    throw new Error("the bank has three questions");
  const sure = proposalOf(locks, lock, "A lock keeps others out while one works.", { status: "pending" });
  const conflicting = proposalOf(locks, { ...latch, slot: lock.slot }, "A latch.", { status: "accepted" });
  const flagged = proposalOf(trees, tree, "A tree has one root and many leaves, and no two ways.", {
    status: "pending",
    flags: ["thin"],
  });
  const { confidence, ...signals } = flagged.header.signals;
  expect(confidence).toBe(0.5);
  return reviewItems(bank, [
    { ...sure, header: { ...sure.header, signals: { ...sure.header.signals, confidence: 0.9 } } },
    { ...conflicting, header: { ...conflicting.header, run: { ...conflicting.header.run, cost_usd: 0.02 } } },
    { ...flagged, header: { ...flagged.header, signals, run: { ...flagged.header.run, model_answered: "big-2" } } },
  ]);
}

function chosen(text: string): readonly string[] {
  const parsed = parseFilter(text);
  if (parsed.status === "wrong") return [parsed.message, parsed.hint];
  return items().flatMap((item) => (parsed.filter(item) ? [item.proposal.header.question] : []));
}

const [LOCK, LATCH, TREE] = ["What is a lock?", "What is a latch?", "What is a tree?"];

describe("a filter", () => {
  test.each([
    ["", [LOCK, LATCH, TREE]],
    ["file=locks", [LOCK, LATCH]],
    ["file=LOCKS.md state=pending", [LOCK]],
    ["state=conflict", [LATCH]],
    ["state=conflict,clean flag=thin", [TREE]],
    ["state=accepted", [LATCH]],
    ["model=big", [TREE]],
    ["model=offline", [LOCK, LATCH]],
    ["conf<0.6", [LATCH]],
    ["conf>=0.5", [LOCK, LATCH]],
    ["conf=.9", [LOCK]],
    ["run=2030-01-02", [LOCK, LATCH, TREE]],
    ["run=2031", []],
    ['text="one ROOT and"', [TREE]],
    ["text=others,leaves", [LOCK, TREE]],
    ["kind=rubric", []],
    ["  kind=answer   file=trees ", [TREE]],
  ])("%s", (text, expected) => {
    expect(chosen(text)).toEqual(expected);
  });

  test.each([
    ["sate=clean", "there is no filter sate", "did you mean state?"],
    ["state=claen", "there is no state claen", "did you mean clean?"],
    [
      "state=blue",
      "there is no state blue",
      "one of clean, moved, done, conflict, stale, ambiguous, missing, pending, accepted, rejected, applied",
    ],
    ["kind=rubrics", "there is no kind rubrics", "did you mean rubric?"],
    ["conf<low", "conf is compared with one number", "as in conf<0.6"],
    [
      "file<a",
      "file takes =, not <",
      'file= state= model= flag= conf<0.6 run= text="two words" kind=; commas in a value mean or',
    ],
    ["conflict", "there is no filter conflict", "did you mean state=conflict?"],
    [
      "toString=1",
      "there is no filter tostring",
      'file= state= model= flag= conf<0.6 run= text="two words" kind=; commas in a value mean or',
    ],
  ])("%s is told with what it may have meant", (text, message, hint) => {
    expect(chosen(text)).toEqual([message, hint]);
  });
});

test("in order of files, whatever order they come in", () => {
  const backwards = items().toReversed();
  expect(inOrder(backwards, "file")).toEqual(backwards.toReversed());
});

test.each<[ItemOrder, readonly string[]]>([
  ["file", [LOCK, LATCH, TREE]],
  ["confidence", [TREE, LATCH, LOCK]],
  ["cost", [LATCH, LOCK, TREE]],
  ["length", [TREE, LOCK, LATCH]],
])("in order of %s", (order, expected) => {
  expect(inOrder(items(), order).map(({ proposal }) => proposal.header.question)).toEqual(expected);
});
