import { groupBy } from "../../core/group-by.ts";
import type { ReadDocument } from "./document-answers.ts";

/**
 * Says which of its names tells whose each document is. A folder may hold what one candidate handed in, or the documents of
 * many, and only the answers show which: for all documents below one folder it is the level of names (that folder, those
 * in it, the files) by which fewest answers stand against another answer of the same candidate to the same question; of
 * equal ones that by which fewest do in all folders, then the highest.
 */
export function labelDocuments(documents: readonly ReadDocument[]): (document: ReadDocument) => string | undefined {
  const groups = groupBy(documents, ({ group }) => group);
  const deepest = Math.max(1, ...Array.from(groups.values(), levelsOf));
  const lost = Array.from({ length: deepest }, (_, level) => lostByLabel(documents, level));
  const chosen = new Map([...groups].map(([group, members]) => [group, bestLevel(members, lost)]));
  return (document) => labelAt(document, chosen.get(document.group) ?? 0);
}

/** How many levels of names all of some documents have. */
function levelsOf(documents: readonly ReadDocument[]): number {
  return documents.reduce((fewest, { labels }) => Math.min(fewest, labels.length), Infinity);
}

/** Where a document has no name of its own so deep, it has the deepest it has. */
function labelAt({ labels }: ReadDocument, level: number): string | undefined {
  return labels[Math.min(level, labels.length - 1)];
}

/** How many answers of each label stand against an earlier one. A copy without any answer stands against none. */
function lostByLabel(documents: readonly ReadDocument[], level: number): ReadonlyMap<string, number> {
  const first = new Map<string, string>();
  const lost = new Map<string, number>();
  for (const document of documents) {
    const label = labelAt(document, level) ?? "";
    if (document.answers.every(({ answer }) => answer.trim() === "")) continue;
    for (const { question, answer } of document.answers) {
      const key = `${question} ${label}`;
      const known = first.get(key) ?? answer;
      first.set(key, known);
      if (known.trim() !== answer.trim()) lost.set(label, (lost.get(label) ?? 0) + 1);
    }
  }
  return lost;
}

function bestLevel(members: readonly ReadDocument[], lost: readonly ReadonlyMap<string, number>[]): number {
  const costs = lost.slice(0, levelsOf(members)).map((byLabel, level) => {
    const labels = new Set(members.map((document) => labelAt(document, level) ?? ""));
    return {
      level,
      here: sum(Array.from(labels, (label) => byLabel.get(label) ?? 0)),
      everywhere: sum(byLabel.values()),
    };
  });
  return costs.toSorted((left, right) => left.here - right.here || left.everywhere - right.everywhere)[0]?.level ?? 0;
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}
