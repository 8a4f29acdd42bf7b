import type { MergeOffer } from "../../review/conflict.ts";

const MARKS = ["<<<<<<< now in the bank", "=======", ">>>>>>> draft"] as const;

/** Both texts for an editor, as version control marks them, with what is agreed once. */
export function conflictText({ regions }: MergeOffer): string {
  const [now, between, draft] = MARKS;
  return regions
    .map((region) =>
      region.kind === "agreed"
        ? region.text
        : `${now}\n${region.now.trim()}\n${between}\n${region.draft.trim()}\n${draft}\n`,
    )
    .join("")
    .trimEnd();
}

/** True while a text still holds marks of {@link conflictText}. */
export function hasConflictMarks(text: string): boolean {
  return text.split("\n").some((line) => line === MARKS[0] || line === MARKS[2]);
}
