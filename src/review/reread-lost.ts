import { type BankConfig, chooseDialects } from "../bank/bank-config.ts";
import { indexBank } from "../bank/index-bank.ts";
import type { Bank, BankFile } from "../bank/question.ts";
import { rereadBankFile } from "../bank/read-bank-file.ts";
import { groupBy } from "../core/group-by.ts";

/** A file of the later state that was read with the layout of one of the earlier. */
export interface RereadFile {
  readonly path: string;
  readonly dialects: readonly string[];
  /** The earlier file with that layout. */
  readonly like: string;
}

/**
 * Looks for lost questions where detection sees none: whether a file passes for a bank depends on how many questions it
 * has, so a few that moved to a file of their own, or stayed behind, would count as lost although they are still asked.
 *
 * @returns the later state with those files read like the earlier ones, and which they are.
 */
export function rereadLost(
  before: Bank,
  after: Bank,
  config: BankConfig,
): { readonly bank: Bank; readonly reread: readonly RereadFile[] } {
  const lost = hashesOf(before.files);
  for (const hash of hashesOf(after.files)) lost.delete(hash);
  if (lost.size === 0) return { bank: after, reread: [] };
  const detected = before.files.filter(
    ({ chosenBy, questions }) => chosenBy === "detected" && questions.some(({ textHash }) => lost.has(textHash)),
  );
  const models = [...groupBy(detected, layoutOf).values()].flatMap(([first]) => first ?? []);
  const reread: RereadFile[] = [];
  const files = after.files.map((file): BankFile => {
    if (file.chosenBy !== "none" && file.chosenBy !== "detected") return file;
    // Nobody said that this file is none.
    if (chooseDialects(file.path, config, undefined).kind !== "detect") return file;
    const own = detected.filter(({ path }) => path === file.path);
    for (const model of [...own, ...models]) {
      const again = rereadAlike(file, model, config);
      if (again === undefined || !findsMore(file, again, lost)) continue;
      reread.push({ path: file.path, dialects: model.dialects, like: model.path });
      return again;
    }
    return file;
  });
  return { bank: indexBank(files), reread };
}

function rereadAlike(file: BankFile, { dialects }: BankFile, config: BankConfig): BankFile | undefined {
  if (dialects.join(" ") === file.dialects.join(" ")) return undefined;
  return rereadBankFile({ ...file, dialects, chosenBy: "detected" }, file.source.bytes, config);
}

/** True where a lost question is found, and all that was found before. */
function findsMore(file: BankFile, again: BankFile, lost: ReadonlySet<string>): boolean {
  const found = hashesOf([again]);
  return [...found].some((hash) => lost.has(hash)) && [...hashesOf([file])].every((hash) => found.has(hash));
}

function layoutOf({ dialects }: BankFile): string {
  return dialects.join(" ");
}

function hashesOf(files: readonly BankFile[]): Set<string> {
  return new Set(files.flatMap(({ questions }) => questions.map(({ textHash }) => textHash)));
}
