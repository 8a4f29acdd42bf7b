import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { sha256Hex } from "../../src/core/hash.ts";
import type { GradeBook } from "../../src/export/grade-book.ts";
import { gradeReport } from "../../src/export/report.ts";
import { sampleAgreement } from "./sample-agreement.ts";
import { sampleGradeBook } from "./sample-grade-book.ts";

async function documentOf(book: GradeBook): Promise<ReturnType<typeof parseHTML>["document"]> {
  return parseHTML(await gradeReport(book)).document;
}

async function textsOf(book: GradeBook, selector: string): Promise<readonly string[]> {
  const document = await documentOf(book);
  return Array.from(document.querySelectorAll(selector), (found: { textContent: string | null }) =>
    (found.textContent ?? "").replace(/\s+/g, " ").trim(),
  );
}

describe("gradeReport", () => {
  test("puts what one looks for first into tiles; only marks that count are in the mean", async () => {
    expect(await textsOf(sampleGradeBook(), ".top .tile")).toMatchInlineSnapshot(`
      [
        "Mean mark 57% of full marks, n 86",
        "Graded 84 and 2 set by a person",
        "Waits for you 5 provisional, in no mean",
        "Blank 2 nothing handed in",
        "Refused 1 the judge declined",
        "Error 1 judging failed",
        "Stale 1 the rubric changed",
        "Cost $0.31 125,639 tokens",
      ]
    `);
  });

  test("counts an answer in the mean once a person has looked at it", async () => {
    const { grades, ...book } = sampleGradeBook({ candidates: 2, questions: 2, isHostile: false });
    const settled = grades.map((grade) => ({ ...grade, current: { ...grade.current, state: "overridden" as const } }));
    const tiles = await Promise.all([grades, settled].map((each) => textsOf({ ...book, grades: each }, ".top .tile")));
    expect(tiles.map(([mean]) => mean)).toMatchInlineSnapshot(`
      [
        "Mean mark 39% of full marks, n 3",
        "Mean mark 49% of full marks, n 4",
      ]
    `);
  });

  test("marks the evidence in place, by criterion", async () => {
    const book = sampleGradeBook({ candidates: 1, questions: 1, isHostile: false });
    const document = await documentOf(book);
    const text = document.querySelector("article.answer .text");
    const tagged = Array.from(
      text?.querySelectorAll("mark") ?? [],
      (mark: { className: string; textContent: string | null }) => [mark.className, mark.textContent],
    );
    expect(tagged).toMatchInlineSnapshot(`
      [
        [
          "k0",
          "evidence for AFinding a row by that column gets faster.",
        ],
        [
          "k1",
          "evidence for BWrites become a bit slower.",
        ],
        [
          "k2",
          "evidence for CIt also takes disk space and memory.",
        ],
      ]
    `);
    for (const tag of text?.querySelectorAll("sup") ?? []) tag.remove();
    expect(text?.textContent).toBe(book.grades[0]?.answer);
  });

  test("evidence of a penalty is not taken for evidence of credit, with or without colours", async () => {
    const book = sampleGradeBook({ candidates: 12, questions: 2, isHostile: false });
    const marks = Array.from(
      (await documentOf(book)).querySelectorAll("article.answer mark"),
      (mark: { className: string; textContent: string | null }) => [mark.className, mark.textContent ?? ""] as const,
    );
    const costing = marks.filter(([name]) => name.includes("penalty")).map(([, text]) => text.slice(0, 40));
    expect([...new Set(costing)]).toEqual(["evidence of a penalty, −DThreads never r"]);
    expect(marks.filter(([name, text]) => !name.includes("penalty") && text.includes("−"))).toEqual([]);
    expect((await textsOf(book, ".letter.penalty"))[0]).toBe("penalty −D");
  });

  test("the bar of a criterion gets deeper with the credit, and red with what a penalty took", async () => {
    const book = sampleGradeBook({ candidates: 4, questions: 2, isHostile: false });
    const [first = "", second = ""] = (await gradeReport(book)).split("of the credit of each criterion.").slice(1);
    const fills = [first, second].map((chart) =>
      Array.from(
        chart.slice(0, chart.indexOf("</svg>")).matchAll(/<rect fill="var\(--([a-z0-9-]+)\)/g),
        ([, fill]) => fill,
      ),
    );
    expect(fills).toMatchInlineSnapshot(`
      [
        [
          "heat-3",
          "heat-3",
          "heat-0",
          "heat-5",
          "heat-0",
          "heat-5",
        ],
        [
          "heat-0",
          "heat-3",
          "heat-0",
          "heat-5",
          "heat-0",
          "heat-3",
          "heat-0",
          "penalty",
        ],
      ]
    `);
  });

  test("says how a mark came about: rules, refused quotes, a person's word", async () => {
    const book = sampleGradeBook();
    expect({
      events: (await textsOf(book, ".events li")).slice(0, 2),
      faults: (await textsOf(book, ".fault")).slice(0, 1),
      overrides: (await textsOf(book, ".override")).slice(0, 1),
      flags: (await textsOf(book, "#c3 .flag")).slice(0, 4),
    }).toMatchInlineSnapshot(`
      {
        "events": [
          "raised to the least the question can give (−1 → 0)",
        ],
        "faults": [
          "Refused: a quote that is not in the answer",
        ],
        "flags": [
          "holds hidden characters",
          "holds words that look like orders to the judge",
          "the judge saw an attempt to give it orders",
          "gets less with the suspect words covered; the lower mark was taken",
        ],
        "overrides": [
          "Set by r.lee, 2026-11-22. Before: 7. “The example given shows the point, though the word is missing.”",
        ],
      }
    `);
  });

  test("shows agreement where people have marked, and nothing of it where nobody has", async () => {
    const book = sampleGradeBook();
    expect(await textsOf(book, "#agreement")).toEqual([]);
    expect(
      await textsOf({ ...book, agreement: sampleAgreement(book) }, "#agreement :is(.warnings li, .tile, figure > h3)"),
    ).toMatchInlineSnapshot(`
      [
        "The judge is lenient: +4.1% [+2.1%, +6.2%] of full marks, judge less people.",
        "The judge is lenient: +7.7% [+0.5%, +15.1%] in pass rate, judge less people.",
        "Bias +4.1% [+2.1%, +6.2%], n 128 judge less person",
        "Pass-rate gap +7.7% [+0.5%, +15.1%], n 117 judge less person",
        "Weighted kappa 0.932 [0.858, 0.966], n 128 1 is full agreement",
        "Among people 0.869 [0.708, 0.947], n 42 weighted kappa of raters",
        "Judge and person",
        "Error and length",
        "Bias by question",
        "Thirds of the scale",
        "What the judge must beat",
      ]
    `);
  });

  test("keeps the rubric's private words to itself", async () => {
    expect(await gradeReport(sampleGradeBook())).not.toContain("PRIVATE");
  });

  test("names the one style and the one script by hash, and forbids the rest", async () => {
    const document = await documentOf(sampleGradeBook());
    const source = (name: string): string =>
      `'sha256-${Buffer.from(sha256Hex(document.querySelector(name)?.textContent ?? ""), "hex").toString("base64")}'`;
    expect(document.querySelector("meta[http-equiv]")?.getAttribute("content")).toBe(
      `default-src 'none'; style-src ${source("style")}; script-src ${source("script")}; base-uri 'none'; form-action 'none'`,
    );
    expect([document.querySelectorAll("style").length, document.querySelectorAll("script").length]).toEqual([1, 1]);
  });

  test("gives the same bytes for the same book", async () => {
    const book = sampleGradeBook();
    const make = (): Promise<string> => gradeReport({ ...book, agreement: sampleAgreement(book) });
    expect(sha256Hex(await make())).toBe(sha256Hex(await make()));
  });

  test.each([
    ["nothing at all", { candidates: 0, questions: 0 }],
    ["no answers", { candidates: 0, questions: 3 }],
    ["one candidate", { candidates: 1, questions: 1 }],
  ])("has a page for %s", async (_name, size) => {
    const book = sampleGradeBook(size);
    const page = await gradeReport({ ...book, agreement: sampleAgreement(book) });
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(parseHTML(page).document.querySelectorAll("article.answer").length).toBe(book.grades.length);
  });

  test("2,000 answers with long texts fit into 15 MB", async () => {
    const book = sampleGradeBook({ candidates: 250 });
    const long = "It depends on the load, on the data and on what the users can bear. ".repeat(30);
    const grades = book.grades.map((grade) => ({ ...grade, answer: `${grade.answer}\n\n${long}` }));
    const page = await gradeReport({ ...book, grades });
    expect(grades.length).toBe(2000);
    expect(Buffer.byteLength(page)).toBeLessThan(15_000_000);
  });

  test("refuses a grade of a question that it does not know", async () => {
    const { questions, ...book } = sampleGradeBook({ candidates: 1, questions: 2 });
    await expect(gradeReport({ ...book, questions: questions.slice(1) })).rejects.toThrow(RangeError);
  });
});
