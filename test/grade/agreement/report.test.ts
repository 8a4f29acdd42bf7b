import { describe, expect, test } from "vitest";
import { agreementReport } from "../../../src/grade/agreement/agreement-report.ts";
import { agreementMarkdown, agreementSummaryText, agreementText } from "../../../src/grade/agreement/agreement-text.ts";
import type { AgreementRow } from "../../../src/grade/agreement/agreement-row.ts";
import { below, seededRandom } from "../../../src/grade/agreement/random.ts";
import { normal, onScale, row, wholePoints } from "./marked-rows.ts";

const SCALE = wholePoints(10, 6);
const RESAMPLES = 200;

function coloured(written: string): readonly string[] {
  return written.split("\n").filter((line) => line.includes("31m"));
}

/** What JSON makes of a value: properties that are undefined are left out. */
function dropUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropUndefined);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, nested]) => nested !== undefined);
  return Object.fromEntries(kept.map(([key, nested]) => [key, dropUndefined(nested)]));
}

interface Condition {
  readonly count: number;
  readonly judge: (person: number, words: number) => number;
  readonly person?: (ability: number) => number;
  readonly raters?: number;
}

/** Answers of candidates to three questions, with judge and people as the condition wants them. */
function exam({ count, judge, person = (ability) => ability, raters = 1 }: Condition): readonly AgreementRow[] {
  const random = seededRandom(20);
  return Array.from({ length: count }, (_, at) => {
    const ability = 5.5 + 2 * normal(random);
    const words = 40 + below(random, 160);
    const human = Array.from({ length: raters }, () =>
      onScale(SCALE, person(ability) + (raters > 1 ? normal(random) : 0)),
    );
    const mark = onScale(SCALE, judge(human[0] ?? 0, words) + 0.8 * normal(random));
    return row(mark, human, {
      scale: SCALE,
      candidate: `c-${Math.floor(at / 3)}`,
      question: `q-${at % 3}`,
      words,
      lexical: Math.min(1, Math.max(0, (human[0] ?? 0) / 10 + 0.2 * normal(random))),
    });
  });
}

function text(rows: readonly AgreementRow[]): string {
  return agreementText(agreementReport(rows, { resamples: RESAMPLES }));
}

function codes(rows: readonly AgreementRow[]): readonly string[] {
  return agreementReport(rows, { resamples: RESAMPLES }).scopes[0]?.warnings.map(({ code }) => code) ?? [];
}

describe("what a reader must know is said", () => {
  test("a fair judge: nothing to say", () => {
    expect(codes(exam({ count: 240, judge: (person) => person }))).toEqual([]);
  });

  test("twenty answers", () => {
    expect(text(exam({ count: 20, judge: (person) => person }))).toMatchInlineSnapshot(`
      "How far the judge agrees with people
      ------------------------------------

      20 answers: 20 graded
      20 marked by people, 20 of them compared

      all questions: 20 answers
      -------------------------

      not enough for more than this: bias somewhere in [-10.0%, +2.4%], QWK somewhere in [0.788, 0.968]; n=20
      7 candidates, 3 questions, 20 pairs; 0 to 10 points

      ! not enough: 20 answers, where 50 are needed; go by the intervals and not by the values

                                   judge and people  95%               n
      bias                         -4.0%             [-10.0%, +2.4%]   20
      pass-rate gap                0.0%              [-19.0%, +19.0%]  20
      quadratic weighted kappa     0.918             [0.788, 0.968]    20
      the same, mean of questions  0.897             [0.352, 0.958]    20
      Cohen's kappa                0.261             [-0.016, 0.611]   20
      exact agreement              35.0%             [9.4%, 71.4%]     20
      within one step              85.0%             [69.9%, 100.0%]   20
      Pearson r                    0.931             [0.830, 0.987]    20
      Spearman rho                 0.899             [0.585, 0.994]    20
      mean absolute error          8.0%              [3.5%, 12.4%]     20
      root mean square error       10.5%             [5.9%, 13.6%]     20
      alpha, nominal               0.274             [-0.131, 0.599]   20
      alpha, ordinal               0.883             [0.511, 0.952]    20
      alpha, interval              0.920             [0.786, 0.968]    20

      How far people agree among themselves is not known: mark some answers twice.

      third of the scale, by people  bias                        exact agreement           mean absolute error
      low                            -4.3% [-10.0%, 0.0%] n=7    57.1% [0.0%, 100.0%] n=7  4.3% [0.0%, 10.0%] n=7
      middle                         -1.7% [-16.7%, +13.3%] n=6  16.7% [0.0%, 75.0%] n=6   11.7% [4.0%, 18.0%] n=6
      high                           -5.7% [-14.0%, +4.3%] n=7   28.6% [0.0%, 80.0%] n=7   8.6% [2.0%, 16.3%] n=7

      exact agreement at the ends less that in the middle: +26.2% [-40.0%, +73.0%] n=20

      error for 100 words more: -0.7% [-11.8%, +10.2%] n=20
      error with length: r -0.040 [-0.618, 0.450] n=20

      against people                  root mean square error     QWK                                                                  Pearson r
      the judge                       10.5% [5.9%, 13.6%] n=20   0.918 [0.788, 0.968] n=20                                            0.931 [0.830, 0.987] n=20
      the mean mark for every answer  25.0% [17.7%, 32.7%] n=20  0.000 (too few answers for an interval: they all say the same) n=20  n/a (one side gave every answer the same mark)
      the mean mark of each question  22.8% [13.9%, 28.9%] n=20  0.314 [-0.139, 0.614] n=20                                           0.404 (too few different marks for an interval) n=20
      lexical cross-check             17.8% [10.9%, 24.3%] n=20  0.780 [0.551, 0.920] n=20                                            0.824 [0.673, 0.964] n=20
      lexical cross-check, fitted     14.1% [10.6%, 18.0%] n=20  0.772 [0.450, 0.868] n=20                                            0.824 [0.673, 0.964] n=20

      people (rows), judge (columns)  1  2  3  4  5  6  7  8  10
      1                               2  0  0  0  0  0  0  0  0
      2                               1  0  0  0  0  0  0  0  0
      3                               0  2  2  0  0  0  0  0  0
      4                               0  1  0  0  0  0  0  0  0
      5                               0  0  0  1  0  1  0  0  0
      6                               0  0  0  0  1  1  0  1  0
      7                               0  0  0  0  0  1  1  1  0
      8                               0  0  0  0  0  1  2  0  0
      10                              0  0  0  0  0  0  0  0  1

      By question
      -----------

           bias                       mean absolute error      exact agreement            quadratic weighted kappa
      q-0  -5.7% [-11.5%, +1.4%] n=7  8.6% [4.3%, 12.9%] n=7   28.6% [0.0%, 57.1%] n=7    0.884 [0.426, 0.956] n=7
      q-1  -7.1% [-12.9%, -1.4%] n=7  10.0% [5.7%, 14.3%] n=7  14.3% [0.0%, 42.9%] n=7    0.901 [0.345, 0.949] n=7
      q-2  +1.7% [-5.0%, +10.0%] n=6  5.0% [0.0%, 11.7%] n=6   66.7% [32.9%, 100.0%] n=6  0.908 [-0.002, 1.000] n=6

      ! not enough: 3 of 3 have fewer than 50 answers; go by the intervals and not by the values
      ! q-1: the judge is harsh: -7.1% [-12.9%, -1.4%] of full marks, judge less people

      Percentages are of the scale; differences are judge less people, above 0 is generous. Kappa, QWK, steps and alpha
      but interval are of the nearest steps of the scale, all else of the marks as they are.
      95% intervals by 200 redraws of candidates, and of questions where these are pooled (seed 1).
      "
    `);
  });

  test("all marks equal", () => {
    const rows = Array.from({ length: 60 }, (_, at) =>
      row(7, [7], { scale: SCALE, candidate: `c-${at}`, words: 50 + at, lexical: 0.7 }),
    );
    expect(text(rows)).toMatchInlineSnapshot(`
      "How far the judge agrees with people
      ------------------------------------

      60 answers: 60 graded
      60 marked by people, 60 of them compared

      all questions: 60 answers
      -------------------------

      bias 0.0% [0.0%, 0.0%] n=60; QWK n/a (all marks are the same)
      60 candidates, 1 question, 60 pairs; 0 to 10 points

      ! the judge gave every answer the same mark
      ! people gave every answer the same mark

                                   judge and people  95%                     n
      bias                         0.0%              [0.0%, 0.0%]            60
      pass-rate gap                0.0%              [0.0%, 0.0%]            60
      quadratic weighted kappa     n/a               all marks are the same  0
      the same, mean of questions  n/a               all marks are the same  0
      Cohen's kappa                n/a               all marks are the same  0
      exact agreement              100.0%            [100.0%, 100.0%]        60
      within one step              100.0%            [100.0%, 100.0%]        60
      Pearson r                    n/a               all marks are the same  0
      Spearman rho                 n/a               all marks are the same  0
      mean absolute error          0.0%              [0.0%, 0.0%]            60
      root mean square error       0.0%              [0.0%, 0.0%]            60
      alpha, nominal               n/a               all marks are the same  0
      alpha, ordinal               n/a               all marks are the same  0
      alpha, interval              n/a               all marks are the same  0

      How far people agree among themselves is not known: mark some answers twice.

      third of the scale, by people  bias                        exact agreement               mean absolute error
      low                            n/a (no answer lies there)  n/a (no answer lies there)    n/a (no answer lies there)
      middle                         n/a (no answer lies there)  n/a (no answer lies there)    n/a (no answer lies there)
      high                           0.0% [0.0%, 0.0%] n=60      100.0% [100.0%, 100.0%] n=60  0.0% [0.0%, 0.0%] n=60

      exact agreement at the ends less that in the middle: n/a (no answer lies in the middle of the scale, or none at its ends)

      error for 100 words more: 0.0% [0.0%, 0.0%] n=60
      error with length: r n/a (one side gave every answer the same mark)

      against people                  root mean square error  QWK                           Pearson r
      the judge                       0.0% [0.0%, 0.0%] n=60  n/a (all marks are the same)  n/a (all marks are the same)
      the mean mark for every answer  0.0% [0.0%, 0.0%] n=60  n/a (all marks are the same)  n/a (all marks are the same)
      the mean mark of each question  0.0% [0.0%, 0.0%] n=60  n/a (all marks are the same)  n/a (all marks are the same)
      lexical cross-check             0.0% [0.0%, 0.0%] n=60  n/a (all marks are the same)  n/a (all marks are the same)
      lexical cross-check, fitted     0.0% [0.0%, 0.0%] n=60  n/a (all marks are the same)  n/a (all marks are the same)

      people (rows), judge (columns)  7
      7                               60

      By question
      -----------

           bias                    mean absolute error     exact agreement               quadratic weighted kappa
      q-1  0.0% [0.0%, 0.0%] n=60  0.0% [0.0%, 0.0%] n=60  100.0% [100.0%, 100.0%] n=60  n/a (all marks are the same)

      ! q-1: the judge gave every answer the same mark
      ! q-1: people gave every answer the same mark

      Percentages are of the scale; differences are judge less people, above 0 is generous. Kappa, QWK, steps and alpha
      but interval are of the nearest steps of the scale, all else of the marks as they are.
      95% intervals by 200 redraws of candidates, and of questions where these are pooled (seed 1).
      "
    `);
  });

  test("a lenient judge", () => {
    expect(text(exam({ count: 300, judge: (person) => person + 0.6 }))).toMatchInlineSnapshot(`
      "How far the judge agrees with people
      ------------------------------------

      300 answers: 300 graded
      300 marked by people, 300 of them compared

      all questions: 300 answers
      --------------------------

      bias +5.5% [+4.0%, +7.0%] n=300; QWK 0.895 [0.849, 0.928] n=300
      100 candidates, 3 questions, 300 pairs; 0 to 10 points

      ! the judge is lenient: +5.5% [+4.0%, +7.0%] of full marks, judge less people
      ! the judge is lenient: +11.0% [+5.7%, +17.3%] in pass rate, judge less people

                                   judge and people  95%              n
      bias                         +5.5%             [+4.0%, +7.0%]   300
      pass-rate gap                +11.0%            [+5.7%, +17.3%]  300
      quadratic weighted kappa     0.895             [0.849, 0.928]   300
      the same, mean of questions  0.892             [0.848, 0.921]   300
      Cohen's kappa                0.296             [0.191, 0.386]   300
      exact agreement              38.7%             [29.3%, 46.4%]   300
      within one step              88.3%             [80.7%, 95.0%]   300
      Pearson r                    0.928             [0.892, 0.947]   300
      Spearman rho                 0.927             [0.892, 0.947]   300
      mean absolute error          7.3%              [6.2%, 8.6%]     300
      root mean square error       9.8%              [8.5%, 11.1%]    300
      alpha, nominal               0.296             [0.188, 0.385]   300
      alpha, ordinal               0.888             [0.827, 0.921]   300
      alpha, interval              0.893             [0.846, 0.927]   300

      How far people agree among themselves is not known: mark some answers twice.

      third of the scale, by people  bias                        exact agreement             mean absolute error
      low                            +4.7% [+1.3%, +8.0%] n=57   49.1% [30.7%, 66.7%] n=57   6.1% [3.8%, 8.8%] n=57
      middle                         +6.0% [+4.0%, +8.3%] n=151  32.5% [20.5%, 40.8%] n=151  8.1% [6.7%, 10.1%] n=151
      high                           +5.2% [+3.2%, +7.1%] n=92   42.4% [26.0%, 57.6%] n=92   6.7% [4.8%, 8.9%] n=92

      exact agreement at the ends less that in the middle: +12.5% [-2.0%, +24.6%] n=300

      error for 100 words more: -0.1% [-3.0%, +2.5%] n=300
      error with length: r -0.008 [-0.159, 0.142] n=300

      against people                  root mean square error      QWK                          Pearson r
      the judge                       9.8% [8.5%, 11.1%] n=300    0.895 [0.849, 0.928] n=300   0.928 [0.892, 0.947] n=300
      the mean mark for every answer  20.4% [18.1%, 22.5%] n=300  0.000 [0.000, 0.000] n=300   n/a (one side gave every answer the same mark)
      the mean mark of each question  20.3% [18.1%, 22.4%] n=300  0.037 [-0.007, 0.087] n=300  0.085 (too few different marks for an interval) n=300
      lexical cross-check             18.8% [16.3%, 20.8%] n=300  0.673 [0.605, 0.748] n=300   0.694 [0.628, 0.777] n=300
      lexical cross-check, fitted     14.7% [12.3%, 16.9%] n=300  0.643 [0.563, 0.726] n=300   0.694 [0.628, 0.777] n=300

      people (rows), judge (columns)  0  1  2   3   4   5   6   7   8   9   10
      0                               1  0  1   0   0   0   0   0   0   0   0
      1                               1  1  3   0   0   0   0   0   0   0   0
      2                               0  1  10  4   2   0   0   0   0   0   0
      3                               0  0  2   16  12  3   0   0   0   0   0
      4                               0  0  0   4   7   20  5   0   0   0   0
      5                               0  0  0   1   6   23  25  6   0   0   0
      6                               0  0  0   0   1   2   19  25  7   0   0
      7                               0  0  0   0   0   0   2   19  22  3   0
      8                               0  0  0   0   0   0   0   2   9   10  5
      9                               0  0  0   0   0   0   0   1   0   6   7
      10                              0  0  0   0   0   0   0   0   0   1   5

      By question
      -----------

           bias                        mean absolute error      exact agreement             quadratic weighted kappa
      q-0  +4.9% [+3.5%, +6.2%] n=100  6.3% [5.1%, 7.6%] n=100  44.0% [33.0%, 53.0%] n=100  0.924 [0.896, 0.947] n=100
      q-1  +6.3% [+4.7%, +8.3%] n=100  7.9% [6.6%, 9.8%] n=100  37.0% [26.0%, 47.0%] n=100  0.876 [0.817, 0.910] n=100
      q-2  +5.3% [+3.6%, +7.2%] n=100  7.7% [6.3%, 9.0%] n=100  35.0% [27.0%, 45.0%] n=100  0.877 [0.829, 0.909] n=100

      ! q-0: the judge is lenient: +4.9% [+3.5%, +6.2%] of full marks, judge less people
      ! q-0: the judge is lenient: +8.0% [+3.0%, +13.0%] in pass rate, judge less people
      ! q-1: the judge is lenient: +6.3% [+4.7%, +8.3%] of full marks, judge less people
      ! q-1: the judge is lenient: +11.0% [+5.0%, +18.0%] in pass rate, judge less people
      ! q-2: the judge is lenient: +5.3% [+3.6%, +7.2%] of full marks, judge less people
      ! q-2: the judge is lenient: +14.0% [+6.0%, +22.0%] in pass rate, judge less people

      Percentages are of the scale; differences are judge less people, above 0 is generous. Kappa, QWK, steps and alpha
      but interval are of the nearest steps of the scale, all else of the marks as they are.
      95% intervals by 200 redraws of candidates, and of questions where these are pooled (seed 1).
      "
    `);
  });

  test("marks driven by length", () => {
    expect(text(exam({ count: 240, judge: (person, words) => person + (words - 120) / 50 }))).toMatchInlineSnapshot(`
      "How far the judge agrees with people
      ------------------------------------

      240 answers: 240 graded
      240 marked by people, 240 of them compared

      all questions: 240 answers
      --------------------------

      bias -0.4% [-4.1%, +2.6%] n=240; QWK 0.831 [0.795, 0.870] n=240
      80 candidates, 3 questions, 240 pairs; 0 to 10 points

      ! longer answers get more from the judge than from people: error with length r 0.743 [0.651, 0.802]

                                   judge and people  95%             n
      bias                         -0.4%             [-4.1%, +2.6%]  240
      pass-rate gap                +1.3%             [-3.8%, +7.5%]  240
      quadratic weighted kappa     0.831             [0.795, 0.870]  240
      the same, mean of questions  0.828             [0.783, 0.865]  240
      Cohen's kappa                0.133             [0.040, 0.235]  240
      exact agreement              24.2%             [16.3%, 33.8%]  240
      within one step              74.6%             [67.1%, 84.2%]  240
      Pearson r                    0.840             [0.804, 0.884]  240
      Spearman rho                 0.830             [0.780, 0.877]  240
      mean absolute error          10.3%             [8.6%, 11.7%]   240
      root mean square error       12.7%             [11.1%, 13.9%]  240
      alpha, nominal               0.133             [0.034, 0.233]  240
      alpha, ordinal               0.827             [0.773, 0.865]  240
      alpha, interval              0.832             [0.795, 0.869]  240

      How far people agree among themselves is not known: mark some answers twice.

      third of the scale, by people  bias                        exact agreement            mean absolute error
      low                            0.0% [-4.7%, +4.7%] n=50    26.0% [10.9%, 48.2%] n=50  10.0% [6.5%, 12.9%] n=50
      middle                         -0.4% [-4.3%, +4.1%] n=118  22.0% [7.5%, 34.4%] n=118  11.1% [8.9%, 14.0%] n=118
      high                           -0.7% [-5.4%, +2.5%] n=72   26.4% [12.5%, 42.4%] n=72  9.3% [7.0%, 12.2%] n=72

      exact agreement at the ends less that in the middle: +4.2% [-15.4%, +25.3%] n=240

      error for 100 words more: +20.2% [+16.9%, +22.5%] n=240
      error with length: r 0.743 [0.651, 0.802] n=240

      against people                  root mean square error      QWK                         Pearson r
      the judge                       12.7% [11.1%, 13.9%] n=240  0.831 [0.795, 0.870] n=240  0.840 [0.804, 0.884] n=240
      the mean mark for every answer  20.3% [18.0%, 22.2%] n=240  0.000 [0.000, 0.000] n=240  n/a (one side gave every answer the same mark)
      the mean mark of each question  20.2% [17.9%, 22.1%] n=240  0.000 [0.000, 0.000] n=240  0.106 (too few different marks for an interval) n=240
      lexical cross-check             18.8% [16.6%, 21.3%] n=240  0.683 [0.598, 0.752] n=240  0.711 [0.628, 0.778] n=240
      lexical cross-check, fitted     14.3% [12.4%, 16.3%] n=240  0.671 [0.586, 0.740] n=240  0.711 [0.628, 0.778] n=240

      people (rows), judge (columns)  0  1  2  3   4   5   6  7   8   9  10
      0                               1  0  0  1   0   0   0  0   0   0  0
      1                               4  0  0  0   0   0   0  0   0   0  0
      2                               4  3  4  3   1   0   0  0   0   0  0
      3                               0  2  6  8   9   4   0  0   0   0  0
      4                               0  0  1  7   7   8   5  0   0   0  0
      5                               0  0  0  12  14  10  8  7   1   0  0
      6                               0  0  0  1   5   8   9  11  3   1  0
      7                               0  0  0  0   0   4   7  10  14  1  1
      8                               0  0  0  0   0   0   2  8   5   5  2
      9                               0  0  0  0   0   0   0  3   2   2  3
      10                              0  0  0  0   0   0   0  0   0   1  2

      By question
      -----------

           bias                       mean absolute error        exact agreement            quadratic weighted kappa
      q-0  -3.3% [-5.9%, -0.5%] n=80  10.0% [7.9%, 11.6%] n=80   28.7% [20.0%, 38.8%] n=80  0.842 [0.776, 0.882] n=80
      q-1  +1.6% [-1.1%, +4.9%] n=80  11.6% [10.1%, 13.1%] n=80  17.5% [10.0%, 26.3%] n=80  0.810 [0.738, 0.864] n=80
      q-2  +0.4% [-2.0%, +2.6%] n=80  9.4% [7.9%, 11.0%] n=80    26.3% [17.5%, 36.3%] n=80  0.833 [0.762, 0.882] n=80

      ! q-0: the judge is harsh: -3.3% [-5.9%, -0.5%] of full marks, judge less people
      ! q-0: longer answers get more from the judge than from people: error with length r 0.727 [0.619, 0.805]
      ! q-1: longer answers get more from the judge than from people: error with length r 0.778 [0.702, 0.846]
      ! q-1: exact agreement is 18.3% [2.2%, 35.3%] lower in the middle third of the scale than at its ends
      ! q-2: longer answers get more from the judge than from people: error with length r 0.713 [0.622, 0.797]

      Percentages are of the scale; differences are judge less people, above 0 is generous. Kappa, QWK, steps and alpha
      but interval are of the nearest steps of the scale, all else of the marks as they are.
      95% intervals by 200 redraws of candidates, and of questions where these are pooled (seed 1).
      "
    `);
  });

  test("a harsh judge", () => {
    expect(codes(exam({ count: 240, judge: (person) => person - 0.8 }))).toEqual(["harsh", "harsh"]);
  });

  test("a judge who is exact at the ends of the scale and not in its middle", () => {
    const rows = Array.from({ length: 110 }, (_, at) => {
      const person = at % 11;
      const isMiddle = person >= 4 && person <= 6;
      return row(isMiddle ? person + (at % 2 === 0 ? 2 : -2) : person, [person], {
        candidate: `c-${at}`,
        words: 100 + (at % 7),
      });
    });
    expect(agreementReport(rows, { resamples: RESAMPLES }).scopes[0]?.warnings).toEqual([
      { code: "middle-drop", value: 1, lower: 1, upper: 1 },
    ]);
  });

  test("a judge no better than the mean mark of each question", () => {
    const random = seededRandom(21);
    const rows = exam({ count: 120, judge: () => 5.5 + 3 * normal(random) });
    const { warnings = [] } = agreementReport(rows, { resamples: RESAMPLES }).scopes[0] ?? {};
    expect(
      warnings.map((warning) => (warning.code === "baseline-not-beaten" ? warning.baseline : warning.code)),
    ).toEqual(["constant", "item", "lexical", "lexical-fitted"]);
  });
});

describe("what the figures speak of", () => {
  test("only marks of the judge that stand; every other state is counted", () => {
    const marked = exam({ count: 60, judge: (person) => person });
    const states = ["needs-review", "refused", "error", "blank", "stale", "overridden"] as const;
    const others = states.map((state, at) =>
      row(state === "needs-review" ? 0 : undefined, [10], {
        scale: SCALE,
        state,
        candidate: `x-${at}`,
        question: "q-0",
      }),
    );
    const unmarked = row(5, [], { scale: SCALE, candidate: "y-1", question: "q-0" });
    const options = { resamples: RESAMPLES };
    const alone = agreementReport(marked, options);
    const all = agreementReport([...marked, ...others, unmarked], options);
    expect(all.scopes).toEqual(alone.scopes);
    expect(all.coverage).toEqual({
      answers: 67,
      states: { graded: 61, "needs-review": 1, refused: 1, error: 1, blank: 1, stale: 1, overridden: 1 },
      marked: 66,
      compared: 60,
      leftOut: { graded: 0, "needs-review": 1, refused: 1, error: 1, blank: 1, stale: 1, overridden: 1 },
    });
    const withProvisional = agreementReport([...marked, ...others], { ...options, states: ["graded", "needs-review"] });
    expect(withProvisional.coverage.compared).toBe(61);
  });

  test("the order of the rows changes nothing", () => {
    const rows = exam({ count: 60, judge: (person) => person, raters: 2 });
    const swapped = rows.toReversed().map((each) => ({ ...each, human: each.human.toReversed() }));
    const options = { resamples: RESAMPLES };
    expect(JSON.stringify(agreementReport(swapped, options))).toBe(JSON.stringify(agreementReport(rows, options)));
  });

  test("questions and criteria each for themselves, and pooled whatever their scales", () => {
    const two = wholePoints(2);
    const rows = [
      ...exam({ count: 60, judge: (person) => person }),
      row(1, [2], { criterion: "definition", scale: two, question: "q-0" }),
      row(2, [2], { criterion: "example", scale: wholePoints(4), question: "q-0" }),
      row(2, [1], { criterion: "definition", scale: two, question: "q-1" }),
    ];
    const { scopes } = agreementReport(rows, { resamples: RESAMPLES });
    expect(scopes.map(({ scope, judge, range, confusion }) => [scope, judge.answers, range, confusion.kind])).toEqual([
      [{ kind: "pooled" }, 60, { least: 0, most: 10_000 }, "known"],
      [{ kind: "question", question: "q-0" }, 20, { least: 0, most: 10_000 }, "known"],
      [{ kind: "question", question: "q-1" }, 20, { least: 0, most: 10_000 }, "known"],
      [{ kind: "question", question: "q-2" }, 20, { least: 0, most: 10_000 }, "known"],
      [{ kind: "criteria" }, 3, undefined, "undefined"],
      [{ kind: "criterion", question: "q-0", criterion: "definition" }, 1, { least: 0, most: 2_000 }, "known"],
      [{ kind: "criterion", question: "q-0", criterion: "example" }, 1, { least: 0, most: 4_000 }, "known"],
      [{ kind: "criterion", question: "q-1", criterion: "definition" }, 1, { least: 0, most: 2_000 }, "known"],
    ]);
    expect(scopes[5]?.confusion).toEqual({
      kind: "known",
      marks: [1_000, 2_000],
      counts: [
        [0, 0],
        [1, 0],
      ],
    });
  });

  test("nobody marked anything: every figure is n/a with its reason", () => {
    const report = agreementReport([row(5, []), row(6, [], { candidate: "c-2" })]);
    expect(report.scopes.length).toBe(1);
    expect(Object.values(report.scopes[0]?.judge.statistics ?? {})).toEqual(
      Array.from({ length: 14 }, () => ({ kind: "undefined", reason: "no-pairs" })),
    );
    expect(agreementText(report).match(/\d\.\d/g)).toBeNull();
  });

  test("a report is plain JSON", () => {
    const report = agreementReport(exam({ count: 60, judge: (person) => person }), { resamples: RESAMPLES });
    expect(JSON.parse(JSON.stringify(report))).toEqual(dropUndefined(report));
  });
});

describe("the baselines", () => {
  test("are the plain means, the cross-check, and a line through it", () => {
    const rows = [
      row(0, [2], { candidate: "c-1", lexical: 0.1 }),
      row(0, [4], { candidate: "c-2", lexical: 0.3 }),
      row(0, [9], { candidate: "c-3", lexical: 0.5, question: "q-2" }),
    ];
    const { baselines = [] } = agreementReport(rows, { resamples: 10 }).scopes[0] ?? {};
    const errors = baselines.map(({ name, statistics: { mae } }) => [
      name,
      mae.kind === "known" ? mae.value : mae.reason,
    ]);
    expect(errors).toEqual([
      // The mean of 2, 4 and 9 is 5: 3, 1 and 4 away.
      ["constant", expect.closeTo(8 / 30, 12)],
      // 3 for the first question, 9 for the second.
      ["item", expect.closeTo(2 / 30, 12)],
      // 1, 1 and 4 away.
      ["lexical", expect.closeTo(6 / 30, 12)],
      // The line through (1, 2), (3, 4), (5, 9) is 5 + 1.75 (x - 3): 1.5, 5 and 8.5.
      ["lexical-fitted", expect.closeTo(2 / 30, 12)],
    ]);
  });

  test("are named where there is no cross-check", () => {
    const { baselines = [] } = agreementReport([row(1, [2])], { resamples: 10 }).scopes[0] ?? {};
    expect(
      baselines.map(({ name, statistics: { rmse } }) => [name, rmse.kind === "known" ? "known" : rmse.reason]),
    ).toEqual([
      ["constant", "known"],
      ["item", "known"],
      ["lexical", "no-cross-check"],
      ["lexical-fitted", "no-cross-check"],
    ]);
  });
});

describe("on paper", () => {
  test("with two people the ceiling is told, and who stands far off", () => {
    const rows = exam({ count: 60, judge: (person) => person, raters: 3 });
    const odd = row(5, [5, 6, 10], { scale: SCALE, candidate: "c-99", question: "q-0", words: 90, lexical: 0.5 });
    expect(text([...rows, odd])).toMatchInlineSnapshot(`
      "How far the judge agrees with people
      ------------------------------------

      61 answers: 61 graded
      61 marked by people, 61 of them compared

      all questions: 61 answers
      -------------------------

      bias -1.6% [-5.9%, +2.6%] n=183; QWK 0.815 [0.655, 0.868] n=183
      21 candidates, 3 questions, 183 pairs; 0 to 10 points

                                   judge and people  95%              n    people among themselves  95%              n
      bias                         -1.6%             [-5.9%, +2.6%]   183  -2.3%                    [-7.4%, +2.3%]   183
      pass-rate gap                -3.3%             [-16.1%, +7.8%]  183  -2.2%                    [-11.6%, +9.5%]  183
      quadratic weighted kappa     0.815             [0.655, 0.868]   183  0.766                    [0.576, 0.836]   183
      the same, mean of questions  0.802             [0.629, 0.855]   183  0.751                    [0.541, 0.820]   183
      Cohen's kappa                0.246             [0.157, 0.310]   183  0.101                    [-0.003, 0.211]  183
      exact agreement              33.9%             [27.0%, 40.6%]   183  21.3%                    [13.8%, 31.1%]   183
      within one step              76.0%             [67.7%, 84.7%]   183  68.9%                    [59.8%, 76.7%]   183
      Pearson r                    0.817             [0.660, 0.875]   183  0.770                    [0.591, 0.848]   183
      Spearman rho                 0.826             [0.657, 0.879]   183  0.775                    [0.534, 0.838]   183
      mean absolute error          9.9%              [8.4%, 11.7%]    183  12.1%                    [10.1%, 14.1%]   183
      root mean square error       13.8%             [11.3%, 16.2%]   183  15.3%                    [12.9%, 17.7%]   183
      alpha, nominal               0.247             [0.142, 0.308]   183  0.104                    [-0.011, 0.209]  61
      alpha, ordinal               0.823             [0.652, 0.870]   183  0.774                    [0.526, 0.831]   61
      alpha, interval              0.815             [0.655, 0.868]   183  0.766                    [0.578, 0.837]   61

      People agree among themselves at QWK 0.766 [0.576, 0.836] n=183; the judge with them at 0.815 [0.655, 0.868] n=183.

      third of the scale, by people  bias                        exact agreement            mean absolute error
      low                            +4.4% [-2.1%, +12.1%] n=43  20.9% [4.5%, 36.4%] n=43   10.9% [7.8%, 15.0%] n=43
      middle                         -2.2% [-7.2%, +2.9%] n=78   37.2% [27.0%, 53.2%] n=78  9.6% [6.8%, 12.8%] n=78
      high                           -5.2% [-12.7%, +1.3%] n=62  38.7% [18.7%, 53.9%] n=62  9.7% [6.6%, 15.8%] n=62

      exact agreement at the ends less that in the middle: -5.8% [-30.2%, +17.8%] n=183

      error for 100 words more: +0.2% [-6.2%, +9.6%] n=183
      error with length: r 0.007 [-0.210, 0.277] n=183

      against people                  root mean square error      QWK                          Pearson r
      the judge                       13.8% [11.3%, 16.2%] n=183  0.815 [0.655, 0.868] n=183   0.817 [0.660, 0.875] n=183
      the mean mark for every answer  22.4% [18.3%, 25.2%] n=183  0.000 [0.000, 0.000] n=183   n/a (one side gave every answer the same mark)
      the mean mark of each question  21.8% [17.6%, 25.3%] n=183  0.083 [-0.022, 0.161] n=183  0.228 [-0.115, 0.447] n=183
      lexical cross-check             25.2% [21.7%, 29.1%] n=183  0.531 [0.193, 0.644] n=183   0.549 [0.225, 0.688] n=183
      lexical cross-check, fitted     18.7% [15.9%, 21.7%] n=183  0.495 [0.170, 0.637] n=183   0.549 [0.225, 0.688] n=183

      people (rows), judge (columns)  0  1  2  3  4  5  6   7   8  9  10
      0                               0  0  0  0  0  0  0   0   0  0  0
      1                               1  2  1  0  0  0  0   0   0  0  0
      2                               1  3  2  9  2  0  0   0   0  0  0
      3                               1  1  3  5  8  1  3   0   0  0  0
      4                               0  0  3  5  7  4  2   0   0  0  0
      5                               0  0  2  1  4  6  6   0   1  0  0
      6                               0  0  1  1  5  6  16  4   4  0  0
      7                               0  0  0  0  1  2  6   12  2  2  0
      8                               0  0  0  0  0  1  2   9   7  1  3
      9                               0  0  0  0  0  0  1   1   1  3  1
      10                              0  0  0  0  0  1  0   1   0  3  2

      By question
      -----------

           bias                        mean absolute error       exact agreement            quadratic weighted kappa   that of people among themselves
      q-0  -5.1% [-10.2%, -0.2%] n=63  10.8% [7.9%, 13.7%] n=63  33.3% [23.8%, 42.9%] n=63  0.784 [0.619, 0.893] n=63  0.784 [0.623, 0.890] n=63
      q-1  -0.8% [-4.7%, +3.3%] n=60   9.5% [7.7%, 11.5%] n=60   36.7% [26.7%, 45.0%] n=60  0.803 [0.568, 0.882] n=60  0.730 [0.424, 0.839] n=60
      q-2  +1.2% [-2.3%, +4.8%] n=60   9.5% [7.5%, 11.5%] n=60   31.7% [21.7%, 41.7%] n=60  0.819 [0.654, 0.890] n=60  0.736 [0.499, 0.838] n=60

      ! not enough: 3 of 3 have fewer than 50 answers; go by the intervals and not by the values
      ! q-0: the judge is harsh: -5.1% [-10.2%, -0.2%] of full marks, judge less people

      Marks of people far from those of others: 5 of 183
      --------------------------------------------------

      c-99, q-0, A: 5, others 8
      c-99, q-0, C: 10, others 5.5
      c-0, q-2, C: 6, others 3
      c-17, q-2, C: 10, others 7
      c-2, q-2, B: 9, others 5.5

      Percentages are of the scale; differences are judge less people, above 0 is generous. Kappa, QWK, steps and alpha
      but interval are of the nearest steps of the scale, all else of the marks as they are.
      95% intervals by 200 redraws of candidates, and of questions where these are pooled (seed 1).
      "
    `);
  });

  test("no id can draw a table, a link or a command to the terminal", () => {
    const hostile = "q|\u001b[31m<b>[x](y)\u202e\n# no";
    const report = agreementReport([row(1, [2], { question: hostile, candidate: "c|1" })], {
      resamples: 10,
      problems: [{ code: "off-scale", candidate: "c|1", question: hostile, attempt: 1, rater: "=A|B", criterion: "" }],
    });
    expect(coloured(agreementText(report))).toMatchInlineSnapshot(`
      [
        "q|<U+001B>[31m<b>[x](y)<U+202E> # no  -10.0% (all answers are of one candidate) n=1  10.0% (all answers are of one candidate) n=1  0.0% (all answers are of one candidate) n=1  0.000 (all answers are of one candidate) n=1",
        "c|1, q|<U+001B>[31m<b>[x](y)<U+202E> # no, attempt 1, by =A|B: mark outside the scale",
      ]
    `);
    expect(coloured(agreementMarkdown(report))).toMatchInlineSnapshot(`
      [
        "| q\\|\\<U+001B\\>\\[31m\\<b\\>\\[x\\](y)\\<U+202E\\> \\# no | -10.0% (all answers are of one candidate) n=1 | 10.0% (all answers are of one candidate) n=1 | 0.0% (all answers are of one candidate) n=1 | 0.000 (all answers are of one candidate) n=1 |",
        "- c\\|1, q\\|\\<U+001B\\>\\[31m\\<b\\>\\[x\\](y)\\<U+202E\\> \\# no, attempt 1, by =A\\|B: mark outside the scale",
      ]
    `);
  });
});

test("where nothing can be compared the summary says so in one line, without figures of nothing", () => {
  const unmarked = [row(4, [], { scale: SCALE, candidate: "c-1", question: "q-1" })];
  expect(agreementSummaryText(agreementReport(unmarked))).toMatchInlineSnapshot(`
    "How far the judge agrees with people
    ------------------------------------

    1 answer: 1 graded
    0 marked by people, 0 of them compared

    nothing to compare: no answer has a mark of the judge that counts and a person's
    "
  `);
});

test("two people who are far apart are one disagreement, with both marks", () => {
  const rows = [row(6, [1, 9]), row(6, [6, 6, 1], { candidate: "c-2" })];
  const lines = agreementText(agreementReport(rows, { resamples: 20 })).split("\n");
  expect(lines.filter((line) => line.startsWith("c-"))).toEqual(["c-1, q-1: A 1, B 9", "c-2, q-1, C: 1, others 6"]);
});
