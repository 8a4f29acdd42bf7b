import { isAnswerWord } from "./fold.ts";

const LENGTH = 3;

/** The runs of three words in order, one for each place they begin at; a shorter text is one run. */
export function shinglesOf(words: readonly string[]): readonly string[] {
  if (words.length <= LENGTH) return words.length === 0 ? [] : [words.join(" ")];
  return Array.from({ length: words.length - LENGTH + 1 }, (_, at) => words.slice(at, at + LENGTH).join(" "));
}

/** Which share of these runs is known, 0 to 1; 0 for no runs at all. */
export function shareWithin(runs: readonly string[], known: ReadonlySet<string>): number {
  return runs.length === 0 ? 0 : runs.filter((run) => known.has(run)).length / runs.length;
}

/** Which share of what these words say stands in no run that is known, 0 to 1. */
export function shareAdded(words: readonly string[], known: ReadonlySet<string>): number {
  const covered = coveredWords(words, known);
  const said = words.flatMap((word, at) => (isAnswerWord(word) ? [covered[at] === true] : []));
  return said.length === 0 ? 0 : said.filter((isCovered) => !isCovered).length / said.length;
}

/** For each word, whether it stands in a run that is known. */
function coveredWords(words: readonly string[], known: ReadonlySet<string>): readonly boolean[] {
  const covered = words.map(() => false);
  for (const [at, run] of shinglesOf(words).entries()) {
    if (known.has(run)) covered.fill(true, at, at + LENGTH);
  }
  return covered;
}
