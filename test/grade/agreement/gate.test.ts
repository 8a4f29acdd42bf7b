import { describe, expect, test } from "vitest";
import { agreementReport } from "../../../src/grade/agreement/agreement-report.ts";
import { agreementJunit } from "../../../src/grade/agreement/agreement-junit.ts";
import { parseGate } from "../../../src/grade/agreement/gate.ts";
import { evaluateGate } from "../../../src/grade/agreement/gate-verdict.ts";
import { toldBy } from "../../support/user-error.ts";
import { row } from "./marked-rows.ts";

describe("a gate is read", () => {
  test("with a bound and a place", () => {
    expect(parseGate("  qwk>=0.6:lower  question=q-1 criterion=definition ")).toEqual({
      text: "qwk>=0.6:lower  question=q-1 criterion=definition",
      statistic: "qwk",
      operator: ">=",
      limit: 0.6,
      bound: "lower",
      question: "q-1",
      criterion: "definition",
    });
  });

  test.each([
    ["bias<=0.05", "bias", "<=", 0.05, "value"],
    ["pass-gap<=0.1:upper", "passGap", "<=", 0.1, "upper"],
    ["alpha>=0.667", "alphaInterval", ">=", 0.667, "value"],
    ["alpha-ordinal>=0.8:lower", "alphaOrdinal", ">=", 0.8, "lower"],
    ["r>=-0.1", "pearson", ">=", -0.1, "value"],
    ["qwk-within>=1", "qwkWithin", ">=", 1, "value"],
  ])("%s", (text, statistic, operator, limit, bound) => {
    expect(parseGate(text)).toEqual({
      text,
      statistic,
      operator,
      limit,
      bound,
      question: undefined,
      criterion: undefined,
    });
  });

  test.each([
    ["kapa>=0.6", "there is no statistic kapa | did you mean kappa?"],
    ["pearsn>=0.6", "there is no statistic pearsn | did you mean pearson?"],
    [
      "quality>=0.6",
      "there is no statistic quality | there are: bias, pass-gap, qwk, qwk-within, kappa, exact, adjacent, pearson, spearman, mae, rmse, alpha-nominal, alpha-ordinal, alpha-interval, alpha, r",
    ],
    ["bias>=0.05", "a gate on bias says how large it may be, such as bias<=0.05"],
    ["pass-gap<=-0.1", "a gate on pass-gap says how large it may be, such as pass-gap<=0.05"],
    ["qwk>=0.6 criterion=definition", "a gate on a criterion needs its question too"],
    ["qwk>0.6", "a gate could not be read"],
    ["qwk>=0.6:middle", "a gate could not be read"],
    ["qwk>=0.6 where=q-1", "a gate could not be read"],
    ["", "a gate could not be read"],
    [`${"-".repeat(50_000)}>=1`, "there is no statistic"],
  ])("%.30s is refused with words", (text, words) => {
    expect(toldBy(() => parseGate(text)).slice(0, words.length)).toBe(words);
  });
});

/** A judge who gives a point too much to every fifth answer of `q-1`, and to every answer of `q-2`. */
const report = agreementReport(
  Array.from({ length: 120 }, (_, at) => {
    const question = at < 80 ? "q-1" : "q-2";
    const person = at % 10;
    const gift = question === "q-2" || at % 5 === 0 ? 1 : 0;
    return row(person + gift, [person], { candidate: `c-${at}`, question });
  }),
  { resamples: 200 },
);

function verdictOf(text: string): string {
  const { status, words } = evaluateGate(parseGate(text), report);
  return `${status}: ${words}`;
}

describe("a gate is held against the report", () => {
  test.each([
    ["exact>=0.5", "pass: exact is 0.533, as asked >= 0.5 (n=120)"],
    ["exact>=0.6", "fail: exact is 0.533, not >= 0.6 (n=120)"],
    ["exact>=0.6 question=q-1", "pass: exact is 0.800, as asked >= 0.6 (n=80)"],
    ["mae<=0.05 question=q-1", "pass: mae is 0.020, as asked <= 0.05 (n=80)"],
    ["bias<=0.02 question=q-1", "pass: bias is 0.020, as asked <= 0.02 (n=80)"],
    [
      "exact>=0.6 question=q-2",
      "undecidable: 40 answers are not enough for a bare value (50 are); ask for :lower or :upper",
    ],
    ["exact>=0.6:lower question=q-2", "undecidable: too few answers for an interval: they all say the same"],
    ["pass-gap<=0.1", "undecidable: no rubric here has a pass mark"],
    ["qwk>=0.6:lower question=q-9", "undecidable: no answer in its scope was marked by a person and the judge"],
    ["qwk>=0.6 question=q-1 criterion=x", "undecidable: no answer in its scope was marked by a person and the judge"],
  ])("%s", (text, words) => {
    expect(verdictOf(text)).toBe(words);
  });

  test("by the end of the interval that is named", () => {
    const { exact } = report.scopes[1]?.judge.statistics ?? {};
    if (exact?.kind !== "known" || exact.interval.kind !== "known") throw new Error("no interval");
    const { lower, upper } = exact.interval;
    expect(verdictOf("exact>=0.5:lower question=q-1")).toBe(
      `pass: lower end of exact is ${lower.toFixed(3)}, as asked >= 0.5 (n=80)`,
    );
    expect(verdictOf("exact>=0.99:upper question=q-1")).toBe(
      `fail: upper end of exact is ${upper.toFixed(3)}, not >= 0.99 (n=80)`,
    );
  });

  test("bias by its size: a harsh judge fails as a lenient one does", () => {
    const harsh = agreementReport(
      Array.from({ length: 60 }, (_, at) => row(Math.max(0, (at % 10) - 2), [at % 10], { candidate: `c-${at}` })),
      { resamples: 200 },
    );
    const verdicts = ["bias<=0.05", "bias<=0.05:upper", "bias<=0.05:lower"].map(
      (text) => evaluateGate(parseGate(text), harsh).status,
    );
    expect(verdicts).toEqual(["fail", "fail", "fail"]);
  });
});

test("JUnit for continuous integration", () => {
  const gates = ["exact>=0.5", "mae<=0.01 question=q-1", 'qwk>=0.6:lower question=<q&"1">'].map((text) =>
    evaluateGate(parseGate(text), report),
  );
  const [head, output] = agreementJunit(report, gates).split("  <system-out>");
  expect(head).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuite name="agreement" tests="7" failures="1" errors="1" skipped="4">
      <testcase classname="agreement.gate" name="exact&gt;=0.5"/>
      <testcase classname="agreement.gate" name="mae&lt;=0.01 question=q-1"><failure message="mae is 0.020, not &lt;= 0.01 (n=80)"/></testcase>
      <testcase classname="agreement.gate" name="qwk&gt;=0.6:lower question=&lt;q&amp;&quot;1&quot;&gt;"><error message="no answer in its scope was marked by a person and the judge"/></testcase>
      <testcase classname="agreement.warning" name="all questions: lenient"><skipped message="the judge is lenient: +4.7% [+1.4%, +10.0%] of full marks, judge less people"/></testcase>
      <testcase classname="agreement.warning" name="q-1: lenient"><skipped message="the judge is lenient: +2.0% [+1.1%, +2.8%] of full marks, judge less people"/></testcase>
      <testcase classname="agreement.warning" name="q-2: not-enough"><skipped message="not enough: 40 answers, where 50 are needed; go by the intervals and not by the values"/></testcase>
      <testcase classname="agreement.warning" name="q-2: lenient"><skipped message="the judge is lenient: +10.0% [+10.0%, +10.0%] of full marks, judge less people"/></testcase>
    "
  `);
  expect(output?.endsWith("</system-out>\n</testsuite>\n")).toBe(true);
  expect(output?.slice(0, -30).includes("<")).toBe(false);
});
