import { describe, expect, test } from "vitest";
import { indexBank } from "../../../src/bank/index-bank.ts";
import { readBankFile } from "../../../src/bank/read-bank-file.ts";
import { questionFinder } from "../../../src/grade/submissions/find-question.ts";
import { htmlToText, isRichText } from "../../../src/grade/submissions/html-to-text.ts";
import { nearestText } from "../../../src/grade/submissions/nearest-text.ts";
import { BANK, BANKS, IDS, numberOf } from "./small-exam.ts";
import { growthOf } from "../../support/growth.ts";

const finder = questionFinder(BANK, new Map([["essay/heap", IDS[1] ?? ""]]));

function found(reference: string): unknown {
  const match = finder.find(reference);
  return match.status === "found" ? numberOf(match.id) : match.status;
}

function unfilled(number: number): string {
  return `## Question ${number}\n\n**Why is it so?**\n\n**Answer:** _[To be filled]_\n\n`;
}

describe("which question is meant", () => {
  test.each([
    [IDS[0] ?? "", 1],
    [` ${(IDS[0] ?? "").toUpperCase()}\u200B `, 1],
    ["What is MLOps and why is it needed?", 1],
    ["what-is-mlops-and-why-is-it-needed", 1],
    ["What is ML Ops—and why is it needed", 1],
    ["<p>How do <b>threads</b> share&nbsp;memory?</p>", 2],
    ["How do threads &#115;hare memory?", 2],
    ["Question 2: How do threads share memory?", 2],
    ["2) How do threads share memory?", 2],
    ["1234: Explain git rebase, and when not to use it.", 3],
    ["3", 3],
    ["Q3", 3],
    ["question-03", 3],
    ["No. 3", 3],
    ["essay/heap", 2],
    ["4", "unknown"],
    ["", "unknown"],
    ["__proto__", "unknown"],
    ["Why?", "unknown"],
  ])("%s", (reference, expected) => {
    expect(found(reference)).toBe(expected);
  });

  test("two that are alike are none", () => {
    const bank = indexBank([readBankFile("a.md", new TextEncoder().encode(unfilled(1) + unfilled(2)), BANKS)]);
    expect(questionFinder(bank).find("Why is it so")).toEqual({ status: "ambiguous", count: 2 });
    expect(questionFinder(bank).find("2").status).toBe("found");
    expect(questionFinder(indexBank([])).find("Why?")).toEqual({ status: "unknown", suggestion: undefined });
  });

  test("the nearest text is the one that shares most letters in a row", () => {
    const nearest = nearestText(["Timestamp", "Email Address", "Scores", "", "日本語の質問"]);
    const sought = ["email adress", "timestmp", "日本語の問題", "", "zzz", "E"];
    expect(sought.map((each) => nearest(each))).toEqual([1, 0, 4, 3, undefined, undefined]);
  });
});

describe("HTML", () => {
  test("becomes its words, and nothing else changes", () => {
    const html =
      '<h2>My Head</h2><p>Uses&nbsp;<b>two</b> &lt;div&gt; &amp; a <a href="http://x.example">link</a>.<br>Next</p>' +
      "<ul><li>one</li><li>two</li></ul><pre>if x:\n    y()</pre><script>alert(1)</script><img src=x onerror=alert(1)>";
    expect(htmlToText(html)).toBe("My Head\n\nUses two <div> & a link.\nNext\n\n * one\n * two\n\nif x:\n    y()");
  });

  test("is told from text that mentions a tag", () => {
    const texts = [
      "<p>x</p>",
      " <DIV class='a'>x</DIV>\n",
      "use <p> and </p>",
      "<T extends object>",
      "<p>x</p> and more",
      "a < b > c",
    ];
    expect(texts.map(isRichText)).toEqual([true, true, false, false, false, false]);
  });

  test("nested without end loses no word and takes no time", () => {
    expect(htmlToText(`${"<div>".repeat(50_000)}deep words`).trim()).toBe("deep words");
    expect(htmlToText(`${"<p>word ".repeat(500)}end`)).toMatch(/^word\n\nword[^]*end$/);
    expect(htmlToText("<".repeat(100_000)).length).toBeGreaterThan(0);
    for (const unit of ["<div>", "<", "<p>word "]) {
      const prepare = (size: number) => {
        const html = unit.repeat(size);
        return () => htmlToText(html);
      };
      expect([unit, growthOf(prepare, 100)]).toEqual([unit, "linear"]);
    }
  });
});
