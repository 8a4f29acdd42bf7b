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

test("a file that is no bank shows its near misses", () => {
  expect(guesses("# Git\n\n## 1. Branches\n\nText.\n\n## 2. Tags\n\nText.\n")).toEqual([
    { dialect: "numbered-heading", questions: 2, firstLine: 3, verdict: "too little evidence" },
    { dialect: "heading", questions: 2, firstLine: 3, verdict: "too little evidence" },
    { dialect: "heading-body", questions: 2, firstLine: 3, verdict: "too little evidence" },
  ]);
});
