import { describe, expect, test } from "vitest";
import { type CopyGroup, findCopies } from "../../../src/grade/checks/copies.ts";

const FIRST =
  "A lock keeps two writers apart. One of them takes it before it touches the shared table, the other waits until the lock is given back, and so no update is lost.";
const SECOND =
  "With optimistic control nobody waits: each transaction remembers the version it has read, and at the end the write fails if somebody else raised that version meanwhile.";

function groups(texts: readonly string[], given: readonly string[] = []): readonly CopyGroup[] {
  return findCopies(
    texts.map((text, index) => ({ key: `c-${index}`, text })),
    given,
  );
}

describe("copies between answers", () => {
  test("one text, whatever its case, marks and blanks", () => {
    expect(groups([FIRST, SECOND, `- ${FIRST.toUpperCase().replace(/[.,]/g, " ")}`])).toEqual([
      { kind: "exact", keys: ["c-0", "c-2"] },
    ]);
  });

  test("nearly one text: some words changed, or something added", () => {
    const changed = FIRST.replace("two writers", "both writers").replace("no update", "nothing");
    const longer = `${SECOND} Then it is tried again from the start, with the new version, as often as needed.`;
    expect(groups([SECOND, changed, FIRST, longer])).toEqual([
      { kind: "near", keys: ["c-0", "c-3"] },
      { kind: "near", keys: ["c-1", "c-2"] },
    ]);
  });

  test("a chain of small changes is one group", () => {
    const words = FIRST.split(" ");
    const drift = (count: number): string => words.map((word, at) => (at < count * 2 ? `other${at}` : word)).join(" ");
    expect(groups([drift(0), drift(1), drift(2), drift(3)])).toEqual([
      { kind: "near", keys: ["c-0", "c-1", "c-2", "c-3"] },
    ]);
  });

  test("answers that are about the same are no copies", () => {
    const own =
      "Before it writes, a thread takes the lock; the second thread has to wait for it, so updates do not get lost.";
    expect(groups([FIRST, own, SECOND])).toEqual([]);
  });

  test("short answers are alike because they are right", () => {
    expect(
      groups(["O(n log n)", "O(n log n)", "Mutual exclusion, hold and wait", "Mutual exclusion, hold and wait"]),
    ).toEqual([]);
  });

  test("what everybody was given counts for nothing", () => {
    expect(groups([`${FIRST} I agree.`, `${FIRST} I do not.`], [FIRST])).toEqual([]);
    expect(groups([`${FIRST} I agree.`, `${FIRST} I do not.`])).toEqual([{ kind: "near", keys: ["c-0", "c-1"] }]);
  });
});

/** Words by a fixed rule (mulberry32), so that texts differ and the test does not. */
function madeUp(seed: number, length: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return `word${((mixed ^ (mixed >>> 14)) >>> 0) % 400}`;
  }).join(" ");
}

test("five thousand answers, a thousand of them copied, are compared in bounded work", () => {
  const own = Array.from({ length: 4_000 }, (_, index) => madeUp(index * 7_919, 60));
  const copied = Array.from({ length: 1_000 }, (_, index) => `${madeUp(index * 7_919, 60)} and one more word${index}`);
  expect(groups([...own, ...copied])).toEqual(
    copied.map((_, index) => ({ kind: "near", keys: [`c-${index}`, `c-${4_000 + index}`] })),
  );
  const variants = Array.from({ length: 2_000 }, (_, index) => `${FIRST} variant${index}`);
  expect(groups(variants).map(({ keys }) => keys.length)).toEqual([2_000]);
}, 20_000);
