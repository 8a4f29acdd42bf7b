/** Why some are passed over: of one, and of more. */
export type SkipWords = readonly [one: string, more: string];

export function sameForAll(words: string): SkipWords {
  return [words, words];
}

/** @param does what the command does with those that it takes, as in "drafts". */
export function proposalSkips(
  does: string,
): Readonly<
  Record<
    "proposal-pending" | "proposal-accepted" | "proposal-rejected" | "proposal-unreadable" | "over-limit",
    SkipWords
  >
> {
  return {
    "proposal-pending": ["has a proposal that waits for review", "have a proposal that waits for review"],
    "proposal-accepted": [
      "has an accepted proposal that waits for apply",
      "have an accepted proposal that waits for apply",
    ],
    "proposal-rejected": [
      `has a rejected proposal (--redo ${does} it again)`,
      `have a rejected proposal (--redo ${does} them again)`,
    ],
    "proposal-unreadable": [
      "has a proposal that cannot be read (repair it or move it away)",
      "have a proposal that cannot be read (repair it or move it away)",
    ],
    "over-limit": sameForAll("left for another run"),
  };
}

/** In files that nothing is written to. */
export const HELD_BACK: SkipWords = [
  "in a file that is not written to (see answerkey audit)",
  "in files that are not written to (see answerkey audit)",
];

/** "3 have a proposal that waits for review"; none for none. */
export function skipLines(skipped: readonly (readonly [number: number, words: SkipWords])[]): readonly string[] {
  return skipped.flatMap(([number, [one, more]]) => (number > 0 ? [`${number} ${number === 1 ? one : more}`] : []));
}
