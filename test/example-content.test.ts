import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { bankConfigSchema } from "../src/bank/bank-config.ts";
import { indexBank } from "../src/bank/index-bank.ts";
import { readBankFile } from "../src/bank/read-bank-file.ts";
import type { BankFile } from "../src/bank/question.ts";
import { groupBy } from "../src/core/group-by.ts";
import { pointsOf } from "../src/grade/rubric/points.ts";
import { lintRubrics } from "../src/grade/lint/rubric-lint.ts";
import { readRubricDocument } from "../src/grade/rubric/rubric-reader.ts";
import type { Rubric } from "../src/grade/rubric/rubric.ts";
import { applyRules } from "../src/grade/rubric/rules.ts";

const EXAMPLE = join(import.meta.dirname, "../questions/llmops");
const config = bankConfigSchema.parse({});

function fileAt(path: string): BankFile {
  return readBankFile(path, readFileSync(join(EXAMPLE, path)), config);
}

const bank = indexBank([fileAt("theory_questions.md")]);
const questions = bank.files.flatMap((file) => file.questions);
const readings = readdirSync(join(EXAMPLE, "rubrics")).map((name) => {
  const text = readFileSync(join(EXAMPLE, "rubrics", name), "utf8");
  return { name, ...readRubricDocument({ path: name, text, data: load(text), format: "data" }) };
});
const rubrics = new Map(readings.flatMap(({ name, rubrics: [placed] }) => (placed ? [[name, placed.rubric]] : [])));

function rubricOf(question: string): Rubric {
  const rubric = rubrics.get(`${question}.rubric.yaml`);
  if (rubric === undefined) throw new Error(`no rubric for ${question}`);
  return rubric;
}

describe("rubrics of the example", () => {
  test("every file reads without a fault", () => {
    expect(readings.flatMap(({ faults }) => faults)).toEqual([]);
  });

  test("nothing in them is found wanting", () => {
    const placed = readings.flatMap(({ rubrics: all }) => all);
    expect(lintRubrics(placed, bank)).toEqual([]);
  });

  test("each question of the bank has one, in a file named after it", () => {
    const files = readings.map(({ name, rubrics: all }) => ({ name, asks: all.map(({ rubric }) => rubric.question) }));
    expect(files).toEqual(
      questions
        .map(({ id }) => ({ name: `${id}.rubric.yaml`, asks: [{ id }] }))
        .toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    );
  });

  test("together they show every feature of the format", () => {
    const all = [...rubrics.values()];
    const criteria = all.flatMap((rubric) => rubric.criteria);
    expect({
      kinds: new Set(criteria.map(({ kind }) => kind)),
      evidence: new Set(criteria.map(({ evidence }) => evidence)),
      groups: new Set(all.flatMap(({ groups }) => groups.map(({ kind }) => kind))),
      caps: criteria.some(({ capWithout }) => capWithout !== undefined),
      anchors: criteria.some(({ levels }) => levels.some(({ anchors }) => anchors.length > 0)),
      rejects: criteria.some(({ rejects }) => rejects.length > 0),
      precedents: all.some(({ precedents }) => precedents.length > 0),
      penaltyLimit: all.some(({ scale }) => scale.penaltyLimit !== undefined),
    }).toEqual({
      kinds: new Set(["binary", "levels", "count", "penalty"]),
      evidence: new Set(["required", "none", "absence"]),
      groups: new Set(["one-of", "many-of"]),
      caps: true,
      anchors: true,
      rejects: true,
      precedents: true,
      penaltyLimit: true,
    });
  });
});

/** Which questions each candidate left blank, by their numbers. */
const BLANKS: Readonly<Record<string, readonly string[]>> = {
  "c-001": [],
  "c-002": [],
  "c-003": ["8", "12", "19", "20"],
  "c-004": ["19"],
  "c-005": [],
  "c-006": ["20"],
};

describe("candidates of the example", () => {
  test.each(Object.entries(BLANKS))("%s is a copy of the bank with all but %j answered", (candidate, blanks) => {
    expect(fileAt(`candidates/${candidate}.md`).questions.map(({ id, state }) => ({ id, state }))).toEqual(
      questions.map(({ id, number = "" }) => ({ id, state: blanks.includes(number) ? "placeholder" : "filled" })),
    );
  });

  test("there are no others", () => {
    expect(readdirSync(join(EXAMPLE, "candidates"))).toEqual(Object.keys(BLANKS).map((candidate) => `${candidate}.md`));
  });
});

const markRow = z.strictObject({
  rater: z.string(),
  candidate: z.string(),
  question: z.string(),
  /** "" in the row of the total. */
  criterion: z.string(),
  level: z.string(),
  points: z.coerce.number(),
});
type MarkRow = z.infer<typeof markRow>;

describe("people's marks of the example", () => {
  const text = readFileSync(join(EXAMPLE, "marks.csv"), "utf8");
  const rows = z.array(markRow).parse(parse(text, { columns: true }));
  const answers = groupBy(rows, ({ rater, candidate, question }) => `${rater} ${candidate} ${question}`);

  test("both raters marked every answer and no blank", () => {
    const expected = ["r-1", "r-2"].flatMap((rater) =>
      Object.entries(BLANKS).flatMap(([candidate, blanks]) =>
        questions.filter(({ number = "" }) => !blanks.includes(number)).map(({ id }) => `${rater} ${candidate} ${id}`),
      ),
    );
    expect([...answers.keys()]).toEqual(expected);
  });

  test("an answer has a total, and for each criterion a level with the points of that level", () => {
    for (const [answer, marks] of answers) {
      const rubric = rubricOf(marks[0]?.question ?? "");
      const levels = new Map(marks.map(({ criterion, level }) => [criterion, level]));
      expect({ answer, marks: marks.map(written) }).toEqual({
        answer,
        marks: [
          { criterion: "", level: "", points: pointsOf(applyRules(rubric, levels).total) },
          ...rubric.criteria.map((criterion) => {
            const level = criterion.levels.find(({ id }) => id === levels.get(criterion.id));
            return { criterion: criterion.id, level: level?.id, points: level && pointsOf(level.points) };
          }),
        ],
      });
    }
  });

  test("the raters agree on most criteria and differ on some", () => {
    const [first, second] = ["r-1", "r-2"].map((each) =>
      rows.filter(({ rater, criterion }) => rater === each && criterion !== ""),
    );
    const equal = first?.filter(({ level }, place) => level === second?.[place]?.level).length ?? 0;
    const share = equal / (first?.length ?? 1);
    expect({ most: share > 0.8, some: share < 0.95 }).toEqual({ most: true, some: true });
  });
});

function written({ criterion, level, points }: MarkRow): Pick<MarkRow, "criterion" | "level" | "points"> {
  return { criterion, level, points };
}
