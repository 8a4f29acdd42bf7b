import type { Fix, FixPlan, LeftFix } from "./audit-fix.ts";
import { repairGlue, type GlueRepair } from "./glue.ts";
import type { Bank, BankFile, Question } from "./question.ts";
import { vocabularyOfBank, withoutBlanks } from "./vocabulary.ts";
import { respaced, wordingView } from "./wording.ts";

/** Not written to, or a blank beside a mark: `**what**is`. */
const BY_HAND = "the blanks belong beside a mark, or the words are not in the file as they read";

/** Lost blanks put back into questions: as a twin has them, else as known words read. */
export function fixGlue(bank: Bank, notes: readonly string[]): FixPlan {
  const vocabulary = vocabularyOfBank(bank, notes);
  const pathOf = placesByText(bank);
  const fixes: Fix[] = [];
  const left: LeftFix[] = [];
  for (const file of bank.files) {
    const glued = file.questions.flatMap(({ text }, at) => {
      const repair = repairGlue(text, vocabulary);
      return repair.text === text ? [] : [{ at, text, repair }];
    });
    // Few files have any.
    const view = glued.length === 0 ? file : wordingView(file);
    for (const { at, text, repair } of glued) {
      const question = view.questions[at];
      if (question === undefined) continue;
      const body = file.readOnly === undefined ? respaced(question.slot.text, text, repair.text) : undefined;
      const isTwin = vocabulary.twins.get(withoutBlanks(text)) === repair.text;
      if (body !== undefined)
        fixes.push(fixOf(file, question, body, repair, isTwin ? pathOf.get(repair.text) : undefined));
      else left.push({ name: "glue", path: file.path, line: question.line, reason: file.readOnly ?? BY_HAND });
    }
  }
  return { fixes, left };
}

function fixOf(
  file: BankFile,
  question: Question,
  body: string,
  { text, certain }: GlueRepair,
  twinPath: string | undefined,
): Fix {
  return {
    name: "glue",
    file,
    question,
    body,
    flags: certain ? [] : ["uncertain-repair"],
    doubts: certain ? [] : ["Another way to part these words is about as likely."],
    from: twinPath === undefined ? undefined : { path: twinPath, text },
  };
}

/** The first file with a question of exactly this text. */
function placesByText({ files }: Bank): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { path, questions } of files) {
    for (const { text } of questions) if (!places.has(text)) places.set(text, path);
  }
  return places;
}
