const LENGTH = 3;

/** The runs of three words in order, one for each place they begin at; a shorter text is one run. */
export function shinglesOf(words: readonly string[]): readonly string[] {
  if (words.length <= LENGTH) return words.length === 0 ? [] : [words.join(" ")];
  return Array.from({ length: words.length - LENGTH + 1 }, (_, at) => words.slice(at, at + LENGTH).join(" "));
}

/** For each word, whether it stands in a run that is one of these. */
export function coveredWords(words: readonly string[], shingles: ReadonlySet<string>): readonly boolean[] {
  const covered = words.map(() => false);
  for (const [at, shingle] of shinglesOf(words).entries()) {
    if (shingles.has(shingle)) covered.fill(true, at, at + LENGTH);
  }
  return covered;
}

/** How much of `runs` is among these, 0 to 1; 0 for none at all. */
export function shareWithin(runs: readonly string[], shingles: ReadonlySet<string>): number {
  if (runs.length === 0) return 0;
  return runs.filter((run) => shingles.has(run)).length / runs.length;
}
