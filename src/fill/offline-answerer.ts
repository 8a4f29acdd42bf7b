import { readQuestion, type Asked } from "./asked.ts";
import { textOfBlock } from "./blocks.ts";
import type { DraftReply } from "./reply-schema.ts";
import { findStart } from "./find-start.ts";
import type { Chosen } from "./growing-answer.ts";
import { selectBlocks } from "./select-blocks.ts";
import { draftInput, type DraftInput } from "./task-input.ts";
import { UNSUPPORTED } from "./unanswered.ts";
import { termsOf, wordsOf } from "../core/terms.ts";

/**
 * The embedded drafter: answers from the supplied passages alone, in their own words, or says that they do not support an
 * answer. Deterministic.
 * @throws ZodError if the input is not that of a draft task.
 */
export function draftOffline(taskInput: unknown): DraftReply {
  const input = draftInput.parse(taskInput);
  const asked = readQuestion(input.reading);
  if (CODE_FENCE.test(input.body)) return unread(input);
  const start = findStart(input, asked);
  const chosen = start === undefined ? [] : selectBlocks(input, asked, start);
  return start === undefined || chosen.length === 0
    ? unsupported(input, asked)
    : supported(input, asked, start.strength, chosen);
}

const CODE_FENCE = /^[ \t>]*(?:```|~~~)/m;

/** Notes on the words of a question say nothing of the program that it shows. */
function unread(input: DraftInput): DraftReply {
  return without(input, "the question is about the program below it, which cannot be read without a model");
}

function without(input: DraftInput, reason: string): DraftReply {
  return {
    question_restored: input.reading,
    assumptions: [],
    plan: "The passages do not hold what is asked.",
    key_points: [],
    answer: `${UNSUPPORTED}: ${reason}.`,
    sources_cited: [],
    doubts: [],
    confidence: 0,
  };
}

/** Low enough to be flagged. */
const FROM_OTHER_ANSWERS = 0.45;

function unsupported(input: DraftInput, asked: Asked): DraftReply {
  const missing = missingWords(input, asked);
  const lookedFor = [...asked.words.values()].join(", ");
  const reason = missing.length > 0 ? `no passage mentions ${missing.join(", ")}` : "no passage is about them together";
  return without(input, `looked for ${lookedFor === "" ? "a subject in the question" : lookedFor}; ${reason}`);
}

function supported(input: DraftInput, asked: Asked, strength: number, chosen: readonly Chosen[]): DraftReply {
  const cited = new Set(chosen.map((block) => block.passage));
  const missing = missingWords(input, asked);
  const answer = compose(chosen);
  const isShort = wordsOf(answer).length < input.style.words_low;
  // An answer to another question was written for that one: near as it may be, somebody should look.
  const isFromNotes = input.passages.some((passage) => passage.kind === "source" && cited.has(passage.id));
  const highest = isFromNotes ? strength : Math.min(strength, FROM_OTHER_ANSWERS);
  const confidence = highest - missing.length * MISSING_PENALTY - (isShort ? SHORT_PENALTY : 0);
  return {
    question_restored: input.reading,
    assumptions: [],
    plan: `Sentences of ${[...cited].join(", ")} as they stand: the fitting section first, then what adds to it.`,
    key_points: [...keyPoints(chosen)],
    answer,
    sources_cited: input.passages.map((passage) => passage.id).filter((id) => cited.has(id)),
    doubts: missing.map((word) => `The sources do not mention "${word}".`),
    confidence: Math.round(Math.max(0, confidence) * 100) / 100,
  };
}

const MISSING_PENALTY = 0.1;
const SHORT_PENALTY = 0.15;

/** Words of the subject that no passage holds. */
function missingWords(input: DraftInput, asked: Asked): readonly string[] {
  const held = new Set(input.passages.flatMap((passage) => termsOf(`${passage.heading}\n${passage.text}`)));
  return asked.subject.filter((term) => !held.has(term)).map((term) => asked.words.get(term) ?? term);
}

const LONG_PARAGRAPH = 4;

function compose(chosen: readonly Chosen[]): string {
  return chosen
    .flatMap(({ kind, parts }) => paragraphs(kind, parts))
    .join("\n\n")
    .trim();
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
