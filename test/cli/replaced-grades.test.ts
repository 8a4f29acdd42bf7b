import { expect, test } from "vitest";
import { answerKey } from "../../src/grade/records/grade-log.ts";
import { refuseFallback, replacedGrades, replacedLines } from "../../src/cli/grade/replaced-grades.ts";
import { userErrorOf } from "./user-error-of.ts";

const answer = (candidate: string) => ({ candidate, question: "q-1", attempt: 1 });
const MODEL = { provider: "openai", model: "m-1" };
const OFFLINE = { provider: "offline", model: "offline" };
const graded = new Map([
  [answerKey(answer("c-001")), { grade: { run: MODEL } }],
  [answerKey(answer("c-002")), { grade: { run: MODEL } }],
  [answerKey(answer("c-003")), { grade: { run: OFFLINE } }],
]);
const all = { planned: ["c-001", "c-002", "c-003", "c-004"].map((each) => ({ submission: answer(each) })) };

test("grades of another judge are counted and told, new answers and the judge's own are not", () => {
  const replaced = replacedGrades({ plan: all, state: { grades: graded } }, OFFLINE);
  expect(replaced).toEqual(new Map([["m-1", 2]]));
  expect(replacedLines(replaced)).toEqual([
    "2 of them have a grade of m-1, which this replaces (--set NAME keeps both)",
  ]);
  expect(replacedGrades({ plan: all, state: { grades: graded } }, MODEL)).toEqual(new Map([["offline", 1]]));
});

test("the offline judge replaces a model's grades only where it was asked for", () => {
  const replaced = new Map([["m-1", 2]]);
  const because = "no key, no base URL, no local server";
  expect(userErrorOf(() => refuseFallback(replaced, { provider: "offline", because, asked: "auto" }))).toEqual({
    message: `the offline judge (${because}) would replace 2 grades of m-1`,
    exitCode: 2,
    hint: "set OPENAI_API_KEY or --base-url as before; or say --provider offline, with --set NAME to keep both",
  });
  for (const [provider, asked, grades] of [
    ["offline", "offline", replaced],
    ["openai", "auto", replaced],
    ["offline", "auto", new Map()],
  ] as const) {
    expect(() => refuseFallback(grades, { provider, because, asked })).not.toThrow();
  }
});
