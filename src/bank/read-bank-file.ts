import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { type BankConfig, chooseDialects, type DialectChoice, dialectNamed, personalIn } from "./bank-config.ts";
import { detectDialects } from "./detect.ts";
import { type LineMap, mapLines } from "./line-map.ts";
import { parseFile, type ParseInput } from "./parse.ts";
import { withPersonal } from "./personal.ts";
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
  const { dialects, chosenBy } = dialectsOf(path, config, map);
  return markPersonal(parseFile({ path, source, map, dialects, chosenBy }), config);
}

function dialectsOf(path: string, config: BankConfig, map: LineMap): Pick<ParseInput, "dialects" | "chosenBy"> {
  const choice = dialectChoice(path, config, map);
  switch (choice.kind) {
    case "chosen":
      return { dialects: choice.dialects, chosenBy: choice.by };
    case "no bank":
      return { dialects: [], chosenBy: "none" };
    case "detect": {
      const { dialects } = detectDialects(path, map);
      return { dialects, chosenBy: dialects.length > 0 ? "detected" : "none" };
    }
    default:
      return choice satisfies never;
  }
}

/** What the configuration says of questions in every layout. */
function markPersonal(file: BankFile, config: BankConfig): BankFile {
  if (config.personal.length === 0) return file;
  const personal = personalIn(config);
  return { ...file, questions: file.questions.map((each) => ({ ...each, state: withPersonal(each, personal) })) };
}

/**
 * Reads what a file became by edits, with the dialects it was read with before: an answer must not change how its file
 * is understood.
 */
export function rereadBankFile(before: BankFile, bytes: Uint8Array, config: BankConfig): BankFile {
  const { path, chosenBy } = before;
  const dialects = before.dialects.map((name) => dialectNamed(name, config));
  return markPersonal(parseFile({ path, source: readSource(bytes), dialects, chosenBy }), config);
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
