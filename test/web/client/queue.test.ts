import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchChoice } from "../../../src/web/client/batch-choice.ts";
import { nextWaiting, positionOf, rowAt } from "../../../src/web/client/next-row.ts";
import {
  searchFault,
  facetValues,
  filterRows,
  NO_FILTER,
  type QueueFilter,
  toggled,
  WITHOUT_FLAG,
} from "../../../src/web/client/queue-filter.ts";
import { DESK_ORDER, nextSort, sortRows } from "../../../src/web/client/queue-sort.ts";
import { sampleRow } from "./sample-row.ts";

const rows = [
  sampleRow({ id: "a", words: 30, confidence: 0.9 }),
  sampleRow({ id: "b", words: 10, confidence: null, state: "conflict", place: "net/http.md", flags: ["long"] }),
  sampleRow({ id: "c", words: 20, confidence: 0.4, status: "accepted", flags: ["long", "no-citation"] }),
  sampleRow({ id: "d", words: 200, confidence: 0.6, kind: "grade", state: "needs-review", candidate: "C-17" }),
];
const ids = (some: readonly { readonly id: string }[]): string => some.map(({ id }) => id).join("");
const choose = (chosen: Partial<QueueFilter["chosen"]>, text = ""): QueueFilter => ({
  text,
  chosen: { ...NO_FILTER.chosen, ...chosen },
});

describe("the filter", () => {
  test.each<readonly [string, QueueFilter, string]>([
    ["everything", NO_FILTER, "abcd"],
    ["any value of a facet", choose({ state: ["clean", "conflict"] }), "abc"],
    ["every facet", choose({ state: ["clean", "conflict"], status: ["pending"] }), "ab"],
    ["any of several flags", choose({ flag: ["no-citation"] }), "c"],
    ["no flag", choose({ flag: [WITHOUT_FLAG] }), "ad"],
    ["bands of the model's estimate", choose({ confidence: ["below 0.5", "unknown"] }), "bc"],
    ["text in any case, of candidates too", choose({}, " c-17 "), "d"],
    ["nothing where nothing fits", choose({ file: ["none.md"] }), ""],
  ])("lets through %s", (_name, filter, expected) => {
    expect(ids(filterRows(rows, filter))).toBe(expected);
  });

  test("counts a value under all other parts of the filter", () => {
    expect(facetValues(rows, choose({ state: ["clean"], status: ["pending", "applied"] }), "state")).toEqual([
      { value: "clean", count: 1, isChosen: true },
      { value: "conflict", count: 1, isChosen: false },
      { value: "needs-review", count: 1, isChosen: false },
    ]);
  });

  test("keeps a chosen value that no row has any more", () => {
    expect(facetValues(rows, choose({ model: ["gone"] }), "model")).toEqual([
      { value: "m-1", count: 4, isChosen: false },
      { value: "gone", count: 0, isChosen: true },
    ]);
  });

  test("says of each value how many rows it alone would let through", () => {
    fc.assert(
      fc.property(fc.subarray(["pending", "accepted"]), fc.subarray(["long", WITHOUT_FLAG]), (status, flag) => {
        const filter = choose({ status, flag });
        const counts = facetValues(rows, filter, "flag").map(({ value, count }) => [value, count]);
        const lengths = counts.map(([value]) => filterRows(rows, choose({ status, flag: [String(value)] })).length);
        expect(lengths).toEqual(counts.map(([, count]) => count));
      }),
    );
  });

  test("ticks and unticks", () => {
    const once = toggled(NO_FILTER, "kind", "grade");
    expect([once.chosen.kind, toggled(once, "kind", "grade")]).toEqual([["grade"], NO_FILTER]);
  });
});

function found(text: string): string {
  return ids(filterRows(rows, { ...NO_FILTER, text }));
}

describe("the search", () => {
  test("takes words and the terms of the terminal, and all of them have to be met", () => {
    expect(
      ["MUTEX", "conf>=0.5", "state=conflict,accepted", "kind=grade", "file=locks mutex conf<0.6", "q=1", "mutex?"].map(
        found,
      ),
    ).toMatchInlineSnapshot(`
      [
        "abcd",
        "ad",
        "bc",
        "d",
        "c",
        "",
        "abcd",
      ]
    `);
  });

  test("finds nothing for a term that is wrong, and says what is", () => {
    expect([found("conf<low"), searchFault("conf<low"), searchFault("state<3"), searchFault("what? state=x")]).toEqual([
      "",
      "conf is compared with one number: as in conf<0.6",
      expect.stringContaining("state takes =, not <: "),
      "",
    ]);
  });
});

describe("the order", () => {
  test("goes up, down and back to that of the desk", () => {
    const up = nextSort(DESK_ORDER, "words");
    const down = nextSort(up, "words");
    expect([up, down, nextSort(down, "words")].map((sort) => ids(sortRows(rows, sort)))).toEqual([
      "bcad",
      "dacb",
      "abcd",
    ]);
  });

  test("puts what is unknown last either way", () => {
    const sorted = [false, true].map((isDescending) => ids(sortRows(rows, { key: "confidence", isDescending })));
    expect(sorted).toEqual(["cdab", "adcb"]);
  });
});

describe("going on", () => {
  test("from an item to its neighbours, and no further than the ends", () => {
    const at = (id: string) => positionOf(rows, id, 0);
    expect([rowAt(rows, at("b"), 1)?.id, rowAt(rows, at("b"), -1)?.id, rowAt(rows, at("d"), 1)]).toEqual([
      "c",
      "a",
      undefined,
    ]);
  });

  test("from where an item was that the filter lets through no more", () => {
    const left = rows.filter(({ id }) => id !== "b");
    const place = positionOf(left, "b", 1);
    expect([rowAt(left, place, 1)?.id, rowAt(left, place, -1)?.id]).toEqual(["c", "a"]);
  });

  test("to the next that waits, round the end, never to itself", () => {
    expect([
      nextWaiting(rows, "b", 0)?.id,
      nextWaiting(rows, "d", 0)?.id,
      nextWaiting(rows.slice(0, 1), "a", 0),
      nextWaiting(rows.slice(1), "a", 0)?.id,
    ]).toEqual(["d", "a", undefined, "b"]);
  });
});

test("a batch takes clean pending drafts without a flag, and says why it leaves out the others", () => {
  const more = [
    ...rows,
    sampleRow({ id: "e", place: "net/http.md", words: 5 }),
    sampleRow({ id: "f", flags: ["long"] }),
  ];
  const { accepted, excluded, files, words } = batchChoice(more);
  expect({
    accepted: ids(accepted),
    excluded: excluded.map((each) => [each.reason, ids(each.rows)]),
    files,
    words,
  }).toEqual({
    accepted: "ae",
    excluded: [
      ["conflict", "b"],
      ["already accepted", "c"],
      ["a grade is for a person to look at", "d"],
      ["flagged: long", "f"],
    ],
    files: 2,
    words: 35,
  });
});

test("a grade of which the judge's word is not told yet has no part in the choice of flags", () => {
  const blind = sampleRow({ id: "blind", kind: "grade", confidence: null });
  const open = { ...blind, id: "open", confidence: 0.9 };
  expect(facetValues([blind, open], NO_FILTER, "flag")).toEqual([{ value: WITHOUT_FLAG, count: 1, isChosen: false }]);
});
