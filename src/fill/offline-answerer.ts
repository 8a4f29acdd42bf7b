import { readQuestion, type Asked } from "./asked.ts";
import { textOfBlock } from "./blocks.ts";
import type { DraftReply } from "./reply-schema.ts";
import { selectBlocks, type Chosen } from "./select-blocks.ts";
import { draftInput, type DraftInput } from "./task-input.ts";
import { termsOf, wordsOf } from "./terms.ts";

/** How the text of an offline reply begins where the passages do not answer the question. */
export const UNSUPPORTED = "Not supported by the sources";

/** A larger share of the subject than this may not be missing from the passages. */
const MISSING_LIMIT = 0.2;
/** Retrieval without understanding is never sure. */
const HIGHEST_CONFIDENCE = 0.8;

/**
 * The embedded drafter: answers from the supplied passages alone, in their own words, or says that they do not support an
 * answer. Deterministic.
 * @throws ZodError if the input is not that of a draft task.
 */
export function draftOffline(taskInput: unknown): DraftReply {
  const input = draftInput.parse(taskInput);
  const asked = readQuestion(input.reading);
  const support = supportOf(input, asked);
  const chosen = support.isEnough ? selectBlocks(input, asked) : [];
  return chosen.length === 0 ? unsupported(input, asked, support) : supported(input, asked, support, chosen);
}

interface Support {
  readonly missing: readonly string[];
  /** 0 to 1: how much of the subject the passage that fits best holds. */
  readonly best: number;
  readonly isEnough: boolean;
}

function supportOf(input: DraftInput, asked: Asked): Support {
  const held = input.passages.map((passage) => new Set(termsOf(`${passage.heading}\n${passage.text}`)));
  const missing = asked.subject.filter((term) => !held.some((terms) => terms.has(term)));
  const shares = held.map((terms) => asked.subject.filter((term) => terms.has(term)).length / asked.subject.length);
  const best = Math.max(0, ...shares);
  const isEnough = asked.subject.length > 0 && missing.length <= asked.subject.length * MISSING_LIMIT && best >= 0.6;
  return { missing, best, isEnough };
}

function unsupported(input: DraftInput, asked: Asked, support: Support): DraftReply {
  const words = support.missing.map((term) => asked.words.get(term) ?? term);
  const lookedFor = [...asked.words.values()].join(", ");
  const reason = words.length > 0 ? `no passage mentions ${words.join(", ")}` : "no passage covers them together";
  const answer = `${UNSUPPORTED}: looked for ${lookedFor === "" ? "a subject in the question" : lookedFor}; ${reason}.`;
  return {
    question_restored: input.reading,
    answerable: false,
    assumptions: [],
    plan: "The passages do not hold what is asked.",
    key_points: [],
    answer,
    sources_cited: [],
    doubts: [],
    confidence: 0,
  };
}

function supported(input: DraftInput, asked: Asked, support: Support, chosen: readonly Chosen[]): DraftReply {
  const cited = new Set(chosen.map((block) => block.passage));
  const missing = support.missing.map((term) => asked.words.get(term) ?? term);
  const answer = compose(chosen);
  const isShort = wordsOf(answer).length < input.style.words_low;
  const confidence = support.best * HIGHEST_CONFIDENCE - missing.length * 0.1 - (isShort ? 0.15 : 0);
  return {
    question_restored: input.reading,
    answerable: true,
    assumptions: [],
    plan: `Sentences of ${[...cited].join(", ")} as they stand: the fitting section first, then what adds to it.`,
    key_points: [...keyPoints(chosen)],
    answer,
    sources_cited: input.passages.map((passage) => passage.id).filter((id) => cited.has(id)),
    doubts: missing.map((word) => `The sources do not mention "${word}".`),
    confidence: Math.round(Math.max(0, confidence) * 100) / 100,
  };
}

const LONG_PARAGRAPH = 4;

function compose(chosen: readonly Chosen[]): string {
  return chosen.flatMap(({ kind, parts }) => paragraphs(kind, parts)).join("\n\n");
}

// The first sentence of a long paragraph answers the question; it stands with one neighbour, the rest follows.
function paragraphs(kind: Chosen["kind"], parts: readonly string[]): readonly string[] {
  if (kind !== "paragraph" || parts.length <= LONG_PARAGRAPH) return [textOfBlock(kind, parts)];
  const half = Math.ceil(parts.length / 2);
  return [textOfBlock(kind, parts.slice(0, half)), textOfBlock(kind, parts.slice(half))];
}

const KEY_POINTS = 5;
const KEY_POINT_WORDS = 28;

function keyPoints(chosen: readonly Chosen[]): readonly string[] {
  const parts = chosen
    .filter((block) => block.kind === "paragraph" || block.kind === "list")
    .flatMap((block) => block.parts)
    .map((part) => (part.split("\n")[0] ?? "").replace(/^(?:[-*+]|\d{1,9}[.)])[ \t]+/, "").replaceAll("**", ""));
  const fitting = parts.filter((part) => wordsOf(part).length <= KEY_POINT_WORDS && !part.endsWith(":"));
  return (fitting.length > 0 ? fitting : parts).slice(0, KEY_POINTS);
}
