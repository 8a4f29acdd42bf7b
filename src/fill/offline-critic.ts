import { readQuestion } from "./asked.ts";
import { blocksOf } from "./blocks.ts";
import type { CritiqueFinding, CritiqueReply } from "./reply-schema.ts";
import { critiqueInput, type CritiqueInput } from "./task-input.ts";
import { termsOf, wordsOf } from "../core/terms.ts";

/** A statement needs this share of its terms in one passage to count as borne out by it. */
const SUPPORT = 0.5;
const MOST_FINDINGS = 6;
const QUOTE_WORDS = 25;
/** Shorter parts are labels and lead-ins, which claim nothing. */
const LEAST_TERMS = 5;

/**
 * The embedded critic: compares words, not meanings. Reports statements that no passage bears out and subjects of the question
 * that the answer never names; it cannot tell a true statement from a false one.
 * @throws ZodError if the input is not that of a critique task.
 */
export function critiqueOffline(taskInput: unknown): CritiqueReply {
  const input = critiqueInput.parse(taskInput);
  const findings = [...missingSubjects(input), ...unsupportedParts(input)].slice(0, MOST_FINDINGS);
  return { expected: [], findings, verdict: findings.length === 0 ? "pass" : "revise" };
}

function missingSubjects({ reading, answer }: CritiqueInput): readonly CritiqueFinding[] {
  const asked = readQuestion(reading);
  const held = new Set(termsOf(answer));
  const missing = asked.subject.filter((term) => !held.has(term)).map((term) => asked.words.get(term) ?? term);
  if (missing.length * 2 <= asked.subject.length) return [];
  const words = missing.join(", ");
  return [
    {
      kind: "off-question",
      quote: "",
      problem: `The answer never mentions ${words}, which the question asks about.`,
      fix: `Answer the question about ${words}.`,
      severity: "major",
    },
  ];
}

function unsupportedParts({ answer, passages }: CritiqueInput): readonly CritiqueFinding[] {
  if (passages.length === 0) return [];
  const held = passages.map(({ heading, text }) => new Set(termsOf(`${heading}\n${text}`)));
  const parts = blocksOf(answer).flatMap(({ kind, parts: own }) =>
    kind === "paragraph" || kind === "list" ? own : [],
  );
  return parts
    .filter((part) => !isBorneOut(termsOf(part), held))
    .map((part) => ({
      kind: "unsupported-claim" as const,
      quote: firstWords(part),
      problem: "No supplied passage holds most of the words of this statement.",
      fix: "Check it, or state what the passages bear out.",
      severity: "minor" as const,
    }));
}

function isBorneOut(terms: readonly string[], held: readonly ReadonlySet<string>[]): boolean {
  if (terms.length < LEAST_TERMS) return true;
  return held.some((known) => terms.filter((term) => known.has(term)).length >= terms.length * SUPPORT);
}

function firstWords(part: string): string {
  const [line = ""] = part.split("\n");
  return wordsOf(line).length <= QUOTE_WORDS ? line : line.split(/\s+/).slice(0, QUOTE_WORDS).join(" ");
}
