import { expect, test } from "vitest";
import * as library from "../src/index.ts";

test("the library exports these names and no others", () => {
  expect(Object.keys(library).toSorted()).toEqual([
    "OFFLINE_ANSWERS",
    "OFFLINE_GRADES",
    "UserError",
    "ankiText",
    "applyEdits",
    "auditBank",
    "bankConfigSchema",
    "bankJsonLines",
    "chooseQuestions",
    "compileDraftPrompts",
    "compileGradePrompts",
    "decide",
    "fillBank",
    "formatRubricYaml",
    "gradeSubmissions",
    "guardStructure",
    "indexBank",
    "lintRubrics",
    "messageOf",
    "modelOf",
    "moodleXml",
    "offlineProvider",
    "openAiProvider",
    "packagedPrompt",
    "parseRubricFile",
    "planApply",
    "proposalHeader",
    "readBankFile",
    "readRubricDocument",
    "readSubmissions",
    "renderAnswer",
    "rereadBankFile",
    "reviewItems",
    "studyGuide",
    "unifiedDiff",
  ]);
});

test("reads a bank, writes one answer into it, and finds it filled", () => {
  const { applyEdits, bankConfigSchema, guardStructure, readBankFile, renderAnswer, rereadBankFile } = library;
  const config = bankConfigSchema.parse({});
  const text = "# Locks\r\n\r\n## Question 1\r\n\r\n**What is a lock?**\r\n\r\n**Answer:** _[To be filled]_\r\n";
  const before = readBankFile("locks.md", new TextEncoder().encode(text), config);
  const [question] = before.questions;
  if (question === undefined) throw new Error("no question was found");
  const answer = renderAnswer(question, "It keeps others out.", { eol: before.source.eol, spacing: "blank-line" });
  const bytes = applyEdits(before.source, [{ ...question.slot.span, text: answer }]);
  const after = rereadBankFile(before, bytes, config);
  expect(guardStructure(before, after, new Set([question.id]))).toBeUndefined();
  expect(new TextDecoder().decode(bytes)).toBe(
    "# Locks\r\n\r\n## Question 1\r\n\r\n**What is a lock?**\r\n\r\n**Answer:**\r\n\r\nIt keeps others out.\r\n",
  );
  expect(after.questions.map(({ state }) => state)).toEqual(["filled"]);
});
