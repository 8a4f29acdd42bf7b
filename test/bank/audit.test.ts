import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditBank } from "../../src/bank/audit.ts";
import type { BankFile, Question } from "../../src/bank/question.ts";
import type { Diagnostic } from "../../src/core/diagnostics.ts";
import { messageOf } from "../../src/core/messages.ts";
import { bankFile, question } from "./audit-samples.ts";

/** `severity path:line message` of every finding. */
function report(files: readonly BankFile[], notes: readonly string[] = []): string[] {
  return auditBank({ files }, notes).map(
    (found) => `${found.severity} ${found.path}:${found.line} ${messageOf(found)}`,
  );
}

function numbered(...numbers: readonly string[]): Question[] {
  return numbers.map((number, index) =>
    question({ id: `q-${index}`, text: `Topic ${index}?`, number, line: index + 1, state: "empty" }),
  );
}

const ask = (id: string, line: number, answer: string): Question =>
  question({ id, text: "What is a heap?", line, answer, state: answer === "" ? "empty" : "filled" });

const readme = (total: number): BankFile => bankFile("a/README.md", [], { text: `Total Questions: ${total}\n` });

describe("numbers", () => {
  it.each<[string, string[], string[]]>([
    ["counting up", ["1", "2", "3"], []],
    ["numbers with letters behind", ["41", "42", "42.b", "43"], []],
    ["all 1, left to markdown", ["1", "1", "1"], []],
    ["a gap", ["52", "54"], ["warning a.md:2 numbers jump from 52 to 54"]],
    ["a number twice", ["289", "290", "290", "291"], ["warning a.md:3 number 290 was used before, at line 2"]],
    [
      "a number twice, then a gap",
      ["317", "317", "319"],
      ["warning a.md:2 number 317 was used before, at line 1", "warning a.md:3 numbers jump from 317 to 319"],
    ],
    [
      "one stray number",
      ["1", "2", "1", "3"],
      ["warning a.md:3 number 1 was used before, at line 1", "warning a.md:4 numbers jump from 1 to 3"],
    ],
    ["a restart, one finding", ["1", "2", "3", "1", "2", "3"], ["warning a.md:4 number 1 was used before, at line 1"]],
    [
      "numbers out of order",
      ["1", "2", "4", "3"],
      ["warning a.md:3 numbers jump from 2 to 4", "warning a.md:4 numbers jump from 4 to 3"],
    ],
  ])("%s", (_title, numbers, findings) => {
    expect(report([bankFile("a.md", numbered(...numbers))])).toEqual(findings);
  });

  it("a restart under a new heading is for information", () => {
    const questions = numbered("1", "2", "1", "2").map((each, index) => ({
      ...each,
      headings: [index < 2 ? "A" : "B"],
    }));
    expect(report([bankFile("a.md", questions)])).toEqual(["info a.md:3 number 1 was used before, at line 1"]);
  });

  it("each dialect counts on its own", () => {
    const questions = numbered("1", "1", "2", "2").map((each, index) => ({
      ...each,
      dialect: index % 2 === 0 ? "a" : "b",
    }));
    expect(report([bankFile("a.md", questions)])).toEqual([]);
  });
});

describe("duplicates", () => {
  it("are found across files, with answers that conflict", () => {
    const files = [
      bankFile("a.md", [ask("q-a", 1, ""), ask("q-b", 5, "A tree.")]),
      bankFile("b.md", [ask("q-c", 9, "A  TREE"), ask("q-d", 20, "A pile.")]),
    ];
    expect(report(files)).toEqual([
      "warning a.md:5 q-b asks the same as a.md:1",
      "warning b.md:9 q-c asks the same as a.md:1",
      "warning b.md:20 q-d is answered differently at a.md:5",
      "warning b.md:20 q-d asks the same as a.md:1",
    ]);
  });

  it("are the same with a number, a tag or an answer marker and without", () => {
    const text =
      "## Question 7\n\n**What is a heap?**\n\nType: Question\n\n**Answer:** A tree.\n\n9. What is a heap?\n\nA pile.\n";
    const place = (id: string, line: number, from: string, answer: string, tags: string[]): Question => {
      const found = ask(id, line, answer);
      const span = { start: text.indexOf(from), end: text.indexOf(answer) + answer.length };
      return {
        ...found,
        tags,
        span,
        slot: { ...found.slot, span: { start: text.indexOf(answer) - 1, end: span.end } },
      };
    };
    const questions = [
      place("q-a", 1, "## Question", "A tree.", ["Type: Question"]),
      place("q-b", 9, "9. What", "A pile.", []),
    ];
    expect(report([bankFile("a.md", questions, { text })])).toEqual([
      "warning a.md:9 q-b is answered differently at a.md:1",
      "warning a.md:9 q-b asks the same as a.md:1",
    ]);
  });

  it("are none where another program stands below the same text", () => {
    const text = "1. What is the output?\n\nlet a = 1\n\nOne.\n\n2. What is the output?\n\nlet b = 2\n\nTwo.\n";
    const place = (id: string, number: string, line: number, from: string, answer: string): Question => {
      const start = text.indexOf(from);
      const slotStart = text.indexOf(answer) - 2;
      const found = question({ id, text: "What is the output?", number, line, answer });
      return {
        ...found,
        span: { start, end: slotStart + 6 },
        slot: { ...found.slot, span: { start: slotStart, end: slotStart + 6 } },
      };
    };
    const questions = [place("q-a", "1", 1, "1. What", "One."), place("q-b", "2", 7, "2. What", "Two.")];
    expect(report([bankFile("a.md", questions, { text })])).toEqual([]);
  });
});

describe("answers", () => {
  const long = "word ".repeat(100);

  it("stubs are far shorter than their neighbours, unless they hold code", () => {
    const answers = [long, long, long, long, long, "Yes.", "```\nrun()\n```", "word ".repeat(30)];
    const questions = answers.map((answer, index) =>
      question({ id: `q-${index}`, text: `T${index}`, line: index + 1, answer }),
    );
    expect(report([bankFile("a.md", questions)])).toEqual(["info a.md:6 q-5 has an answer of only 1 word"]);
  });

  it("no stub where short answers are the custom", () => {
    const questions = ["A", "B", "C", "D", "E"].map((answer, index) => question({ text: `T${index}`, answer }));
    expect(report([bankFile("a.md", questions)])).toEqual([]);
  });

  it("unfinished answers are listed", () => {
    expect(report([bankFile("a.md", [question({ state: "partial", answer: "Half. TODO", line: 3 })])])).toEqual([
      "info a.md:3 q-1 has an answer that is marked as unfinished",
    ]);
  });
});

describe("choices", () => {
  const choice = question({ id: "q-c", text: "Which one?", line: 7, answer: "- [ ] a\n- [ ] b", state: "choice" });

  it("without a tick are a fault where other questions of the file have their answer", () => {
    const answered = question({ id: "q-a", text: "Which other?", answer: "- [x] a\n- [ ] b" });
    expect(report([bankFile("quiz.md", [answered, choice])])).toEqual([
      "warning quiz.md:7 q-c asks for a choice, and none is marked as right",
    ]);
  });

  it("of a blank exam are for information", () => {
    expect(report([bankFile("exam.md", [choice])])).toEqual([
      "info exam.md:7 q-c asks for a choice, and none is marked as right",
    ]);
  });
});

describe("totals", () => {
  it.each<[string, string[]]>([
    ["Total Questions: 2", []],
    ["**Total Questions:** 3", ["warning a.md:1 the text says 3 questions, 2 are here"]],
    ["Total exercises: 1,200", ["warning a.md:1 the text says 1200 questions, 2 are here"]],
    ["# 2 storage questions", []],
    ["# 50 storage interview questions", ["warning a.md:1 the text says 50 questions, 2 are here"]],
    ["There are currently **26** exercises and questions", ["warning a.md:1 the text says 26 questions, 2 are here"]],
    ["1. [Heaps](#heaps) (2 questions)", []],
    ["1. [Heaps](#heaps) (4 questions)", ["warning a.md:1 the text says 4 questions, 2 are here"]],
    ["1. [Stacks](#stacks) (4 questions)", []],
    ["# Top 100 questions", []],
    ["Ask at most 5 questions.", []],
    ["```\nTotal Questions: 9\n```", []],
  ])("%s", (text, findings) => {
    const questions = ["What?", "Why?"]
      .map((each, index) => question({ id: `q-${index}`, text: each, state: "empty", headings: ["Heaps"] }))
      .map((each) => ({ ...each, span: { start: text.length, end: text.length } }));
    expect(report([bankFile("a.md", questions, { text })])).toEqual(findings);
  });

  it("a README may mean its file, its folder or the bank", () => {
    const questions = numbered("1", "2", "3");
    const rest = [bankFile("a/b/list.md", questions.slice(0, 2)), bankFile("c.md", questions.slice(2))];
    expect([2, 3].flatMap((total) => report([readme(total), ...rest]))).toEqual([]);
    expect(report([readme(4), ...rest])).toEqual(["warning a/README.md:1 the text says 4 questions, 2 are here"]);
  });
});

describe("auditBank", () => {
  it("reports glued words of a question together", () => {
    const notes = ["A model registry keeps models. Registries are used in MLOps."];
    const glued = question({ text: "What is the use ofmodel registriesinMLOps?", line: 4, state: "empty" });
    expect(report([bankFile("a.md", [glued])], notes)).toEqual([
      'warning a.md:4 q-1 has glued words: "ofmodel registriesinMLOps?", probably "of model registries in MLOps?"',
    ]);
  });

  it("passes on what the parser found, sorted by path and line", () => {
    const fence: Diagnostic = {
      code: "unclosed-fence",
      severity: "error",
      path: "b.md",
      line: 9,
      arguments: { fence: "```" },
    };
    const files = [
      bankFile("b.md", numbered("1", "3"), { diagnostics: [fence] }),
      bankFile("a.md", numbered("1", "4")),
    ];
    expect(auditBank({ files }).map(({ path, line, code }) => `${path}:${line} ${code}`)).toEqual([
      "a.md:1 duplicate-question",
      "a.md:2 duplicate-question",
      "a.md:2 number-missing",
      "b.md:2 number-missing",
      "b.md:9 unclosed-fence",
    ]);
  });

  it("counts one finding less than the copies of a question", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 }), (texts) => {
        const questions = texts.map((text, index) => question({ id: `q-${index}`, text, state: "empty" }));
        const found = auditBank({ files: [bankFile("a.md", questions)] });
        expect(found.length).toBe(texts.length - new Set(texts).size);
      }),
    );
  });
});
