import type { CompiledDialect } from "./compile-dialect.ts";
import { diagnoseFile } from "./diagnose-file.ts";
import { findGeneratedMark } from "./generated.ts";
import { assignIds } from "./index-bank.ts";
import { type LineMap, mapLines } from "./line-map.ts";
import { mergeStarts } from "./merge-starts.ts";
import type { BankFile } from "./question.ts";
import { cutBlocks } from "./question-block.ts";
import { chooseMarkers, type UnnumberedQuestion, readQuestion } from "./read-question.ts";
import type { SourceText } from "./source-text.ts";
import { readWholeFile } from "./whole-file.ts";

export interface ParseInput {
  /** Relative to the project root, with forward slashes. */
  readonly path: string;
  readonly source: SourceText;
  readonly dialects: readonly CompiledDialect[];
  readonly chosenBy: BankFile["chosenBy"];
  /** The lines of `source`, where the caller has them already. */
  readonly map?: LineMap | undefined;
}

/** Finds the questions of one file. Ids are distinct within the file; `indexBank` makes them distinct across a bank. */
export function parseFile(input: ParseInput): BankFile {
  const { path, source, dialects, chosenBy } = input;
  const map = input.map ?? mapLines(source);
  const questions = assignIds(readQuestions(input, map));
  const generated = questions.length === 0 ? undefined : findGeneratedMark(map, dialects, questions);
  return {
    path,
    source,
    dialects: dialects.map((dialect) => dialect.name),
    chosenBy,
    questions,
    ...diagnoseFile({ path, source, map, generated }),
  };
}

function readQuestions({ path, source, dialects }: ParseInput, map: LineMap): readonly UnnumberedQuestion[] {
  const wholeFile = dialects.find((dialect) => dialect.rules.kind === "file");
  if (wholeFile !== undefined) return readWholeFile(path, source, map, wholeFile);
  const blocks = cutBlocks(map, mergeStarts(map, dialects));
  return chooseMarkers(blocks.map((block) => readQuestion(source, map, block)));
}
