import type { Diagnostic } from "../core/diagnostics.ts";
import { auditAnswers } from "./audit-answers.ts";
import { auditDuplicates } from "./audit-duplicates.ts";
import { auditNumbers } from "./audit-numbers.ts";
import { auditTotals } from "./audit-totals.ts";
import { findGlue } from "./glue.ts";
import type { Bank, BankFile } from "./question.ts";
import { type Vocabulary, vocabularyOfBank } from "./vocabulary.ts";

/**
 * Everything that looks wrong in a bank, sorted by path and line. `notes` are texts beside the bank whose words are known
 * to be words. Time is linear in the bank.
 */
export function auditBank(bank: Bank, notes: readonly string[] = []): Diagnostic[] {
  const vocabulary = vocabularyOfBank(bank, notes);
  return [
    ...bank.files.flatMap((file) => [...file.diagnostics, ...auditNumbers(file), ...auditGlue(file, vocabulary)]),
    ...auditDuplicates(bank),
    ...auditAnswers(bank),
    ...auditTotals(bank),
  ].toSorted(byPlace);
}

function auditGlue(file: BankFile, vocabulary: Vocabulary): Diagnostic[] {
  return file.questions.flatMap(({ id, text, line }): Diagnostic[] => {
    const findings = findGlue(text, vocabulary);
    if (findings.length === 0) return [];
    const found = findings.map((finding) => finding.found).join(" ");
    const repaired = findings.map((finding) => finding.repaired).join(" ");
    return [{ code: "glued-words", severity: "warning", path: file.path, line, arguments: { id, found, repaired } }];
  });
}

function byPlace(left: Diagnostic, right: Diagnostic): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return left.line - right.line || (left.code < right.code ? -1 : 1);
}
