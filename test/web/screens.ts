/** The id of a sample draft. */
export function idOf(number: number): string {
  return `q-${number.toString(16).padStart(12, "0")}`;
}

/** Name, address and main heading of every screen, as the sample cards fill it. */
export const SCREENS: readonly (readonly [string, string, string])[] = [
  ["queue", "", "Review queue"],
  ["nothing found", "?text=nothing-is-called-so", "Review queue"],
  ["draft", `?view=review&id=${idOf(4)}`, "What is a write-ahead log, and when would you not use one? (5)"],
  ["stale draft", `?view=review&id=${idOf(5)}`, "What is a bloom filter, and when would you not use one? (6)"],
  ["ambiguous draft", `?view=review&id=${idOf(7)}`, "What is a B-tree index, and when would you not use one? (8)"],
  ["missing draft", `?view=review&id=${idOf(8)}`, "What is backpressure, and when would you not use one? (9)"],
  ["rubric", `?view=review&id=${idOf(10)}.rubric`, "What is a mutex, and when would you not use one? (1)"],
  ["conflict", `?view=conflict&id=${idOf(2)}`, "What is backpressure, and when would you not use one? (3)"],
  ["edit", `?view=edit&id=${idOf(4)}`, "What is a write-ahead log, and when would you not use one? (5)"],
  ["grade", "?view=review&id=g-000000000005", "What is a lock for, and what does it cost?"],
  ["batch", "?view=batch", "Accept 45 clean drafts"],
  ["apply", "?view=apply", "Apply what is accepted"],
  ["activity", "?view=activity", "Activity"],
  ["compare", "?view=compare&left=2026-11-20t10-00-00z-aaaa&right=2026-11-22t09-30-00z-bbbb", "Compare"],
  ["unknown item", "?view=review&id=q-nobody", "This item is not there"],
];
