import { fold, isContentWord } from "./fold.ts";
import { shinglesOf } from "./fold-shingles.ts";

/** An answer of one candidate; `key` is whatever tells the answers apart. */
export interface KeyedAnswer {
  readonly key: string;
  readonly text: string;
}

/** Answers that are one text: word for word, or nearly. At least two, in the order they came in. */
export interface CopyGroup {
  readonly kind: "exact" | "near";
  readonly keys: readonly string[];
}

/** Short answers are alike because they are right. */
const FEWEST_CONTENT_WORDS = 12;
/** So much of the shorter answer's runs of three words stands in the longer one; a changed word takes three runs away. */
const LEAST_CONTAINED = 0.7;
/** Answers that a run is remembered for. More of them would be copies of one another, found through any of these. */
const MOST_REMEMBERED = 200;

interface Entry {
  readonly key: string;
  readonly order: number;
  readonly words: string;
  /** Distinct runs of three words that are the candidate's own, rarest first. */
  readonly runs: readonly string[];
}

/**
 * Groups the answers to one question that are copies of each other. What all were `given` to read, such as the question, counts for
 * nothing. By prefix filtering (Chaudhuri, Ganti and Kaushik 2006): where one text holds so much of another, it holds one of the few
 * rarest runs of the other, so only texts that share such a run are compared.
 */
export function findCopies(answers: readonly KeyedAnswer[], given: readonly string[] = []): readonly CopyGroup[] {
  const entries = entriesOf(answers, given).toSorted((left, right) => left.runs.length - right.runs.length);
  const groups = new Map<Entry, Entry[]>(entries.map((entry) => [entry, [entry]]));
  const remembered = new Map<string, Entry[]>();
  for (const entry of entries) {
    const own = new Set(entry.runs);
    for (const shorter of new Set(entry.runs.flatMap((run) => remembered.get(run) ?? []))) {
      if (groups.get(shorter) !== groups.get(entry) && isContained(shorter, own)) join(groups, shorter, entry);
    }
    for (const run of rarestOf(entry)) remember(remembered, run, entry);
  }
  return [...new Set(groups.values())]
    .filter((group) => group.length > 1)
    .map(inOrder)
    .toSorted(byFirst)
    .map(copyGroup);
}

function entriesOf(answers: readonly KeyedAnswer[], given: readonly string[]): readonly Entry[] {
  const known = new Set(given.flatMap((text) => shinglesOf(fold(text).words)));
  const counts = new Map<string, number>();
  const read = answers.map(({ key, text }, order) => {
    const { words } = fold(text);
    const runs = [...new Set(shinglesOf(words))].filter((run) => !known.has(run));
    for (const run of runs) counts.set(run, (counts.get(run) ?? 0) + 1);
    return { key, order, words, runs };
  });
  const rarestFirst = (left: string, right: string): number => (counts.get(left) ?? 0) - (counts.get(right) ?? 0);
  return read
    .filter(({ runs }) => contentOf(runs) >= FEWEST_CONTENT_WORDS)
    .map(({ key, order, words, runs }) => ({ key, order, words: words.join(" "), runs: runs.toSorted(rarestFirst) }));
}

function contentOf(runs: readonly string[]): number {
  return new Set(runs.flatMap((run) => run.split(" ")).filter(isContentWord)).size;
}

/** So many that the runs that are left are too few to be the share that counts. */
function rarestOf({ runs }: Entry): readonly string[] {
  return runs.slice(0, runs.length - Math.ceil(runs.length * LEAST_CONTAINED) + 1);
}

function remember(remembered: Map<string, Entry[]>, run: string, entry: Entry): void {
  const entries = remembered.get(run);
  if (entries === undefined) remembered.set(run, [entry]);
  else if (entries.length < MOST_REMEMBERED) entries.push(entry);
}

function isContained({ runs }: Entry, longer: ReadonlySet<string>): boolean {
  return runs.filter((run) => longer.has(run)).length >= runs.length * LEAST_CONTAINED;
}

/** The smaller group moves, so that no entry moves often. */
function join(groups: Map<Entry, Entry[]>, left: Entry, right: Entry): void {
  const [smaller = [], larger = []] = [groups.get(left) ?? [], groups.get(right) ?? []].toSorted(
    (one, other) => one.length - other.length,
  );
  for (const entry of smaller) {
    larger.push(entry);
    groups.set(entry, larger);
  }
}

function inOrder(group: readonly Entry[]): readonly Entry[] {
  return group.toSorted((left, right) => left.order - right.order);
}

function byFirst(left: readonly Entry[], right: readonly Entry[]): number {
  return (left[0]?.order ?? 0) - (right[0]?.order ?? 0);
}

function copyGroup(group: readonly Entry[]): CopyGroup {
  const isExact = new Set(group.map(({ words }) => words)).size === 1;
  return { kind: isExact ? "exact" : "near", keys: group.map(({ key }) => key) };
}
