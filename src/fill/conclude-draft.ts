import type { ProposalHeader } from "../bank/proposal.ts";
import type { Receipt, Outcome } from "../core/outcome.ts";
import type { DraftItem } from "./draft-item.ts";
import type { Examined } from "./examine.ts";
import type { CritiqueFinding } from "./reply-schema.ts";
import { quoteFor } from "./quote-for.ts";
import { lettersAndDigits } from "../bank/question-hash.ts";
import { isSuspicious } from "./suspicion.ts";
import { isOpen, type WeighedCritique } from "./weigh-critique.ts";

/** An answer fit to be proposed, with what a reviewer should know about it. */
export interface Draft {
  readonly answer: string;
  readonly signals: ProposalHeader["signals"];
}

/** What happened to a draft after it was made. */
export interface Review {
  readonly critique: WeighedCritique | undefined;
  readonly revision: Revision | undefined;
  readonly failed: readonly ("critique-failed" | "revise-failed")[];
}

export interface Revision {
  readonly examined: Examined;
  /** Numbers of the findings the reviser declined, from 1. */
  readonly declined: ReadonlySet<number>;
}

export interface Conclusion extends Review {
  readonly item: DraftItem;
  readonly first: Examined;
  /** Hidden characters taken out of the question and the passages. */
  readonly hidden: number;
  readonly receipt: Receipt;
}

/** Below this the model itself expects a fault more often than not. */
const LOW_CONFIDENCE = 0.5;

/** Chooses between draft and revision, and gathers what a reviewer must look at; a clean draft has no flag. */
export function concludeDraft(conclusion: Conclusion): Outcome<Draft> {
  const { first, revision, receipt } = conclusion;
  const isWorse = revision !== undefined && blocks(revision.examined) > blocks(first);
  const final = revision === undefined || isWorse ? first : revision.examined;
  const blocking = final.findings.filter((finding) => finding.severity === "block");
  if (blocking.length > 0) {
    const issues = blocking.map((finding) => `${finding.code}: ${finding.message}`).join("\n");
    return { status: "invalid", text: final.answer, issues, receipt };
  }
  const taken = isWorse ? undefined : revision;
  const flags = [...new Set(flagsOf(conclusion, final, taken, isWorse))];
  return {
    status: "ok",
    value: { answer: final.answer, signals: signalsOf(conclusion, final, taken, flags) },
    receipt,
  };
}

function blocks(examined: Examined): number {
  return examined.findings.filter((finding) => finding.severity === "block").length;
}

function flagsOf(
  { item, critique, failed, hidden }: Conclusion,
  final: Examined,
  revision: Revision | undefined,
  isWorse: boolean,
): readonly string[] {
  const read = [
    item.question,
    item.body,
    ...item.topic,
    ...item.passages.flatMap(({ heading, text }) => [heading, text]),
  ];
  const flags: string[] = [...failed];
  if (read.some(isSuspicious)) flags.push("injection-suspected");
  if (hidden > 0) flags.push("hidden-input");
  if (final.repairs.includes("hidden-characters")) flags.push("lint:hidden-characters");
  if (final.reply.confidence < LOW_CONFIDENCE) flags.push("low-confidence");
  if (isWorse) flags.push("revise-failed");
  if (critique?.verdict === "reject") flags.push("critique:reject");
  const open = openFindings(critique, final, revision).filter((finding) => finding.severity !== "minor");
  flags.push(...open.map((finding) => `critique:${finding.kind}`));
  const flagged = final.findings.filter((finding) => finding.severity === "flag");
  flags.push(...flagged.map((finding) => `lint:${finding.code}`));
  return flags;
}

function openFindings(
  critique: WeighedCritique | undefined,
  final: Examined,
  revision: Revision | undefined,
): readonly CritiqueFinding[] {
  const standing = critique?.standing ?? [];
  if (revision === undefined) return standing;
  return standing.filter((finding, index) => isOpen(finding, final.answer, revision.declined.has(index + 1)));
}

function signalsOf(
  { item, first, critique }: Conclusion,
  final: Examined,
  revision: Revision | undefined,
  flags: readonly string[],
): ProposalHeader["signals"] {
  const { reply } = final;
  const restored = first.reply.question_restored.trim();
  const isRestored = restored !== item.question && lettersAndDigits(restored) === lettersAndDigits(item.question);
  return {
    confidence: reply.confidence,
    verdict: critique?.verdict ?? "not-run",
    findings: [...findingLines(critique, final, revision), ...lintLines(final)],
    flags: [...flags],
    citations: citationsOf(item, final),
    key_points: reply.key_points,
    assumptions: first.reply.assumptions,
    doubts: reply.doubts,
    ...(isRestored ? { question_restored: restored } : {}),
  };
}

function findingLines(
  critique: WeighedCritique | undefined,
  final: Examined,
  revision: Revision | undefined,
): readonly string[] {
  const open = new Set(openFindings(critique, final, revision));
  return [
    ...(critique?.standing ?? []).map((finding) => lineOf(finding, open.has(finding) ? "open" : "revised")),
    ...(critique?.unfounded ?? []).map((finding) => lineOf(finding, "quote not in the draft, not counted")),
  ];
}

function lineOf({ severity, kind, problem }: CritiqueFinding, state: string): string {
  return `${severity} ${kind} (${state}): ${problem}`;
}

function lintLines(final: Examined): readonly string[] {
  return final.findings.map((finding) => `${finding.severity} ${finding.code}: ${finding.message}`);
}

function citationsOf(item: DraftItem, final: Examined): ProposalHeader["signals"]["citations"] {
  const cited = new Set(final.reply.sources_cited);
  return item.passages
    .filter((passage) => cited.has(passage.id))
    .map(({ path, heading, text }) => {
      const quote = quoteFor(final.answer, text);
      return { path, heading, ...(quote === undefined ? {} : { quote }) };
    });
}
