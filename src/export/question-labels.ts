import { criterionName } from "./criterion-name.ts";
import type { BookQuestion } from "./grade-book.ts";

type Numbered = Pick<BookQuestion, "number">;

const LABEL_NUMBER = /^[A-Za-z0-9][A-Za-z0-9.]{0,5}$/;

/**
 * Short names by which a report points at its questions, no two alike: `Q7` by the number in the bank, `Q7a` and `Q7b` where
 * two banks number alike; by its place where the bank gives no number that is fit for a label.
 */
export function questionLabels(questions: readonly Numbered[]): readonly string[] {
  const bases = questions.map(({ number }, at) => numberOf(number) ?? String(at + 1));
  const labels = bases.map((base, at) => `Q${base}${suffixOf(bases, at)}`);
  const areDistinct = new Set(labels.map((label) => label.toLowerCase())).size === labels.length;
  return areDistinct ? labels : questions.map((_question, at) => `Q${at + 1}`);
}

/** The number that a question has in its bank, without a full stop behind it; undefined where it is none for a label. */
export function numberOf(number: string | undefined): string | undefined {
  const bare = number?.replace(/\.$/, "") ?? "";
  return LABEL_NUMBER.test(bare) ? bare : undefined;
}

function suffixOf(bases: readonly string[], at: number): string {
  const base = bases[at];
  const isAlone = bases.indexOf(base ?? "") === bases.lastIndexOf(base ?? "");
  if (isAlone) return "";
  const before = bases.slice(0, at).filter((each) => each === base).length;
  return criterionName(before).toLowerCase();
}
