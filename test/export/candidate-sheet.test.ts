import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { hashOf } from "../../src/core/hash.ts";
import { type CandidateSheet, candidateSheets } from "../../src/export/candidate-sheet.ts";
import { visible } from "../../src/core/sanitise.ts";
import { inlineText } from "../../src/export/markdown-text.ts";
import { readFrontMatter } from "../../src/files/front-matter.ts";
import { HOSTILE_ANSWER, sampleGradeBook } from "./sample-grade-book.ts";

function sheet(sheets: readonly CandidateSheet[], candidate: string): string {
  const found = sheets.find((each) => each.candidate === candidate);
  if (found === undefined) throw new Error("no such sheet");
  return found.text;
}

describe("candidateSheets", () => {
  test("says what was earned, what was not and why, for the grader", () => {
    const book = sampleGradeBook({ candidates: 4, questions: 4, isHostile: false });
    expect(sheet(candidateSheets(book, "grader"), "c-004")).toMatchInlineSnapshot(`
      "---
      schema: 1
      kind: "grade-sheet"
      candidate: "c-004"
      set: "Back-end interviews, autumn round"
      models: ["openai example-large example-large-2026-08"]
      rubrics: ["rubric-1","rubric-2","rubric-3","rubric-4"]
      total: 12
      total_max: 17
      counted: 3
      states: {"graded":2,"stale":1,"overridden":1}
      made: "2026-11-23T14:05:00.000Z"
      tool: "answerkey 0.1.0"
      content_hash: "sha256:d95acccd3d4d698d530132615192bfac3de12ff90d1020377b9fe684c55fe485"
      ---

      # Candidate c-004

      **12 of 17 points** over the 3 answers whose mark counts. Not in the total: 1 stale.

      | question | id | mark | of | state |
      | --- | --- | --- | --- | --- |
      | Q1 | q-000000000001 | – | 6 | stale |
      | Q2 | q-000000000002 | 4 | 5 | graded |
      | Q3 | q-000000000003 | 6 | 8 | set by a person |
      | Q4 | q-000000000004 | 2 | 4 | graded |

      ## Q1 · What does an index on a database column speed up, and what does it cost?

      **No mark.** The rubric changed after judging; grade again.

      | criterion | level | points | evidence | findings |
      | --- | --- | --- | --- | --- |
      | Says that an index avoids reading every row | part: faster look-up, without how | 1 of 2 | “Finding a row by that column gets faster.” | Touches on it without saying how. |
      | Says that every write has to maintain the index | none: not said | 0 of 2 |  | Nothing in the answer speaks to this. |
      | Names the storage it takes | full: named | 1 of 1 | “It also takes disk space and memory.” | Touches on it without saying how. |
      | Says that it helps little where most rows match | full: said | 1 of 1 | “On a column with two values the planner will ignore it, because half the table matches.” | Touches on it without saying how. |

      ### Feedback

      - In part: Says that an index avoids reading every row. Full credit: reads only the matching part.
      - Not shown: Says that every write has to maintain the index. Full credit: each insert or update changes the index too.
      - Earned: Names the storage it takes.
      - Earned: Says that it helps little where most rows match.

      ### Answer

      \`\`\`\`text
      We add indexes after looking at the slow queries.

      Finding a row by that column gets faster.

      It also takes disk space and memory.

      On a column with two values the planner will ignore it, because half the table matches.
      \`\`\`\`

      ## Q2 · Explain the difference between a process and a thread.

      **Mark: 4 of 5** (graded; passed)

      | criterion | level | points | evidence | findings |
      | --- | --- | --- | --- | --- |
      | Says that threads of one process share an address space | part: vague | 1 of 2 | “Threads share things with each other.” | Touches on it without saying how. |
      | Compares the cost of creating and switching | full: compared | 1 of 1 | “Starting a thread and switching to it is cheaper.” | Touches on it without saying how. |
      | Says what a crash takes down | full: said for both | 2 of 2 | “A segfault in one thread ends the whole process, whereas another process carries on.” | Said plainly and with the reason. |
      | Claims that threads never run at the same time | none: not claimed | 0 of −1 |  | Nothing in the answer speaks to this. |

      ### Feedback

      - In part: Says that threads of one process share an address space. Full credit: address space named.
      - Earned: Compares the cost of creating and switching.
      - Earned: Says what a crash takes down.

      ### Answer

      \`\`\`\`text
      Both are units of execution that the operating system schedules.

      Threads share things with each other.

      Starting a thread and switching to it is cheaper.

      A segfault in one thread ends the whole process, whereas another process carries on.
      \`\`\`\`

      ## Q3 · A client retries a payment request after a timeout. How do you make sure that the customer is charged once, and what do you answer to the second request?

      **Mark: 6 of 8** (set by a person; passed)

      | criterion | level | points | evidence | findings |
      | --- | --- | --- | --- | --- |
      | Proposes an idempotency key sent by the client | part: a key, without who makes it | 2 of 3 | “Each request gets an id.” | Touches on it without saying how. |
      | Stores the key and the result in one transaction with the charge | part: stored, order left open | 1 of 3 | “We save the key in a table.” | Touches on it without saying how. |
      | Answers the retry with the stored result | full: said | 2 of 2 | “The second request gets the stored response of the first, not an error.” | Touches on it without saying how. |

      ### Feedback

      - In part: Proposes an idempotency key sent by the client. Full credit: key made by the client for each intent.
      - In part: Stores the key and the result in one transaction with the charge. Full credit: one transaction or a unique constraint.
      - Earned: Answers the retry with the stored result.

      ### For the grader

      - Set by r\\.lee on 2026-11-22T09:30:00.000Z; before: 5.
      - Why: The example given shows the point, though the word is missing.

      ### Answer

      \`\`\`\`text
      A timeout does not tell the client whether the charge went through.

      Each request gets an id.

      We save the key in a table.

      The second request gets the stored response of the first, not an error.
      \`\`\`\`

      ## Q4 · Why must passwords be hashed with a slow, salted function?

      **Mark: 2 of 4** (graded; passed)

      | criterion | level | points | evidence | findings |
      | --- | --- | --- | --- | --- |
      | Says that slowness limits guessing | part: slow, without why | 0.5 of 1.5 | “The function should be slow.” | Touches on it without saying how. |
      | Says what a salt prevents | full: equal passwords or precomputed tables | 1.5 of 1.5 | “With a salt, equal passwords have different hashes and rainbow tables are useless.” | Touches on it without saying how. |
      | Says that a bare SHA-256 is unfit | none: not said | 0 of 1 |  | Nothing in the answer speaks to this. |

      ### Feedback

      - In part: Says that slowness limits guessing. Full credit: cost per guess named.
      - Earned: Says what a salt prevents.
      - Not shown: Says that a bare SHA-256 is unfit. Full credit: said.

      ### Answer

      \`\`\`\`text
      Databases leak, so we plan for that day. The function should be slow. With a salt, equal passwords have different hashes and rainbow tables are useless.
      \`\`\`\`
      "
    `);
  });

  test("keeps flags, reasons and provisional marks from the candidate", () => {
    const book = sampleGradeBook({ candidates: 2, questions: 4, isHostile: false });
    const text = sheet(candidateSheets(book, "candidate"), "c-002");
    expect(text.slice(text.indexOf("# Candidate"), text.indexOf("## Q3"))).toMatchInlineSnapshot(`
      "# Candidate c-002

      **11 of 14 points** over the 2 answers whose mark counts. Not in the total: 1 needs review, 1 error.

      | question | id | mark | of | state |
      | --- | --- | --- | --- | --- |
      | Q1 | q-000000000001 | 5 | 6 | graded |
      | Q2 | q-000000000002 | – | 5 | needs review |
      | Q3 | q-000000000003 | 6 | 8 | graded |
      | Q4 | q-000000000004 | – | 4 | error |

      ## Q1 · What does an index on a database column speed up, and what does it cost?

      **Mark: 5 of 6** (graded; passed)

      | criterion | level | points | evidence | findings |
      | --- | --- | --- | --- | --- |
      | Says that an index avoids reading every row | part: faster look-up, without how | 1 of 2 | “Finding a row by that column gets faster.” | Touches on it without saying how. |
      | Says that every write has to maintain the index | full: each insert or update changes the index too | 2 of 2 | “Every insert and every update of the column has to change the index as well.” | Said plainly and with the reason. |
      | Names the storage it takes | full: named | 1 of 1 | “It also takes disk space and memory.” | Touches on it without saying how. |
      | Says that it helps little where most rows match | full: said | 1 of 1 | “On a column with two values the planner will ignore it, because half the table matches.” | Touches on it without saying how. |

      ### Feedback

      - In part: Says that an index avoids reading every row. Full credit: reads only the matching part.
      - Earned: Says that every write has to maintain the index.
      - Earned: Names the storage it takes.
      - Earned: Says that it helps little where most rows match.

      ### Answer

      \`\`\`\`text
      We add indexes after looking at the slow queries.

      Finding a row by that column gets faster.

      Every insert and every update of the column has to change the index as well.

      It also takes disk space and memory.

      On a column with two values the planner will ignore it, because half the table matches.
      \`\`\`\`

      ## Q2 · Explain the difference between a process and a thread.

      No mark yet: a person is looking at this answer.

      ### Answer

      \`\`\`\`text
      Both are units of execution that the operating system schedules.

      Threads share things with each other.

      Starting a thread and switching to it is cheaper.

      A segfault in one thread ends the whole process, whereas another process carries on.
      \`\`\`\`

      "
    `);
  });

  test("holds nothing of other candidates and none of the rubric's private words", () => {
    const book = sampleGradeBook();
    for (const audience of ["grader", "candidate"] as const) {
      for (const { candidate, text } of candidateSheets(book, audience)) {
        const others = book.grades.map(({ current }) => current.candidate).filter((code) => code !== candidate);
        expect([...others, "PRIVATE"].filter((word) => text.includes(word))).toEqual([]);
      }
    }
  });

  test("has front matter that reads back, with the hash of the body", () => {
    const book = sampleGradeBook();
    const text = sheet(candidateSheets(book, "grader"), "c-003");
    const read = readFrontMatter(text);
    if (read.status !== "read") throw new Error("front matter was not read");
    expect(read.data).toEqual({
      schema: 1,
      kind: "grade-sheet",
      candidate: "c-003",
      set: "Back-end interviews, autumn round",
      models: ["openai example-large example-large-2026-08", "openai example-small"],
      rubrics: Array.from({ length: 8 }, (_, at) => `rubric-${at + 1}`),
      total: read.data["total"],
      total_max: 34,
      counted: 6,
      states: { graded: 6, "needs-review": 1, refused: 1 },
      made: "2026-11-23T14:05:00.000Z",
      tool: "answerkey 0.1.0",
      content_hash: hashOf(read.body.slice(1, -1)),
    });
  });

  test("renders hostile text as text: no HTML, image, link or heading of the candidate's or the judge's", () => {
    const text = sheet(candidateSheets(sampleGradeBook(), "grader"), "c-003");
    const body = text.slice(text.indexOf("# Candidate"));
    const tokens = new MarkdownIt({ html: true, linkify: true }).parse(body, {});
    const flat = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
    expect(flat.filter(({ type }) => /html|image|link|hr/.test(type)).map(({ type }) => type)).toEqual([]);
    expect(tokens.flatMap(({ type, content }) => (type === "fence" ? [content] : []))[0]).toBe(
      `${visible(HOSTILE_ANSWER)}\n`,
    );
    const headings = tokens.flatMap(({ type }, at) => (type === "heading_open" ? [tokens[at + 1]?.content ?? ""] : []));
    expect(
      headings.filter((heading) => !/^(?:Candidate |Q\d |Feedback$|For the grader$|Answer$)/.test(heading)),
    ).toEqual([]);
  });

  test.each([
    "see https://attacker.example/x and //attacker.example and www.attacker.com or attacker.com",
    "mail a@b.com, <b@c.org>, [x](http://a.com) ![y](z.png) [r]: http://a.com",
    "`code` **bold** _em_ ~~gone~~ $x$ | cell | # not a heading ]( \\ &amp; &#60;",
    "- 1. > + = {a} http:\\//x.com",
  ])("a line says exactly what it said: %j", (text) => {
    const tokens = new MarkdownIt({ html: true, linkify: true }).parse(`x ${inlineText(text)}`, {});
    expect(tokens[1]?.children?.map(({ type, content }) => [type, content])).toEqual([["text", `x ${text}`]]);
  });

  test("gives the same bytes for the same book", () => {
    expect(candidateSheets(sampleGradeBook(), "grader")).toEqual(candidateSheets(sampleGradeBook(), "grader"));
  });
});
