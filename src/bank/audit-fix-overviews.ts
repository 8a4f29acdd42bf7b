import type { Fix, FixName, FixPlan, LeftFix } from "./audit-fix.ts";
import { wrongTotals, type WrongTotal } from "./audit-totals.ts";
import { contentsRegions } from "./contents-regions.ts";
import { mapLines } from "./line-map.ts";
import { overviewView } from "./overview.ts";
import type { Bank, BankFile, Question } from "./question.ts";
import { refreshedContents } from "./refresh-contents.ts";

/** Stated totals that are wrong, with the number that was counted. */
export function fixTotals(bank: Bank): FixPlan {
  const views = new Map<BankFile, BankFile>();
  const fixes: Fix[] = [];
  const left: LeftFix[] = [];
  for (const wrong of wrongTotals(bank)) {
    const { file, stated } = wrong;
    const line = stated.line + 1;
    const view = views.get(file) ?? overviewView(file);
    views.set(file, view);
    const question = view.questions.find((each) => each.line === line);
    if (file.readOnly !== undefined) left.push({ name: "totals", path: file.path, line, reason: file.readOnly });
    else if (question !== undefined) fixes.push(totalFix(wrong, question));
  }
  return { fixes, left };
}

/** More may be stated than there are in the files that were read. */
function totalFix(wrong: WrongTotal, question: Question): Fix {
  const fix = fixOf("totals", wrong.file, question, correctedTotal(wrong, question));
  if (wrong.counted >= wrong.stated.total) return fix;
  const doubt = "Fewer were counted than the text says: some may lie in files that are not read as banks.";
  return { ...fix, flags: ["fewer-counted"], doubts: [doubt] };
}

function correctedTotal({ stated: { digits }, counted }: WrongTotal, { slot }: Question): string {
  const start = digits.start - slot.span.start;
  return slot.text.slice(0, start) + String(counted) + slot.text.slice(digits.end - slot.span.start);
}

/** Tables of contents that no longer list the questions of their file. */
export function fixContents(bank: Bank): FixPlan {
  const fixes = bank.files.flatMap((file) =>
    file.readOnly === undefined && file.questions.length > 0 ? contentsIn(file) : [],
  );
  return { fixes, left: [] };
}

function contentsIn(file: BankFile): readonly Fix[] {
  const map = mapLines(file.source);
  const regions = contentsRegions(map);
  const places = regions.length === 0 ? [] : overviewView(file).questions;
  return regions.flatMap((region): Fix[] => {
    const question = places.find(({ line }) => line === region.opening + 1);
    const body = refreshedContents(file, map, region);
    const isNew = question !== undefined && body !== undefined && body.trim() !== question.slot.answer;
    return isNew ? [fixOf("contents", file, question, body)] : [];
  });
}

function fixOf(name: FixName, file: BankFile, question: Question, body: string): Fix {
  return { name, file, question, body, flags: [], doubts: [], from: undefined };
}
