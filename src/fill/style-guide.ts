import { describeStyle } from "../bank/style-describe.ts";
import type { HouseStyle } from "../bank/style.ts";
import type { StyleInput } from "./task-input.ts";

/** Used where a bank has no answers to learn from: what can be said in one to three minutes. */
const DEFAULT_WORDS = { low: 130, typical: 260, high: 450 } as const;
/** The question itself and the headings above it take the levels before. */
const LEVELS_ABOVE_ANSWER = 2;

/** What the prompts, the rules and the offline provider need of a house style, for a question under `headings`. */
export function styleGuide(house: HouseStyle, headings: readonly string[]): StyleInput {
  const words = house.words.high === 0 ? DEFAULT_WORDS : house.words;
  return {
    description: describeStyle(house),
    words_low: Math.max(1, words.low),
    words_typical: Math.max(1, words.typical),
    words_high: Math.max(1, words.high),
    heading_level: house.headingLevels?.top ?? Math.min(6, headings.length + LEVELS_ABOVE_ANSWER),
  };
}
