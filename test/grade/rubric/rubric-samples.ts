import * as fc from "fast-check";
import { parseYaml } from "../../../src/files/lossless-yaml.ts";
import {
  type PlacedRubric,
  readRubricDocument,
  readRubrics,
  type RubricReading,
} from "../../../src/grade/rubric/rubric-reader.ts";
import type { Rubric } from "../../../src/grade/rubric/rubric.ts";

/** The rubric of the documentation, with one of everything. */
export const FULL_YAML = `# How to mark the question about the lock
rubric: 1
question: q-3fa9c1d2e0aa
scale: { max: 10, step: 0.5, floor: 0, pass: 6, penalty_limit: -2 }
guidelines: accept equivalent notation
reference: bank
criteria:
  - id: def
    text: States what the lock protects
    points: 3
    levels: [{points: 3, text: exact}, {points: 1, text: vague}, {points: 0, text: absent}]
    required: { cap: 4 }
    accepts: only one thread runs byte code
    rejects: [it protects user data]
  - { id: cases, text: Names a case in which it is released, per_item: 1, at_most: 3 }
  - { id: io, text: Gives input and output as an example, points: 4, group: example }
  - { id: sleep, text: Gives sleeping as an example, points: 2.5, group: example, evidence: none }
  - id: wrong
    text: Claims threads never run in parallel
    points: -2
groups:
  - { id: example, kind: one-of, cap: 4 }
precedents:
  - { answer: It guards counts., criterion: def, points: 1, note: partial credit agreed }
`;

export function readYaml(text: string, file = "lock.rubric.yaml"): RubricReading {
  return readRubricDocument({ path: file, text, data: parseYaml(text), format: "data" });
}

/** The one rubric of a text without faults. */
export function placedOf(text: string, file?: string): PlacedRubric {
  const { rubrics, faults } = readYaml(text, file);
  const [placed] = rubrics;
  if (placed === undefined || rubrics.length > 1) throw new Error(JSON.stringify(faults));
  return placed;
}

export function rubricIn(text: string): Rubric {
  return placedOf(text).rubric;
}

/** `file:line: place: message` of every fault. */
export function faultsIn({ faults }: RubricReading): readonly string[] {
  return faults.map(({ file, line, at, message }) => `${file}:${line}: ${at}: ${message}`);
}

const quarters = (least: number, most: number): fc.Arbitrary<unknown> =>
  fc
    .integer({ min: least * 4, max: most * 4 })
    .chain((value) => fc.constantFrom<unknown>(value / 4, String(value / 4), (value / 4).toFixed(2)));

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.lorem({ maxCount: 30 }),
  fc.constantFrom(
    "",
    "no",
    "12",
    "a: b",
    "- x",
    "#",
    "\r\n x \n\n y\t",
    "e\u0301",
    "'\"",
    "{}",
    "\\",
    "\u2028\u00a0x\ufeff",
  ),
);
const filled = text.map((some) => `x ${some}`);
const texts = fc.oneof(text, fc.array(text, { maxLength: 3 }));

const levels = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }), fc.constantFrom(1, -1), fc.boolean(), texts)
  .map(([sizes, sign, isNamed, anchors]) =>
    [0, ...sizes]
      .toSorted((left, right) => left - right)
      .map((size, place) => ({
        ...(isNamed ? { id: `own-${place}` } : {}),
        points: size * sign,
        text: `at ${size}`,
        anchors,
      })),
  );

const creditOf: fc.Arbitrary<object> = fc.oneof(
  fc.record({ points: quarters(-5, 5) }),
  fc.record({ per_item: quarters(-2, 2), at_most: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ levels }),
  fc.record({ kind: fc.constantFrom("binary", "count", "levels", "penalty"), levels }),
);

const writtenCriterion = fc
  .tuple(
    fc.constantFrom("a", "b", "c"),
    creditOf,
    fc.record(
      {
        text: filled,
        evidence: fc.constantFrom("required", "none", "absence"),
        group: fc.constantFrom("g1", "g2"),
        required: fc.oneof(fc.constantFrom(true, false, "yes", "no"), fc.record({ cap: quarters(0, 9) })),
        accepts: texts,
        rejects: texts,
      },
      { requiredKeys: ["text"] },
    ),
  )
  .map(([id, credit, rest]) => ({ id, ...credit, ...rest }));

const group = (id: string) =>
  fc.record(
    { id: fc.constant(id), kind: fc.constantFrom("one-of", "many-of"), cap: quarters(0, 9) },
    { requiredKeys: ["id", "kind"] },
  );

/** What someone might write as a rubric: of the right shape, sometimes with parts that do not fit together. */
export const anyWrittenRubric: fc.Arbitrary<object> = fc
  .tuple(
    fc.oneof(fc.record({ question: fc.constantFrom("q-1", "q-2") }), fc.record({ match: filled })),
    fc.record(
      {
        id: fc.constant("own"),
        scale: fc.record(
          {
            max: quarters(1, 9),
            step: fc.constantFrom(0.25, 0.5, "1", "0.10"),
            floor: quarters(-3, 1),
            pass: quarters(0, 9),
            penalty_limit: quarters(-9, 0),
          },
          { requiredKeys: [] },
        ),
        guidelines: text,
        reference: fc.oneof(filled, fc.constant("bank")),
        criteria: fc.uniqueArray(writtenCriterion, { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
        groups: fc.tuple(group("g1"), group("g2")),
        precedents: fc.array(
          fc.record({
            answer: filled,
            criterion: fc.constantFrom("a", "b"),
            points: fc.constantFrom(0, "1"),
            note: text,
          }),
          { maxLength: 1 },
        ),
      },
      { requiredKeys: ["criteria", "groups"] },
    ),
  )
  .map(([question, rest]) => ({ ...question, ...rest }));

/** Rubrics as a file gives them. */
export const anyReadRubric: fc.Arbitrary<Rubric> = anyWrittenRubric
  .map((data) => readRubrics(data, { file: "any", lineOf: () => 1 }).rubrics)
  .filter(({ length }) => length > 0)
  .map(([placed]) => placed?.rubric ?? rubricIn(FULL_YAML));
