import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimOf } from "../../../src/grade/draft/rubric-draft-claim.ts";
import { limitsIn } from "../../../src/grade/draft/rubric-draft-limits.ts";
import { statementsOf } from "../../../src/grade/draft/rubric-draft-statements.ts";

function told(reference: string): readonly string[] {
  return statementsOf(reference).map(({ kind, subject, text }) => `${kind} [${subject}] ${text}`);
}

describe("statements of a reference", () => {
  test("are found in numbered prose and in an item that runs into the next one", () => {
    expect(
      told(
        "It waits until (1) the network can be reached again, and (2) power is above a threshold. Then it runs the jobs it has.",
      ),
    ).toEqual([
      "item [] the network can be reached again",
      "item [] power is above a threshold.",
      "sentence [] Then it runs the jobs it has.",
    ]);
    expect(
      told(
        "4. Too small a sample or too short a time 5. Not accounting for effects of the network\n6. Peeking at results before the end",
      ),
    ).toEqual([
      "item [] Too small a sample or too short a time",
      "item [] Not accounting for effects of the network",
      "item [] Peeking at results before the end",
    ]);
    expect(told("Version 3. It was better than version 2. It is the version 1. of all.")).toEqual([
      "lead [] It was better than version 2.",
      "sentence [] It is the version 1. of all.",
    ]);
  });

  test("are lists of short items, whether they stand in lines or in one sentence", () => {
    expect(told("Here are some of the techniques:\n\n- PCA\n- NCA.\n- **ReliefF**")).toEqual([
      "list [Here are some of the techniques] PCA, NCA, ReliefF",
    ]);
    expect(
      told("### Upsides\n* easy to implement\n* fast training\n* explains well what it predicts to people"),
    ).toEqual(["list [Upsides] easy to implement, fast training, explains well what it predicts to people"]);
    expect(told("Some measures are: recall, average precision, and lift, etc.")).toEqual([
      "list [Some measures] recall, average precision, lift",
    ]);
    expect(told("Yes, of course, always.")).toEqual([]);
  });

  test("are sentences where commas part connectives and clauses, and no items to be counted", () => {
    expect(told("Therefore, with a level set, for example, at 0.05, we can reject the null hypothesis.")).toEqual([
      "lead [] Therefore, with a level set, for example, at 0.05, we can reject the null hypothesis.",
    ]);
  });

  test("are not what announces them, nor ends of sentences that a formula parts", () => {
    expect(
      told("There are several assumptions of linear models.\n\n$$y = ax$$\n\nwhere a is the slope of the line."),
    ).toEqual([]);
  });
});

function claim(text: string, subject = ""): string {
  return claimOf({ kind: "sentence", subject, text, items: [] });
}

describe("the claim of a statement", () => {
  test("is the statement, without what ties it to the one before, with its subject", () => {
    expect(claim("However, forests are not able to extrapolate.")).toBe("Forests are not able to extrapolate.");
    expect(claim("No, because weights get small but never zero.")).toBe(
      "No, because weights get small but never zero.",
    );
    expect(claim("several hash functions set bits.", "Insertion")).toBe("Insertion: several hash functions set bits.");
    expect(claim("Bias is an error.", "Bias")).toBe("Bias is an error.");
  });

  const long =
    "A cache in front of a slow store keeps the results that are asked for most of the time by most of the readers";

  test("ends at a border between clauses where it is long", () => {
    expect(claim(`${long}, which saves a lot of time for everybody.`)).toBe(`${long}.`);
    expect(claim(`${long}. Another sentence is left out here, as there is no room.`)).toBe(`${long}.`);
  });

  test("is not cut where it would lose a limit, the end of a clause or of a bracket", () => {
    const tails = [
      ", which is not so for writes.",
      ", while entries are valid, as they were.",
      ", which holds only unless it is full.",
    ];
    for (const tail of tails) expect(claim(long + tail)).toBe(long + tail);
    const denied = `${long} and are not in it just because they are new.`;
    expect(claim(denied)).toBe(denied);
    const conditional = `If ${long}, which saves time.`;
    expect(claim(conditional)).toBe(conditional);
  });

  test("says every limit of its sentence", () => {
    const piece = fc.constantFrom(
      "the cache keeps results of the store",
      "which is not so for writes",
      "because nothing is ever cleared",
      "unless it is full",
      "so only one writer can't wait",
      "(without a limit, for example",
      "in the end)",
      "However",
      "but never",
      "while readers wait",
    );
    const joint = fc.constantFrom(", ", "; ", " - ", " ");
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, joint), { minLength: 1, maxLength: 12 }), (pieces) => {
        const sentence = `${pieces.map((each) => each.join("")).join("")}end.`;
        expect(limitsIn(claim(sentence))).toBe(limitsIn(sentence));
      }),
    );
  });
});
