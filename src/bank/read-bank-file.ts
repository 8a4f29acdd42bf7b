import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { type BankConfig, chooseDialects, type DialectChoice, dialectNamed } from "./bank-config.ts";
import { detectDialects } from "./detect.ts";
import { type LineMap, mapLines } from "./line-map.ts";
import { parseFile } from "./parse.ts";
import type { BankFile } from "./question.ts";
import { readSource } from "./source-text.ts";

/**
 * Reads one file as a bank: decodes it, takes the dialects from its front matter, the configuration or detection, and
 * finds its questions. A file that is no bank has none.
 * @throws UserError for an unknown dialect or a pattern that cannot be used.
 */
export function readBankFile(path: string, bytes: Uint8Array, config: BankConfig): BankFile {
  const source = readSource(bytes);
  const map = mapLines(source);
  const choice = dialectChoice(path, config, map);
  switch (choice.kind) {
    case "chosen":
      return parseFile({ path, source, map, dialects: choice.dialects, chosenBy: choice.by });
    case "no bank":
      return parseFile({ path, source, map, dialects: [], chosenBy: "none" });
    case "detect": {
      const { dialects } = detectDialects(path, map);
      return parseFile({ path, source, map, dialects, chosenBy: dialects.length > 0 ? "detected" : "none" });
    }
    default:
      return choice satisfies never;
  }
}

/**
 * Reads what a file became by edits, with the dialects it was read with before: an answer must not change how its file
 * is understood.
 */
export function rereadBankFile(before: BankFile, bytes: Uint8Array, config: BankConfig): BankFile {
  const { path, chosenBy } = before;
  const dialects = before.dialects.map((name) => dialectNamed(name, config));
  return parseFile({ path, source: readSource(bytes), dialects, chosenBy });
}

function dialectChoice(path: string, config: BankConfig, map: LineMap): DialectChoice {
  try {
    return chooseDialects(path, config, dialectInFrontMatter(map));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${path}: ${error.message}`, { hint: error.hint ?? "", cause: error });
  }
}

const namesDialect = z.object({ bank: z.object({ dialect: z.string() }) });

function dialectInFrontMatter(map: LineMap): string | undefined {
  const parsed = namesDialect.safeParse(map.frontMatter.values);
  return parsed.success ? parsed.data.bank.dialect : undefined;
}
