/** The stretch in which two texts differ, out to the next blanks, in both. */
export interface ShortChange {
  readonly removed: string;
  readonly inserted: string;
}

/** What changed between two texts, in as few words as show it: everything between what they have in common at both ends. */
export function shortChange(before: string, after: string): ShortChange {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  while (start > 0 && !isBlank(before[start - 1])) start -= 1;
  while (end > 0 && !isBlank(before[before.length - end])) end -= 1;
  return {
    removed: before.slice(start, before.length - end).trim(),
    inserted: after.slice(start, after.length - end).trim(),
  };
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}
