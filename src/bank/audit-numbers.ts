import type { Diagnostic } from "../core/diagnostics.ts";
import type { BankFile, Question } from "./question.ts";

interface Numbered {
  readonly question: Question;
  readonly label: string;
  readonly value: number;
}

/** One stretch of numbers that count up. */
interface Run {
  last: Numbered;
  highest: number;
}

/** A number with an optional letter behind it: `7`, `Q7`, `42.b`. */
const NUMBER = /(\d{1,9})/;

/**
 * Numbers that are missing from a file or come twice. Each dialect counts on its own. A return to 1 starts a new run and is
 * one finding, however many numbers it repeats; under a new heading that is a way to number and for information only.
 * Files where every number is 1 leave the numbering to markdown.
 */
export function auditNumbers(file: BankFile): Diagnostic[] {
  return numberedByDialect(file.questions).flatMap((numbered) =>
    numbered.every(({ value }) => value === 1) ? [] : auditSequence(file.path, numbered),
  );
}

function numberedByDialect(questions: readonly Question[]): Numbered[][] {
  const byDialect = new Map<string, Numbered[]>();
  for (const question of questions) {
    const digits = NUMBER.exec(question.number ?? "")?.[1];
    if (question.number === undefined || digits === undefined) continue;
    const numbered = byDialect.get(question.dialect) ?? [];
    numbered.push({ question, label: question.number, value: Number(digits) });
    byDialect.set(question.dialect, numbered);
  }
  return [...byDialect.values()];
}

function auditSequence(path: string, numbered: readonly Numbered[]): Diagnostic[] {
  const firstLines = new Map<string, number>();
  let run: Run | undefined;
  return numbered.flatMap((next): Diagnostic[] => {
    const diagnostics = run === undefined ? [] : faultsOf(path, next, run, firstLines.get(next.label));
    if (!firstLines.has(next.label)) firstLines.set(next.label, next.question.line);
    run = { last: next, highest: next.value === 1 ? 1 : Math.max(run?.highest ?? 0, next.value) };
    return diagnostics;
  });
}

function faultsOf(path: string, next: Numbered, run: Run, firstLine: number | undefined): Diagnostic[] {
  const { last, highest } = run;
  const place = { path, line: next.question.line };
  const isOnward = next.value === last.value + 1 || next.value === highest + 1;
  const isVariant = next.value === last.value && next.label !== last.label;
  if (isOnward || isVariant) return [];
  if (next.value > last.value || firstLine === undefined) {
    const jump = { from: last.label, to: next.label };
    return [{ code: "number-missing", severity: "warning", ...place, arguments: jump }];
  }
  const severity = next.value === 1 && !sameHeadings(last.question, next.question) ? "info" : "warning";
  return [{ code: "number-repeated", severity, ...place, arguments: { number: next.label, firstLine } }];
}

function sameHeadings(left: Question, right: Question): boolean {
  return left.headings.join("\n") === right.headings.join("\n");
}
