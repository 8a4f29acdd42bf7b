import { expect, test } from "vitest";
import { detectDialects } from "../../src/bank/detect.ts";
import { mapLines } from "../../src/bank/line-map.ts";
import { readSource } from "../../src/bank/source-text.ts";
import { bytesOf } from "./byte-texts.ts";

function guesses(text: string): unknown {
  return detectDialects("notes/file.md", mapLines(readSource(bytesOf(text)))).guesses;
}

test("the guess says what was chosen and what only looked like it", () => {
  const text =
    "## 1. What is a heap?\n\n### Why a tree?\n\nSo.\n\n### How deep?\n\nLog n.\n\n## 2. What is a trie?\n\nA tree.\n";
  expect(guesses(text)).toEqual([
    { dialect: "numbered-heading", questions: 2, firstLine: 1, verdict: "chosen" },
    { dialect: "heading", questions: 2, firstLine: 1, verdict: "too little evidence" },
    { dialect: "heading-body", questions: 2, firstLine: 1, verdict: "too little evidence" },
  ]);
});

test.each([
  ["SECURITY.md", 0],
  ["docs/CONTRIBUTING.md", 0],
  ["contributing.md", 0],
  ["questions/security.md", 2],
  ["topics/licensing.md", 2],
  ["questions/CONTRIBUTING_QUESTIONS.md", 2],
])("what a repository says of itself is no bank, and a bank of that subject is one: %s", (path, questions) => {
  const text = "## 1. What is a lock?\n\nOne holder.\n\n## 2. What is a latch?\n\nA gate.\n";
  const found = detectDialects(path, mapLines(readSource(bytesOf(text))));
  expect([found.dialects.length, found.guesses[0]?.questions ?? 0]).toEqual([questions === 0 ? 0 : 1, questions]);
});

test("a file that is no bank shows its near misses", () => {
  expect(guesses("# Git\n\n## 1. Branches\n\nText.\n\n## 2. Tags\n\nText.\n")).toEqual([
    { dialect: "numbered-heading", questions: 2, firstLine: 3, verdict: "too little evidence" },
    { dialect: "heading", questions: 2, firstLine: 3, verdict: "too little evidence" },
    { dialect: "heading-body", questions: 2, firstLine: 3, verdict: "too little evidence" },
  ]);
});
