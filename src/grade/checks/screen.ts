import { ENGLISH } from "./screen-english.ts";
import { OTHER_LANGUAGES } from "./screen-languages.ts";
import {
  digitPieces,
  encodedPieces,
  HIDDEN_RUN,
  hiddenPieces,
  lookalike,
  plainPieces,
  rotated,
  speltPieces,
  unescapedPieces,
} from "./screen-readings.ts";
import { grouped, type ScreenFamily } from "./screen-rules.ts";
import { strayClosings } from "./screen-tags.ts";
import { inLetters, type View, viewOf } from "./screen-view.ts";

/** A stretch of an answer that looks like an order to the judge. UTF-16 offsets into the answer, end excluded. */
export interface ScreenHit {
  readonly family: ScreenFamily;
  readonly start: number;
  readonly end: number;
}

const GROUPS = grouped([...ENGLISH, ...OTHER_LANGUAGES]);

/**
 * Stretches that seem to speak to the judge and not to answer, in order of place. A flag and never a mark: many attacks are worded
 * otherwise, and some honest answers are worded so. The answer is also searched as it reads with lookalike letters, escapes, base64,
 * hidden characters and rotated letters undone. What the `subject` says too, question and reference, is honest. Linear in the answer.
 */
export function screenAnswer(answer: string, subject = ""): readonly ScreenHit[] {
  const plain = viewOf(plainPieces(answer));
  let known: string | undefined;
  const isHonest = (found: string): boolean => (known ??= viewOf(plainPieces(subject)).text).includes(found.trim());
  const hits = [
    ...views(answer, plain).flatMap((view) => hitsIn(view, isHonest)),
    ...Array.from(strayClosings(plain.text), (place) => originOf(plain, "forged-delimiter", place)),
    ...Array.from(answer.matchAll(HIDDEN_RUN), ({ index, 0: run }) => ({
      family: "hidden" as const,
      start: index,
      end: index + run.length,
    })),
  ];
  return withoutRepeats(hits);
}

function views(answer: string, plain: View): readonly View[] {
  const others = [
    inLetters(plain, lookalike),
    inLetters(plain, rotated),
    viewOf(unescapedPieces(answer)),
    viewOf(encodedPieces(answer)),
    viewOf(hiddenPieces(answer)),
    viewOf(speltPieces(answer)),
    viewOf(digitPieces(answer)),
  ];
  return [plain, ...others.filter(({ text }) => text !== "" && text !== plain.text)];
}

function hitsIn(view: View, isHonest: (found: string) => boolean): readonly ScreenHit[] {
  // Most rules match nothing.
  const rules = GROUPS.filter(({ anyOf }) => anyOf.test(view.text)).flatMap((group) => group.rules);
  return rules.flatMap(({ family, pattern }) =>
    Array.from(view.text.matchAll(pattern))
      .filter(({ 0: found }) => !isHonest(found))
      .map(({ index, 0: found }) => originOf(view, family, { start: index, end: index + found.length })),
  );
}

function originOf(
  view: View,
  family: ScreenFamily,
  { start, end }: { readonly start: number; readonly end: number },
): ScreenHit {
  return { family, start: view.starts[start] ?? 0, end: view.ends[end - 1] ?? 0 };
}

function withoutRepeats(hits: readonly ScreenHit[]): readonly ScreenHit[] {
  const distinct = new Map(hits.map((hit) => [`${hit.family} ${hit.start} ${hit.end}`, hit]));
  return [...distinct.values()].toSorted((left, right) => left.start - right.start || left.end - right.end);
}
