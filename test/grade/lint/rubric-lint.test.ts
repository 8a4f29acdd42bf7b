import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bankConfigSchema } from "../../../src/bank/bank-config.ts";
import { indexBank } from "../../../src/bank/index-bank.ts";
import { readBankFile } from "../../../src/bank/read-bank-file.ts";
import { exact } from "../../../src/grade/rubric/points.ts";
import { contractFlaws } from "../../../src/grade/rubric/rubric-contract.ts";
import { type RubricFinding, SEVERITIES } from "../../../src/grade/rubric/rubric-findings.ts";
import { lintRubric, lintRubrics, type PlacedFinding } from "../../../src/grade/lint/rubric-lint.ts";
import { messageOfFlaw } from "../../../src/grade/rubric/rubric-messages.ts";
import type { Criterion, Rubric } from "../../../src/grade/rubric/rubric.ts";
import { anyRubric } from "../rubric/rubric-arbitrary.ts";
import { anyReadRubric, placedOf, rubricIn } from "../rubric/rubric-samples.ts";

const SOUND = `question: q-1
scale: { max: 6, step: 0.5, pass: 3 }
criteria:
  - { id: def, text: States what a lock protects, levels: [{ points: 3, text: exact }, { points: 1, text: vague }, { points: 0 }] }
  - { id: cases, text: Names a case in which it is released, per_item: 1, at_most: 2, accepts: [return, exception] }
  - { id: cost, text: Says that it costs time, points: 1 }
`;

function tell({ severity, criterion, ...finding }: RubricFinding | PlacedFinding): string {
  return `${severity} ${criterion ?? "-"} ${finding.at.join(".")}: ${messageOfFlaw(finding)}`;
}

/** What is told of a rubric whose criteria are these, on a scale that fits one of 2 points. */
function told(criteria: string, rest = "scale: { max: 2 }"): readonly string[] {
  return lintRubric(rubricIn(`question: q\n${rest}\ncriteria:\n${criteria.replaceAll(/^/gm, "  ")}\n`)).map(tell);
}

const one = "- { id: a, text: Says so, points: 2 }";

test("a sound rubric has no findings", () => {
  expect(lintRubric(rubricIn(SOUND))).toEqual([]);
});

describe("what is found", () => {
  test("in the scale", () => {
    expect({
      tooMuch: told(one, "scale: { max: 1.5 }"),
      tooLittle: told(one, "scale: { max: 3 }"),
      roundedAway: told("- { id: a, text: Says so, points: 1.9 }", "scale: { max: 1.9, step: 0.5 }"),
      maxOffStep: told("- { id: a, text: Says so, points: 2.5 }", "scale: { max: 2.25, step: 0.5 }"),
      passTooHigh: told(one, "scale: { pass: 2.5 }"),
      passForAll: told(one, "scale: { pass: 0 }"),
      passOffStep: told(one, "scale: { pass: 0.7, step: 0.5 }"),
      giftedFloor: told(one, "scale: { floor: 0.5 }"),
      idleFloor: told(one, "scale: { floor: -1 }"),
      floorOffStep: told(`${one}\n- { id: b, text: Denies it, points: -1.5 }`, "scale: { floor: -0.7, step: 0.5 }"),
      fineStep: told(one, "scale: { step: 0.01 }"),
      usableStep: told(one, "scale: { step: 0.5 }"),
      limit: told(`${one}\n- { id: b, text: Denies it, points: -1 }`, "scale: { penalty_limit: -1 }"),
    }).toMatchInlineSnapshot(`
      {
        "fineStep": [
          "info - scale.step: all points are multiples of 2, so a step of 0.01 never rounds",
        ],
        "floorOffStep": [
          "warning - scale.floor: floor -0.7 is not a multiple of the step 0.5",
        ],
        "giftedFloor": [
          "warning - scale.floor: an answer that says nothing right gets 0.5",
        ],
        "idleFloor": [
          "info - scale.floor: no answer gets less than 0, so the floor of -1 does nothing",
        ],
        "limit": [
          "info - scale.penalty_limit: penalties come to -1 at most, so their limit of -1 does nothing",
        ],
        "maxOffStep": [
          "warning - scale.max: criteria come to 2.5, of which only the maximum of 2.25 can count",
          "warning - scale.max: max 2.25 is not a multiple of the step 0.5",
        ],
        "passForAll": [
          "warning - scale.pass: the worst answer gets 0, so every one passes at 0",
        ],
        "passOffStep": [
          "warning - scale.pass: pass 0.7 is not a multiple of the step 0.5",
        ],
        "passTooHigh": [
          "error - scale.pass: the best answer gets 2, so none passes at 2.5",
        ],
        "roundedAway": [
          "error - scale.max: the best answer gets 1.5, so nobody reaches the maximum of 1.9",
          "warning a criteria.0.levels: level met gives 1.9, but totals are rounded down to multiples of 0.5",
        ],
        "tooLittle": [
          "error - scale.max: the best answer gets 2, so nobody reaches the maximum of 3",
        ],
        "tooMuch": [
          "warning - scale.max: criteria come to 2, of which only the maximum of 1.5 can count",
        ],
        "usableStep": [],
      }
    `);
  });

  test("in levels, requirements and evidence", () => {
    const many = `${one}\n- { id: b, text: Gives a case, points: 2 }`;
    expect({
      noZero: told("- { id: a, text: Says so, levels: [{ points: 1, text: poor }, { points: 2, text: right }] }"),
      equal: told(
        "- { id: a, text: Says so, levels: [{ points: 0, text: no }, { points: 0, text: wrong }, { points: 2, text: right }] }",
      ),
      worthless: told(`${one}\n- { id: b, text: Gives a case, points: 0 }`),
      idleCap: told(
        `- { id: a, text: Says so, points: 2, required: { cap: 2 } }\n- { id: b, text: Gives a case, points: 2 }`,
        "scale: { max: 4 }",
      ),
      freeRequirement: told(
        `${many}\n- { id: c, text: Is signed, points: 1, required: true, evidence: none }`,
        "scale: { max: 5 }",
      ),
      unevidencedCount: told(
        "- { id: a, text: Names a case, per_item: 1, at_most: 2, evidence: none, accepts: [return, throw] }",
      ),
      unlistedCount: told("- { id: a, text: Names a case, per_item: 1, at_most: 2 }"),
      listedCount: told("- { id: a, text: 'Names a case: return or throw', per_item: 1, at_most: 2 }"),
    }).toMatchInlineSnapshot(`
      {
        "equal": [
          "warning a criteria.0.levels: levels none and partial both give 0; a judge's choice between them changes nothing",
        ],
        "freeRequirement": [
          "warning c criteria.2.required: is required, but its credit needs no evidence",
        ],
        "idleCap": [
          "warning a criteria.0.required: without it the total is at most 2, which changes no total",
        ],
        "listedCount": [],
        "noZero": [
          "warning a criteria.0.levels: its lowest level gives 1, so every answer gets that; add one of 0 points",
        ],
        "unevidencedCount": [
          "warning a criteria.0.evidence: counts items, but asks for no evidence of them",
        ],
        "unlistedCount": [
          "info a criteria.0.accepts: counts items and lists none, so nothing can be counted without a model; put them under accepts, one a line",
        ],
        "worthless": [
          "warning b criteria.1.levels: none of its levels gives or takes a point",
        ],
      }
    `);
  });

  test("in groups", () => {
    const grouped = (group: string, more = ""): readonly string[] =>
      told(
        `- { id: a, text: Says so, points: 2, group: g }\n${more}`,
        `scale: { max: 4 }\ngroups: [{ id: g, ${group} }]`,
      );
    const second = "- { id: b, text: Gives a case, points: 4, group: g }";
    expect({
      empty: told(one, "scale: { max: 2 }\ngroups: [{ id: g, kind: many-of }]"),
      single: grouped("kind: one-of", "- { id: b, text: Gives a case, points: 2 }"),
      penalty: grouped("kind: one-of", `${second}\n- { id: c, text: Denies it, points: -1, group: g }`),
      idleCapOfMany: grouped("kind: many-of, cap: 6", second),
      idleCapOfOne: grouped("kind: one-of, cap: 4", second),
    }).toMatchInlineSnapshot(`
      {
        "empty": [
          "warning - groups.0: no criterion is in group g",
        ],
        "idleCapOfMany": [
          "warning - scale.max: criteria come to 6, of which only the maximum of 4 can count",
          "warning - groups.0.cap: group g comes to 6 at most, so its cap of 6 does nothing",
        ],
        "idleCapOfOne": [
          "warning - groups.0.cap: group g comes to 4 at most, so its cap of 4 does nothing",
        ],
        "penalty": [
          "warning - groups.0: a penalty in group g never counts beside a better criterion; make one penalty with levels",
        ],
        "single": [
          "warning - groups.0: only one criterion is in group g, so there is nothing to choose",
        ],
      }
    `);
  });

  test("in the wording", () => {
    expect({
      undescribed: told(
        "- { id: a, text: Says so, levels: [{ points: 0 }, { points: 1 }, { points: 2, text: right }] }",
      ),
      alike: told(
        "- { id: a, text: Says so, levels: [{ points: 0 }, { points: 1, text: right }, { points: 2, text: Right }] }",
      ),
      twice: told(`${one}\n- { id: b, text: says  so, points: 2 }`, "scale: { max: 4 }"),
      contradiction: told(
        "- { id: a, text: Says so, points: 2, accepts: [one lock, a > b], rejects: [a < b, One  lock] }",
      ),
      repeated: told("- { id: a, text: Says so, points: 2, accepts: [one, two, One], rejects: [x, x] }"),
      anchors: told(
        "- { id: a, text: Says so, levels: [{ points: 0, anchors: [it is, no] }, { points: 2, text: right, anchors: It is }] }",
      ),
      precedents: told(
        one,
        "precedents:\n  - { answer: yes, criterion: a, level: met }\n  - { answer: other, criterion: a, level: met }\n  - { answer: Yes, criterion: a, level: unmet }",
      ),
      vague: told("- { id: a, text: Shows a good understanding of goodput, points: 2 }"),
      long: told(
        `- { id: a, text: ${"word ".repeat(61)}, points: 2 }`,
        `scale: { max: 2 }\nguidelines: ${"word ".repeat(401)}`,
      ),
      hidden: told(
        '- { id: a, text: "Says\\u200b so", points: 2, accepts: ["\\u202ex"] }',
        'scale: { max: 2 }\nreference: "\\uFEFFa\\u00ad"',
      ),
    }).toMatchInlineSnapshot(`
      {
        "alike": [
          "warning a criteria.0.levels: levels partial and full are described alike",
        ],
        "anchors": [
          "error a criteria.0.levels: the same anchor stands at levels none and full",
        ],
        "contradiction": [
          "error a criteria.0.rejects: accepts and rejects "One  lock"",
        ],
        "hidden": [
          "warning - reference: 1 hidden or control character, which is not shown to the judge",
          "warning a criteria.0.text: 1 hidden or control character, which is not shown to the judge",
          "warning a criteria.0.accepts: 1 hidden or control character, which is not shown to the judge",
        ],
        "long": [
          "warning - guidelines: 2004 characters are more than a judge keeps in view (2000)",
          "warning a criteria.0.text: 304 characters are more than a judge keeps in view (300)",
        ],
        "precedents": [
          "error a precedents.2: decides the same answer otherwise than precedent 1",
        ],
        "repeated": [
          "info a criteria.0.accepts: lists "One" twice",
          "info a criteria.0.rejects: lists "x" twice",
        ],
        "twice": [
          "warning b criteria.1.text: asks for the same as a, so one thing is marked twice",
        ],
        "undescribed": [
          "warning a criteria.0.levels: level partial is not described",
        ],
        "vague": [
          "info a criteria.0.text: "good" leaves the decision to whoever marks; say what must be there",
        ],
      }
    `);
  });

  test("of two claims in one criterion", () => {
    const claims = [
      "Names the lock and explains what it protects",
      "States that it is slow, and that it is safe",
      "Explains what a lock is; gives an example",
      "Describes the lock and also names the cost of it",
      "Explains how it works and why",
      "Names arrays and lists",
      "Says that stages and states differ",
      "Compares reads and writes",
      "Explains `a; and explains b` in one line",
      "Says that input and output wait",
      "Names a tool and points at a limit",
    ];
    const found = claims.map((text) => [text, told(`- { id: a, text: ${JSON.stringify(text)}, points: 2 }`).length]);
    expect(found.filter(([, count]) => count === 1).map(([text]) => text)).toEqual([
      ...claims.slice(0, 5),
      "Names a tool and points at a limit",
    ]);
    expect(told("- { id: a, text: Names the lock and also explains its use, points: 2 }")).toEqual([
      'warning a criteria.0.text: seems to hold two claims (joined by "and also explains"); a criterion should hold one',
    ]);
  });

  test("in a rubric that breaks its contract is only that", () => {
    const rubric = rubricIn(SOUND);
    const change = (part: Partial<Criterion>): Rubric => ({
      ...rubric,
      criteria: rubric.criteria.map((each, place) => (place === 0 ? { ...each, ...part } : each)),
    });
    const levels = rubric.criteria[0]?.levels ?? [];
    const [none, ...others] = levels;
    const negative = levels.map((level) => ({ ...level, points: exact(0 - level.points) }));
    const broken: readonly Rubric[] = [
      change({ id: "cost" }),
      change({ levels: none === undefined ? [] : [none, none, ...others] }),
      change({ levels: levels.slice(0, 1) }),
      change({ levels: levels.toReversed() }),
      change({ kind: "penalty" }),
      change({ levels: negative }),
      change({ kind: "penalty", levels: negative, capWithout: exact(0) }),
      change({ group: "g" }),
      {
        ...rubric,
        groups: [
          { id: "g", kind: "one-of" },
          { id: "g", kind: "many-of" },
        ],
      },
      { ...rubric, precedents: [{ answer: "x", criterion: "none", level: "x", note: "" }] },
      { ...rubric, precedents: [{ answer: "x", criterion: "def", level: "best", note: "" }] },
      { ...rubric, scale: { ...rubric.scale, floor: exact(6000) } },
    ];
    expect(broken.flatMap((each) => lintRubric(each).map(tell))).toMatchInlineSnapshot(`
      [
        "error cost criteria.2.id: its id is taken by a criterion above",
        "error def criteria.0.levels: two levels have the id none",
        "error def criteria.0.levels: has only one level, so there is nothing to decide",
        "error def criteria.0.levels: points of its levels go up and down (3, 1, 0); put them in order",
        "error def criteria.0.levels: is a penalty and gives 3; penalties are negative",
        "error def criteria.0.levels: gives credit at one level and -3 at another; make a criterion and a penalty of it",
        "error def criteria.0.required: a penalty cannot be required",
        "error def criteria.0.group: its group g is not under groups",
        "error - groups.1.id: two groups have the id g",
        "error none precedents.0: is about a criterion that is not there",
        "error def precedents.0: its criterion has no level best",
        "error - scale.floor: a floor of 6 is not below the maximum of 6",
      ]
    `);
  });
});

function documentOf(head: string): string {
  return `${head}\n\ncriteria: [{ id: a, text: Says so and explains it, points: 1 }]\n`;
}

function placesOf(all: readonly PlacedFinding[]): readonly string[] {
  return all.map((finding) => `${finding.file}:${finding.line}: ${tell(finding)}`);
}

describe("several rubrics", () => {
  const bank = indexBank([
    readBankFile(
      "bank.md",
      new TextEncoder().encode("## Question 1\n\n**What is a lock?**\n\n**Answer:** _[To be filled]_\n"),
      bankConfigSchema.parse({}),
    ),
  ]);
  const id = bank.files[0]?.questions[0]?.id ?? "";
  const rubrics = [
    placedOf(documentOf("match: What is a lock?"), "one.rubric.yaml"),
    placedOf(documentOf(`question: ${id}\nid: own`), "two.rubric.yaml"),
    placedOf(documentOf("# gone\nquestion: q-gone"), "a.rubric.yaml"),
    placedOf(documentOf(`question: q-gone`), "b.rubric.yaml"),
  ];
  test("are told apart by file and line, also without a bank", () => {
    expect(placesOf(lintRubrics(rubrics, undefined))).toMatchInlineSnapshot(`
      [
        "a.rubric.yaml:4: warning a criteria.0.text: seems to hold two claims (joined by "and explains"); a criterion should hold one",
        "b.rubric.yaml:1: error - id: its id is taken by the rubric at a.rubric.yaml:2",
        "b.rubric.yaml:1: error - question: question q-gone has a rubric already, at a.rubric.yaml:2",
        "b.rubric.yaml:3: warning a criteria.0.text: seems to hold two claims (joined by "and explains"); a criterion should hold one",
        "one.rubric.yaml:3: warning a criteria.0.text: seems to hold two claims (joined by "and explains"); a criterion should hold one",
        "two.rubric.yaml:4: warning a criteria.0.text: seems to hold two claims (joined by "and explains"); a criterion should hold one",
      ]
    `);
  });

  test("are held against the bank", () => {
    expect(placesOf(lintRubrics(rubrics, bank)).filter((line) => !line.includes("two claims"))).toMatchInlineSnapshot(`
      [
        "a.rubric.yaml:2: error - question: no question of the bank is q-gone",
        "b.rubric.yaml:1: error - id: its id is taken by the rubric at a.rubric.yaml:2",
        "b.rubric.yaml:1: error - question: no question of the bank is q-gone",
        "two.rubric.yaml:1: error - question: question q-286c358d642d has a rubric already, at one.rubric.yaml:1",
      ]
    `);
  });
});

describe("any rubric", () => {
  test("is linted without a fault of ours, and every finding has words", () => {
    fc.assert(
      fc.property(fc.oneof(anyRubric, anyReadRubric), (rubric) => {
        for (const finding of lintRubric(rubric)) {
          expect(finding.severity).toBe(SEVERITIES[finding.code]);
          expect(messageOfFlaw(finding)).not.toMatch(/undefined|NaN|\[object/);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("that is read from a file keeps its contract", () => {
    fc.assert(
      fc.property(anyReadRubric, (rubric) => {
        expect(contractFlaws(rubric)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
