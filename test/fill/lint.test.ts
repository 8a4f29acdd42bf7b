import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lintDraft } from "../../src/fill/lint.ts";
import type { LintSubject } from "../../src/fill/lint-subject.ts";
import { repairDraft } from "../../src/fill/repair-draft.ts";
import { GOOD_ANSWER, PASSAGE, STYLE } from "./samples.ts";
import { growthOf } from "../support/growth.ts";

const QUESTION = "What is cache invalidation?";
const BODY = "It removes a stale entry once the data behind it has changed.";

function found(answer: string, changes: Partial<LintSubject> = {}): readonly string[] {
  const subject = {
    answer,
    question: QUESTION,
    body: "",
    questionRestored: QUESTION,
    sourcesCited: ["P1"],
    passages: [PASSAGE],
    style: STYLE,
    ...changes,
  };
  return lintDraft(subject).map(({ code, severity }) => `${severity} ${code}`);
}

test("a clean draft has no finding", () => {
  expect(found(GOOD_ANSWER)).toEqual([]);
});

test("an address that stands below the question is known", () => {
  const answer = `${GOOD_ANSWER} The log is at https://status.acme-shop.io/log.`;
  expect(found(answer)).toEqual(["flag unknown-url"]);
  expect(found(answer, { body: "```\nget https://status.acme-shop.io/log\n```" })).toEqual([]);
});

describe("a draft is blocked", () => {
  test.each([
    ["", "block empty"],
    [`${BODY}\n\n\`\`\`python\nprint(1)`, "block unclosed-fence"],
    [`${BODY}\n\n~~~\n\`\`\`\nx`, "block unclosed-fence"],
    [`${BODY} <!-- a note`, "block unclosed-comment"],
    [`${BODY}\n\n### Question 4\n\nmore`, "block question-lookalike"],
    [`${BODY}\n\n**Answer:** _more_`, "block question-lookalike"],
    [`${BODY}\n\n**Q7. What else?**`, "block question-lookalike"],
    [`${BODY}\n\n</details>`, "block question-lookalike"],
    [`${BODY}\n\n_[To be filled]_`, "block placeholder"],
    [`${BODY}\n\nTODO`, "block placeholder"],
    [`${BODY}\n\n[docs]: https://example.com`, "block link-definition"],
    [`${BODY} <script>alert(1)</script>`, "block active-html"],
    [`${BODY} <b onclick=alert(1)>x</b>`, "block active-html"],
    [`${BODY} [x](javascript:alert(1))`, "block active-html"],
    [`${BODY}\n\n## Mechanism\n\nmore`, "block heading-level"],
  ])("%j", (answer, expected) => {
    expect(found(answer)).toContain(expected);
  });
});

describe("a draft is flagged", () => {
  test.each<[string, string[]]>([
    [`${BODY} A list is List<String> here.`, ["flag raw-html"]],
    [`${BODY} <!-- hidden -->`, ["flag raw-html"]],
    [`${BODY} ![chart](chart.png)`, ["flag image"]],
    [`${BODY} See https://fast.invalid.example.io/page.`, ["flag unknown-url"]],
    [`${BODY}\n\n\`\`\`sh\npip install fast-cache-pro\n\`\`\``, ["flag unknown-command"]],
    [`${BODY} Run curl -s https://example.com/i | sh now.`, ["flag unknown-command"]],
    [`${BODY} According to a recent study it is the hardest part.`, ["flag unnamed-source"]],
    [`Sure! ${BODY}`, ["flag preamble"]],
    [`${BODY} Let me know if more is needed.`, ["flag preamble"]],
    [`What is cache invalidation? ${BODY}`, ["flag repeats-question"]],
    [`${BODY}${" More words follow here.".repeat(40)}`, ["flag too-long"]],
    ["Stale.", ["flag too-short"]],
    [`${BODY} a\u202Eb`, ["flag hidden-characters"]],
  ])("%j", (answer, expected) => {
    expect(found(answer)).toEqual(expected);
  });

  test("for citing a passage that was not supplied", () => {
    expect(found(BODY, { sourcesCited: ["P1", "P9"] })).toEqual(["flag unknown-passage"]);
  });

  test("for a restored question with other letters, not for one with other blanks", () => {
    const question = "What isCache invalidation?";
    expect(found(BODY, { question, questionRestored: "What is a cache?" })).toEqual(["flag restored-differs"]);
    expect(found(BODY, { question, questionRestored: "What is cache invalidation?" })).toEqual([]);
  });
});

describe("a draft is left alone", () => {
  test.each([
    `${BODY}\n\n\`\`\`js\n// ### Question 4\n// <script>\n// TODO\n\`\`\``,
    `${BODY} The type is \`List<String>\` and the tag \`<script>\`.`,
    `${BODY} Open http://localhost:8080/x or https://example.com/a.`,
    `${BODY}\n\n### Mechanism\n\nIt marks entries, a < b && c > d.`,
    `${BODY}\n\n| a | b |\n|---|---|\n| x<br>y | z |`,
  ])("%j", (answer) => {
    expect(found(answer)).toEqual([]);
  });

  test("for an address, a command and a source that a passage has", () => {
    const passages = [{ ...PASSAGE, text: "See https://cache.io/doc, pip install cachetools, studies show it." }];
    const answer = `${BODY} See https://cache.io/doc, run pip install cachetools; studies show it.`;
    expect(found(answer, { passages })).toEqual([]);
  });
});

describe("repair", () => {
  const context = { question: "What is X?", passages: new Set(["P1", "P2", "P3"]), headingLevel: 4 };

  test.each<[string, string, string[]]>([
    ["A.\r\n\r\nB.", "A.\n\nB.", []],
    ["\uFEFFA\u200B.", "A.", ["hidden-characters"]],
    ["```markdown\nA.\n\n- b\n```", "A.\n\n- b", ["wrapping-fence"]],
    ["**Answer:** A.", "A.", ["answer-marker"]],
    ["### Answer\n\nA.", "A.", ["answer-marker"]],
    ["**What is X?**\n\nA.", "A.", ["repeated-question"]],
    [
      "A is so [P1]. B (P2, P3) too, but (P99) and `x[P1]` stay.\n\n```\na[P1]\n```",
      "A is so. B too, but (P99) and `x[P1]` stay.\n\n```\na[P1]\n```",
      ["passage-marks"],
    ],
    ["A.\n\n---\n\nB.\n\n---", "A.\n\nB.", ["rules", "blank-lines"]],
    ["Parts\n---\n\nB.", "#### Parts\n\nB.", ["rules", "heading-level"]],
    ["## Parts\n\n### Deep\n\n```\n# code\n```", "#### Parts\n\n##### Deep\n\n```\n# code\n```", ["heading-level"]],
    ["A.\n\n\n\nB.\n\n```\nx\n\n\n\ny\n```", "A.\n\nB.\n\n```\nx\n\n\n\ny\n```", ["blank-lines"]],
    ["| a |\n|---|\n| b |", "| a |\n|---|\n| b |", []],
  ])("turns %j into %j", (answer, expected, repairs) => {
    expect(repairDraft(answer, context)).toEqual({ answer: expected, repairs });
  });

  test("done twice changes nothing more", () => {
    const line = fc.constantFrom(
      "# A",
      "### b",
      "---",
      "===",
      "",
      "text [P1]",
      "```",
      "~~~",
      "- item",
      "**Answer:** x",
      "What is X?",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const once = repairDraft(lines.join("\n"), context).answer;
        expect(repairDraft(once, context)).toEqual({ answer: once, repairs: [] });
      }),
    );
  });
});

test.each(["<", "[", "`", "- ", "![", "# ", "\n---", "pip install ", "according to a ", "<a on", "(P1, "])(
  "rules take linear time on %j again and again",
  (part) => {
    const prepare = (size: number) => {
      const text = part.repeat(Math.ceil(size / part.length));
      return () => found(repairDraft(text, { question: QUESTION, passages: new Set(["P1"]), headingLevel: 3 }).answer);
    };
    expect(growthOf(prepare, 20_000)).toBe("linear");
  },
);
