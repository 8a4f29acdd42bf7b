import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRubrics } from "../../../src/grade/rubric/rubric-reader.ts";
import type { Criterion } from "../../../src/grade/rubric/rubric.ts";
import { anyWrittenRubric, faultsIn, FULL_YAML, readYaml, rubricIn } from "./rubric-samples.ts";

const SOURCE = { file: "x.rubric.yaml", lineOf: () => 1 };

function criterionIn(yaml: string): Criterion | undefined {
  return rubricIn(`question: q\nscale: { max: 9 }\ncriteria:\n  - { id: a, text: t, ${yaml} }\n`).criteria[0];
}

/** Kind and levels as `id points`. */
function levelsIn(yaml: string): string {
  const criterion = criterionIn(yaml);
  const levels = criterion?.levels.map(({ id, points, descriptor }) => `${id} ${points} ${descriptor}`.trim());
  return `${criterion?.kind}: ${levels?.join(", ")}`;
}

function faultsOf(yaml: string): readonly string[] {
  return faultsIn(readYaml(yaml)).map((fault) => fault.replace("lock.rubric.yaml:", ""));
}

function idsAndTexts(yaml: string): readonly unknown[] {
  return readYaml(yaml).rubrics.map(({ rubric }) => [rubric.id, rubric.criteria[0]?.text]);
}

describe("reading a rubric", () => {
  test("gives one canonical value", () => {
    expect(rubricIn(FULL_YAML)).toMatchInlineSnapshot(`
      {
        "criteria": [
          {
            "accepts": [
              "only one thread runs byte code",
            ],
            "capWithout": 4000,
            "evidence": "required",
            "group": undefined,
            "id": "def",
            "kind": "levels",
            "levels": [
              {
                "anchors": [],
                "descriptor": "absent",
                "id": "none",
                "points": 0,
              },
              {
                "anchors": [],
                "descriptor": "vague",
                "id": "partial",
                "points": 1000,
              },
              {
                "anchors": [],
                "descriptor": "exact",
                "id": "full",
                "points": 3000,
              },
            ],
            "rejects": [
              "it protects user data",
            ],
            "text": "States what the lock protects",
          },
          {
            "accepts": [],
            "capWithout": undefined,
            "evidence": "required",
            "group": undefined,
            "id": "cases",
            "kind": "count",
            "levels": [
              {
                "anchors": [],
                "descriptor": "",
                "id": "none",
                "points": 0,
              },
              {
                "anchors": [],
                "descriptor": "",
                "id": "1",
                "points": 1000,
              },
              {
                "anchors": [],
                "descriptor": "",
                "id": "2",
                "points": 2000,
              },
              {
                "anchors": [],
                "descriptor": "",
                "id": "3",
                "points": 3000,
              },
            ],
            "rejects": [],
            "text": "Names a case in which it is released",
          },
          {
            "accepts": [],
            "capWithout": undefined,
            "evidence": "required",
            "group": "example",
            "id": "io",
            "kind": "binary",
            "levels": [
              {
                "anchors": [],
                "descriptor": "",
                "id": "unmet",
                "points": 0,
              },
              {
                "anchors": [],
                "descriptor": "",
                "id": "met",
                "points": 4000,
              },
            ],
            "rejects": [],
            "text": "Gives input and output as an example",
          },
          {
            "accepts": [],
            "capWithout": undefined,
            "evidence": "none",
            "group": "example",
            "id": "sleep",
            "kind": "binary",
            "levels": [
              {
                "anchors": [],
                "descriptor": "",
                "id": "unmet",
                "points": 0,
              },
              {
                "anchors": [],
                "descriptor": "",
                "id": "met",
                "points": 2500,
              },
            ],
            "rejects": [],
            "text": "Gives sleeping as an example",
          },
          {
            "accepts": [],
            "capWithout": undefined,
            "evidence": "required",
            "group": undefined,
            "id": "wrong",
            "kind": "penalty",
            "levels": [
              {
                "anchors": [],
                "descriptor": "",
                "id": "absent",
                "points": 0,
              },
              {
                "anchors": [],
                "descriptor": "",
                "id": "present",
                "points": -2000,
              },
            ],
            "rejects": [],
            "text": "Claims threads never run in parallel",
          },
        ],
        "groups": [
          {
            "cap": 4000,
            "id": "example",
            "kind": "one-of",
          },
        ],
        "guidelines": "accept equivalent notation",
        "id": "q-3fa9c1d2e0aa",
        "precedents": [
          {
            "answer": "It guards counts.",
            "criterion": "def",
            "level": "partial",
            "note": "partial credit agreed",
          },
        ],
        "question": {
          "id": "q-3fa9c1d2e0aa",
        },
        "reference": {
          "from": "bank",
        },
        "scale": {
          "floor": 0,
          "max": 10000,
          "pass": 6000,
          "penaltyLimit": -2000,
          "step": 500,
        },
      }
    `);
  });

  test("fills in what a file leaves out", () => {
    expect(rubricIn("match: Why so?\ncriteria: [{ id: a, text: Says why, points: 1.5 }]\n")).toEqual({
      id: "q-4c3f8ebdc1ab",
      question: { match: "Why so?" },
      scale: { max: 1500, step: 1, floor: 0, pass: undefined, penaltyLimit: undefined },
      guidelines: "",
      reference: { from: "bank" },
      criteria: [
        {
          id: "a",
          text: "Says why",
          kind: "binary",
          evidence: "required",
          levels: [
            { id: "unmet", points: 0, descriptor: "", anchors: [] },
            { id: "met", points: 1500, descriptor: "", anchors: [] },
          ],
          group: undefined,
          capWithout: undefined,
          accepts: [],
          rejects: [],
        },
      ],
      groups: [],
      precedents: [],
    });
  });

  test.each([
    ["points: 2", "binary: unmet 0, met 2000"],
    ["points: -2", "penalty: absent 0, present -2000"],
    ["per_item: 0.5, at_most: 3", "count: none 0, 1 500, 2 1000, 3 1500"],
    ["per_item: 0.5, at_most: 3, points: 1.5", "count: none 0, 1 500, 2 1000, 3 1500"],
    ["per_item: -1, at_most: 2", "penalty: none 0, 1 -1000, 2 -2000"],
    ["levels: [{ points: 2, text: x }, { points: 0, text: y }]", "levels: none 0 y, full 2000 x"],
    ["levels: [{ points: 0 }, { points: 1 }, { points: 2 }]", "levels: none 0, partial 1000, full 2000"],
    ["levels: [{ points: 1 }, { points: 2 }]", "levels: none 1000, full 2000"],
    [
      "levels: [{ points: 3 }, { points: 2 }, { points: 1 }, { points: 0 }]",
      "levels: level-0 0, level-1 1000, level-2 2000, level-3 3000",
    ],
    ["levels: [{ points: 2, id: all }, { points: 0 }]", "levels: none 0, all 2000"],
    ["levels: [{ points: -1, text: x }, { points: -2, text: y }]", "penalty: none 0, partial -1000 x, full -2000 y"],
    ["kind: binary, levels: [{ points: 2, text: x }]", "binary: unmet 0, met 2000 x"],
    ["kind: count, levels: [{ points: 1 }, { points: 1.5 }]", "count: none 0, 1 1000, 2 1500"],
    ['points: "1.50"', "binary: unmet 0, met 1500"],
    ["points: +.5", "binary: unmet 0, met 500"],
  ])("takes %s for a criterion of levels", (yaml, expected) => {
    expect(levelsIn(yaml)).toBe(expected);
  });

  test.each([
    ["required: true", 0],
    ["required: yes", 0],
    ["required: false", undefined],
    ['required: { cap: "2.50" }', 2500],
  ])("takes %s for a cap without credit", (yaml, cap) => {
    expect(criterionIn(`points: 1, ${yaml}`)?.capWithout).toBe(cap);
  });

  test("reads a list of rubrics, bare or under a key", () => {
    const list =
      "- { question: q1, criteria: [{ id: a, text: 1, points: 1 }] }\n- { question: q2, criteria: [{ id: b, text: true, points: 1 }] }\n";
    const expected = [
      ["q1", "1"],
      ["q2", "true"],
    ];
    expect(idsAndTexts(list)).toEqual(expected);
    expect(idsAndTexts(`rubric: 1\nrubrics:\n${list}`)).toEqual(expected);
  });

  test("one bad rubric does not hide the good ones", () => {
    const { rubrics, faults } = readYaml(
      "- question: q1\n\n- question: q2\n  criteria: [{ id: a, text: t, points: 1 }]\n",
    );
    expect(rubrics.map(({ rubric, lineOf }) => [rubric.id, lineOf([]), lineOf(["criteria", 0])])).toEqual([
      ["q2", 3, 4],
    ]);
    expect(faults).toEqual([{ file: "lock.rubric.yaml", line: 1, at: "[0].criteria", message: "is missing" }]);
  });
});

describe("faults", () => {
  test("are told with line, place and what to do", () => {
    expect(
      faultsOf(`rubric: 2
question: What is it?
scale:
  max: ten
  stepp: 1
criteria:
  - id: Bad Name
    text: ""
    points: 1.23456
  - id: b
    text: t
    kind: often
    levels:
      - points: 1
        test: x
      - text: y
  - text: no id
    points: 1
    required: maybe
    evidence: [none]
`),
    ).toMatchInlineSnapshot(`
      [
        "1: rubric: must be 1, the version of the format",
        "2: question: must be a name of lower-case letters, digits, dots, dashes and underscores, 64 at most; the text of a question goes under match",
        "4: scale.max: must be a number",
        "5: scale.stepp: is not a key that is read here",
        "7: criteria[0].id: must be a name of lower-case letters, digits, dots, dashes and underscores, 64 at most",
        "8: criteria[0].text: is empty",
        "9: criteria[0].points: points must be a number of at most three decimals, a million at most",
        "12: criteria[1].kind: must be one of binary, levels, count, penalty",
        "15: criteria[1].levels[0].test: is not a key that is read here",
        "16: criteria[1].levels[1].points: is missing",
        "17: criteria[2].id: is missing",
        "19: criteria[2].required: must be true or { cap: points }",
        "20: criteria[2].evidence: must be one of required, none, absence",
      ]
    `);
  });

  test("of a criterion say what does not fit", () => {
    const cases = [
      "nothing: 1",
      "text: t",
      "points: 1, kind: count",
      "points: 1, kind: levels",
      "per_item: 1, kind: binary, at_most: 2",
      "per_item: 1",
      "per_item: 1, at_most: 13",
      "per_item: 1, at_most: 1.5",
      "points: 1, at_most: 2",
      "per_item: 1, at_most: 2, levels: [{ points: 1 }]",
      "points: 4, levels: [{ points: 3 }, { points: 0 }]",
      "levels: []",
      "kind: binary, levels: [{ points: 1 }, { points: 2 }]",
      "levels: [{ points: 1 }, { points: 3 }, { points: 2 }]",
      "levels: [{ points: 1, id: x }, { points: 3, id: x }]",
      "levels: [{ points: -1 }, { points: 0 }, { points: 1 }]",
      "levels: [{ points: 2 }]",
      "kind: penalty, points: 2",
      "points: -2, required: true",
      "points: 1, group: g",
      "points: 1000001",
    ];
    const told = cases.map((yaml) => [
      yaml,
      ...faultsOf(
        `question: q\nscale: { max: 9 }\ncriteria:\n  - { id: a, text: t, ${yaml} }\n`.replace("text: t, text", "text"),
      ).map((fault) => fault.replace("4: criteria[0].", "")),
    ]);
    expect(told).toMatchInlineSnapshot(`
      [
        [
          "nothing: 1",
          "nothing: is not a key that is read here",
          "points: is missing; a criterion has points, levels, or per_item with at_most",
        ],
        [
          "text: t",
          "points: is missing; a criterion has points, levels, or per_item with at_most",
        ],
        [
          "points: 1, kind: count",
          "kind: count is given by levels or per_item",
        ],
        [
          "points: 1, kind: levels",
          "kind: levels is given by levels",
        ],
        [
          "per_item: 1, kind: binary, at_most: 2",
          "kind: binary is given by levels or points",
          "kind: binary is for two levels, met or not",
        ],
        [
          "per_item: 1",
          "at_most: is missing: how many items count",
        ],
        [
          "per_item: 1, at_most: 13",
          "at_most: must be a whole number from 1 to 12",
        ],
        [
          "per_item: 1, at_most: 1.5",
          "at_most: must be a whole number from 1 to 12",
        ],
        [
          "points: 1, at_most: 2",
          "at_most: is only for per_item",
        ],
        [
          "per_item: 1, at_most: 2, levels: [{ points: 1 }]",
          "per_item: stands beside levels; give one of them",
          "at_most: is only for per_item",
        ],
        [
          "points: 4, levels: [{ points: 3 }, { points: 0 }]",
          "points: says 4, but the levels go to 3",
        ],
        [
          "levels: []",
          "levels: is empty",
        ],
        [
          "kind: binary, levels: [{ points: 1 }, { points: 2 }]",
          "kind: binary is for two levels, met or not",
        ],
        [
          "levels: [{ points: 1 }, { points: 3 }, { points: 2 }]",
          "levels: points of its levels go up and down (1, 3, 2); put them in order",
        ],
        [
          "levels: [{ points: 1, id: x }, { points: 3, id: x }]",
          "levels: two levels have the id x",
        ],
        [
          "levels: [{ points: -1 }, { points: 0 }, { points: 1 }]",
          "levels: gives credit at one level and -1 at another; make a criterion and a penalty of it",
        ],
        [
          "levels: [{ points: 2 }]",
          "levels: has only one level, so there is nothing to decide",
        ],
        [
          "kind: penalty, points: 2",
          "levels: is a penalty and gives 2; penalties are negative",
        ],
        [
          "points: -2, required: true",
          "required: a penalty cannot be required",
        ],
        [
          "points: 1, group: g",
          "group: its group g is not under groups",
        ],
        [
          "points: 1000001",
          "points: points must be a number of at most three decimals, a million at most",
        ],
      ]
    `);
  });

  test("of parts that do not fit together", () => {
    const with_ = (rest: string): readonly string[] =>
      faultsOf(`criteria:\n  - { id: a, text: t, points: 1 }\n  - { id: a, text: u, points: -1 }\n${rest}`);
    const ok = "criteria: [{ id: a, text: t, points: 1 }]\nquestion: q\n";
    expect({
      repeated: with_("question: q\n"),
      noQuestion: faultsOf("criteria: [{ id: a, text: t, points: 1 }]"),
      twoQuestions: faultsOf(`${ok}match: why\n`),
      noCredit: faultsOf("question: q\ncriteria: [{ id: a, text: t, points: -1 }]"),
      floor: faultsOf(`${ok}scale: { max: 1, floor: 1 }\n`),
      limit: faultsOf(`${ok}scale: { penalty_limit: 1, step: 0, max: -1 }\n`),
      groups: faultsOf(`${ok}groups: [{ id: g, kind: one-of, cap: -1 }, { id: g, kind: any }]\n`),
      sameGroup: faultsOf(`${ok}groups:\n  - { id: g, kind: one-of }\n  - { id: g, kind: one-of }\n`),
      precedents: faultsOf(
        `${ok}precedents:\n  - { answer: x, criterion: a }\n  - { answer: x, criterion: a, points: 3 }\n` +
          "  - { answer: x, criterion: b, points: 3 }\n  - { answer: x, criterion: a, level: best }\n",
      ),
      wrapper: faultsOf("rubrics: []\nscale: { max: 3 }\n"),
      empty: faultsOf("[]"),
      text: faultsOf("just words"),
    }).toMatchInlineSnapshot(`
      {
        "empty": [
          "1: : holds no rubric",
        ],
        "floor": [
          "3: scale.floor: a floor of 1 is not below the maximum of 1",
        ],
        "groups": [
          "3: groups[0].cap: must not be negative",
          "3: groups[1].kind: must be one-of or many-of",
        ],
        "limit": [
          "3: scale.max: must be more than 0",
          "3: scale.step: must be more than 0",
          "3: scale.penalty_limit: must be negative, as penalties are",
        ],
        "noCredit": [
          "1: scale.max: is missing, and no criterion gives credit",
        ],
        "noQuestion": [
          "1: question: is missing: the id of a question, or its text under match",
        ],
        "precedents": [
          "4: precedents[0]: needs either level or points",
          "5: precedents[1]: a has no level of so many points",
        ],
        "repeated": [
          "3: criteria[1].id: its id is taken by a criterion above",
        ],
        "sameGroup": [
          "5: groups[1].id: two groups have the id g",
        ],
        "text": [
          "1: : must be keys and values",
        ],
        "twoQuestions": [
          "3: match: stands beside question; give one of them",
        ],
        "wrapper": [
          "2: scale: is not a key that is read here",
        ],
      }
    `);
  });

  test("show nothing that a terminal would obey", () => {
    const hostile = "\u001b[2J\u202e";
    const { faults } = readRubrics({ question: "q", criteria: [], [hostile]: 1, ["k".repeat(1000)]: 1 }, SOURCE);
    expect(faults.map(({ at, message }) => [at.slice(0, 20), at.length <= 300, message])).toEqual([
      ["criteria", true, "is empty"],
      ["<U+001B>[2J<U+202E>", true, "is not a key that is read here"],
      ["kkkkkkkkkkkkkkkkkkkk", true, "is not a key that is read here"],
    ]);
  });
});

describe("any data", () => {
  test("is read as rubrics or told to have faults, and nothing is thrown", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (data) => {
        const { rubrics, faults } = readRubrics(data, SOURCE);
        expect(rubrics.length + faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("of nearly the right shape is either a rubric or has a fault", () => {
    let read = 0;
    fc.assert(
      fc.property(anyWrittenRubric, (data) => {
        const { rubrics, faults } = readRubrics(data, SOURCE);
        read += rubrics.length;
        expect([rubrics.length, faults.length > 0]).toEqual(rubrics.length === 1 ? [1, false] : [0, true]);
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(20);
  });

  test("with keys that reach a prototype changes nothing", () => {
    const data: unknown = JSON.parse(
      '{"question":"q","__proto__":{"id":"x"},"criteria":[{"id":"constructor","text":"t","points":1}]}',
    );
    expect(faultsIn(readRubrics(data, SOURCE))).toEqual(["x.rubric.yaml:1: __proto__: is not a key that is read here"]);
  });
});
