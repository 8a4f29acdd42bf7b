import { describe, expect, it } from "vitest";
import { offerMerge } from "../../src/review/conflict.ts";
import { growthOf } from "../support/growth.ts";

function mergingOf(size: number): () => unknown {
  return () => offerMerge({ base: "a. ".repeat(size), now: "b. ".repeat(size), draft: "c. ".repeat(size) });
}

describe("the merge offered for a conflict", () => {
  it("is whole where both sides changed different sentences of one paragraph", () => {
    expect(
      offerMerge({
        base: "Hashing maps keys. It is fast. It may collide.",
        now: "Hashing maps keys to numbers. It is fast. It may collide.",
        draft: "Hashing maps keys. It is fast. It may collide, rarely.",
      }),
    ).toEqual({
      regions: [{ kind: "agreed", text: "Hashing maps keys to numbers. It is fast. It may collide, rarely." }],
      merged: "Hashing maps keys to numbers. It is fast. It may collide, rarely.",
    });
  });

  it("is a choice where both changed one sentence, and agreed around it", () => {
    expect(offerMerge({ base: "One. Two. Three.", now: "One. Zwei. Three.", draft: "One. Deux. Three." })).toEqual({
      regions: [
        { kind: "agreed", text: "One. " },
        { kind: "choice", base: "Two. ", now: "Zwei. ", draft: "Deux. " },
        { kind: "agreed", text: "Three." },
      ],
      merged: undefined,
    });
  });

  it("agrees where both sides made the same change", () => {
    expect(offerMerge({ base: "One. Two.", now: "One. 2.", draft: "One. 2." }).merged).toBe("One. 2.");
  });

  it("is one choice over a placeholder, and where the base is not known", () => {
    expect(offerMerge({ base: "_To be filled_", now: "Mine.", draft: "Theirs." })).toEqual({
      regions: [{ kind: "choice", base: "_To be filled_", now: "Mine.", draft: "Theirs." }],
      merged: undefined,
    });
    expect(offerMerge({ base: undefined, now: "Mine.", draft: "Theirs." })).toEqual({
      regions: [{ kind: "choice", base: "", now: "Mine.", draft: "Theirs." }],
      merged: undefined,
    });
  });

  it("gives up on texts too long to merge, quickly", () => {
    expect(
      offerMerge({ base: "a. ".repeat(60_000), now: "b. ".repeat(60_000), draft: "c. ".repeat(60_000) }).merged,
    ).toBeUndefined();
    expect(growthOf(mergingOf, 20_000)).toBe("linear");
  });
});
