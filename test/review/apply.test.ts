import { array, assert, boolean, constantFrom, nat, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { planApply, type ApplyPlan } from "../../src/review/apply.ts";
import type { Bank } from "../../src/bank/question.ts";
import type { Proposal } from "../../src/bank/proposal.ts";
import { bankOf, LAYOUTS, readerOf, writeBank, type Block } from "./generated-bank.ts";
import { proposalOf } from "./proposal-of.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (content: Uint8Array | undefined): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(content ?? new Uint8Array());

/** One accepted proposal for each open question of a bank, with the drafts in turn. */
function draftsFor(bank: Bank, drafts: readonly string[]): readonly Proposal[] {
  const open = bank.files.flatMap((file) =>
    file.questions.flatMap((question) => (question.state === "filled" ? [] : [{ file, question }])),
  );
  return open.map(({ file, question }, at) => proposalOf(file, question, drafts[at % drafts.length] ?? ""));
}

function applied(dialect: string, before: string, drafts: readonly string[]): { plan: ApplyPlan; after: string } {
  const bank = bankOf(dialect, { "a.md": bytes(before) });
  const plan = planApply({ bank, proposals: draftsFor(bank, drafts), read: readerOf(dialect) });
  return { plan, after: plan.files.length === 0 ? before : textOf(plan.files[0]?.after) };
}

function outcomes(plan: ApplyPlan): readonly string[] {
  return plan.results.map((result) => {
    if (result.kind !== "refused") return result.kind;
    return "detail" in result.refusal ? `${result.refusal.code}: ${result.refusal.detail}` : result.refusal.code;
  });
}

const HEADED = `# Bank

## Question 1

**What is a cache?**

**Answer:**

_To be filled_

## Question 2

**What is a lock?**

**Answer:**

_To be filled_

## Question 3

**What is a queue?**

**Answer:**

_To be filled_
`;

describe("an apply plan", () => {
  it("replaces the slots of accepted drafts and keeps all other bytes", () => {
    const { after, plan } = applied("headed", HEADED, ["One.", "Two.\n\n- a\n- b", "Three."]);
    expect(after).toBe(
      HEADED.replace("_To be filled_", "One.")
        .replace("_To be filled_", "Two.\n\n- a\n- b")
        .replace("_To be filled_", "Three."),
    );
    expect(outcomes(plan)).toEqual(["applied", "applied", "applied"]);
  });

  it.each([
    ["CR LF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["a BOM", (text: string) => `\uFEFF${text}`],
    ["no final newline", (text: string) => text.replace(/\n$/, "")],
    [
      "trailing blanks and tabs",
      (text: string) => text.replace("**What is a lock?**", "**What is a lock?**  \t").replace("# Bank", "# Bank   "),
    ],
    ["all of them", (text: string) => `\uFEFF${text.replace(/\n$/, "").replaceAll("\n", "\r\n")}`],
  ])("keeps %s", (_name, form) => {
    expect(applied("headed", form(HEADED), ["First line.\n\nSecond line."]).after).toBe(
      form(HEADED.replaceAll("_To be filled_", "First line.\n\nSecond line.")),
    );
  });

  it("keeps bytes that are not UTF-8 outside slots", () => {
    const [head, middle] = [bytes(HEADED.replace("# Bank", "# B")), new Uint8Array([0xe4])];
    const withLatin1 = new Uint8Array([...head.slice(0, 3), ...middle, ...head.slice(3)]);
    const bank = bankOf("headed", { "a.md": withLatin1 });
    const plan = planApply({ bank, proposals: draftsFor(bank, ["One."]), read: readerOf("headed") });
    const filled = bytes(HEADED.replace("# Bank", "# B").replaceAll("_To be filled_", "One."));
    expect(plan.files.map((file) => file.after)).toEqual([
      new Uint8Array([...filled.slice(0, 3), ...middle, ...filled.slice(3)]),
    ]);
  });

  it("refuses to write over bytes that are not UTF-8", () => {
    const [before, after] = HEADED.split("_To be filled_");
    const latin1 = new Uint8Array([...bytes(`${before ?? ""}Gr`), 0xfc, ...bytes(`n${after ?? ""}`)]);
    const bank = bankOf("headed", { "a.md": latin1 });
    const proposals = bank.files.flatMap((file) =>
      file.questions.slice(0, 1).map((question) => proposalOf(file, question, "One.")),
    );
    const plan = planApply({ bank, proposals, read: readerOf("headed") });
    expect(plan.files).toEqual([]);
    expect(outcomes(plan)).toEqual(["breaks-file: edit covers bytes that are not UTF-8"]);
  });

  it("changes only slot bytes of a file of 22,000 lines", () => {
    const filler = "Some words of an answer that is there already.\n".repeat(45);
    const before = Array.from(
      { length: 600 },
      (_, at) =>
        `## Question ${at}\n\n**What is thing ${at}?**\n\n**Answer:**\n\n${at % 3 === 0 ? "_To be filled_" : filler}\n`,
    ).join("\n");
    expect(before.split("\n").length).toBeGreaterThan(22_000);
    const { after, plan } = applied("headed", before, ["A draft."]);
    expect(outcomes(plan)).toEqual(Array.from({ length: 200 }, () => "applied"));
    expect(after).toBe(before.replaceAll("_To be filled_", "A draft."));
  });

  it("leaves a slot that a person filled meanwhile, and the file, as they are", () => {
    const proposals = draftsFor(bankOf("headed", { "a.md": bytes(HEADED) }), ["One."]).slice(0, 1);
    const now = bankOf("headed", { "a.md": bytes(HEADED.replace("_To be filled_", "A person's.")) });
    const plan = planApply({ bank: now, proposals, read: readerOf("headed") });
    expect(plan.files).toEqual([]);
    expect(outcomes(plan)).toEqual(["conflict"]);
  });

  it("finds a draft that is there already, and writes nothing for it", () => {
    const proposals = draftsFor(bankOf("headed", { "a.md": bytes(HEADED) }), ["One."]);
    const now = bankOf("headed", { "a.md": bytes(HEADED.replaceAll("_To be filled_", "One.")) });
    const plan = planApply({ bank: now, proposals, read: readerOf("headed") });
    expect([plan.files, outcomes(plan)]).toEqual([[], ["already-done", "already-done", "already-done"]]);
  });

  it("takes accepted proposals only", () => {
    const bank = bankOf("headed", { "a.md": bytes(HEADED) });
    const undecided = draftsFor(bank, ["One."]).map((proposal) => ({
      ...proposal,
      header: { ...proposal.header, status: "pending" as const },
    }));
    expect(planApply({ bank, proposals: undecided, read: readerOf("headed") })).toEqual({ files: [], results: [] });
  });

  it("writes one of two drafts for one slot", () => {
    const bank = bankOf("headed", { "a.md": bytes(HEADED) });
    const [first] = draftsFor(bank, ["One."]);
    if (first === undefined) throw new Error("a proposal expected");
    const plan = planApply({ bank, proposals: [first, { ...first, body: "Two." }], read: readerOf("headed") });
    expect(outcomes(plan)).toEqual(["slot-taken", "applied"]);
    expect(textOf(plan.files[0]?.after)).toBe(HEADED.replace("_To be filled_", "One."));
  });

  it("refuses a file that is not to be written, with the reason", () => {
    const { after, plan } = applied("headed", `${HEADED}\n\`\`\`\nnever closed\n`, ["One."]);
    expect(after).toBe(`${HEADED}\n\`\`\`\nnever closed\n`);
    expect(outcomes(plan).map((outcome) => outcome.split(":")[0])).toEqual(["read-only", "read-only", "read-only"]);
  });

  it("keeps for the log what each write did", () => {
    const bank = bankOf("headed", { "a.md": bytes(HEADED) });
    const plan = planApply({ bank, proposals: draftsFor(bank, ["One."]).slice(1, 2), read: readerOf("headed") });
    expect(plan.results).toEqual([
      {
        kind: "applied",
        proposal: draftsFor(bank, ["One."])[1],
        record: {
          id: bank.files[0]?.questions[1]?.id,
          path: "a.md",
          question_hash: bank.files[0]?.questions[1]?.textHash,
          place: { headings: ["Bank"], number: "2", ordinal: 0 },
          before_slot: "\n\n_To be filled_",
          after_slot: "\n\nOne.",
          after_slot_hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          edit: { start: 121, removed: "\n\n_To be filled_", inserted: "\n\nOne." },
          before_file_hash: plan.files[0]?.baseHash,
          after_file_hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        },
      },
    ]);
  });
});

it.each(LAYOUTS.map((layout) => [layout.dialect, layout] as const))(
  "refuses a draft that shows nothing wherever it is to go: layout %s",
  (_name, layout) => {
    const wrapping = { eol: "\n", hasBom: false, hasFinalNewline: true, introduction: "" } as const;
    const blocks = [undefined, "An answer."].map((answer, at) => ({ number: at + 1, text: `What is ${at}?`, answer }));
    const bank = bankOf(layout.dialect, { "a.md": writeBank(layout, blocks, wrapping) });
    const proposals = ["\r\r\r", "", "\u200B\n\u2028"].flatMap((draft) =>
      bank.files.flatMap((file) => file.questions.map((question) => proposalOf(file, question, draft))),
    );
    const plan = planApply({ bank, proposals, read: readerOf(layout.dialect) });
    expect([plan.files, outcomes(plan)]).toEqual([[], proposals.map(() => "empty")]);
  },
);

describe("a draft that would change more than its slot", () => {
  it.each([
    ["another question", "An answer.\n\n## Question 9\n\n**What else?**\n\n**Answer:**\n\nThis."],
    ["a heading as high as the questions", "An answer.\n\n## Summary\n\nMore."],
    ["a heading drawn with a line", "Title\n====="],
    ["a fence that is not closed", "An answer.\n\n```js\nconst x = 1;"],
    ["a placeholder", "_To be filled_"],
    ["a comment that is not closed", "<!-- swallow the rest"],
    ["details that are not closed", "<details>never closed"],
    ["a link definition", '[foo]: http://example.invalid "redefine"'],
    ["nothing", ""],
    ["blanks", " \n\n "],
    ["lone carriage returns", "\r\r\r"],
    ["line and paragraph separators", "\u2028\u2029\u0085\v\f"],
    ["blanks that are not broken and marks without width", "\u00A0\uFEFF\u200B\u2060\u00AD"],
    ["a script that is not closed", "<script>let x"],
    ["an answer with a placeholder at its end", "Words.\n\n_To be filled_"],
  ])("is refused while its neighbours go through: %s", (_name, draft) => {
    const { after, plan } = applied("headed", HEADED, ["One.", draft, "Three."]);
    expect(after).toBe(
      HEADED.replace("_To be filled_", "One.").replace(/_To be filled_(?![\s\S]*_To be filled_)/, "Three."),
    );
    const reasons = outcomes(plan);
    expect(reasons.filter((reason) => reason === "applied")).toHaveLength(2);
    expect(reasons.filter((reason) => /^(?:breaks-file: |no-change|empty$)/.test(reason))).toHaveLength(1);
  });

  it("says why, without a word of the draft", () => {
    const reasons = [
      "An answer.\n\n## Question 9\n\nSECRET",
      "```js\nSECRET",
      "SECRET\n=====",
      "<details>SECRET",
      "<!-- SECRET",
      "SECRET\n\n[SECRET]: http://example.invalid\n\nSECRET",
      "_To be filled_",
    ].map((draft) =>
      outcomes(applied("headed", HEADED, ["One.", draft, "Three."]).plan).find((reason) => reason !== "applied"),
    );
    expect(reasons).toMatchInlineSnapshot(`
      [
        "breaks-file: a heading is as high as the question in the answer to the question at line 11",
        "breaks-file: the file would get an unclosed-fence",
        "breaks-file: the answer at line 11 would still count as empty",
        "breaks-file: <details> has no other half in the answer to the question at line 11",
        "breaks-file: the file would get an unclosed-comment",
        "breaks-file: a link is defined for the whole file in the answer to the question at line 11",
        "no-change",
      ]
    `);
  });

  it.each([
    ["by themselves", ["```\nopen", "<details>"]],
    [
      "only as the file is read",
      ["Words.\n\n## Top\n\nMore.", "Words.\n\n## Question 9\n\n**What else?**\n\n**Answer:**\n\nThis."],
    ],
  ])("costs few readings of the file, also where many of a lot are amiss %s", (_name, bad) => {
    const before = Array.from(
      { length: 80 },
      (_, at) => `## Question ${at}\n\n**What is thing ${at}?**\n\n**Answer:**\n\n_To be filled_\n`,
    ).join("\n");
    const bank = bankOf("headed", { "a.md": bytes(before) });
    const drafts = Array.from({ length: 80 }, (_, at) =>
      at % 8 === 5 ? (bad[at % 16 > 8 ? 1 : 0] ?? "") : `Draft ${at}.`,
    );
    const read = readerOf("headed");
    let length = 0;
    const plan = planApply({
      bank,
      proposals: draftsFor(bank, drafts),
      read: (path, content) => {
        length += content.length;
        return read(path, content);
      },
    });
    expect(outcomes(plan).filter((outcome) => outcome === "applied")).toHaveLength(70);
    expect(length / before.length).toBeLessThan(30);
  });

  it("may look like one inside a code fence", () => {
    const draft = "Write it so:\n\n```md\n## Question 9\n\n_To be filled_\n<!--\n```\n\nDone.";
    expect(applied("headed", HEADED, [draft]).after).toBe(HEADED.replaceAll("_To be filled_", draft));
  });
});

it("puts any mix of good and bad drafts into any layout so that the good ones and nothing else are there", () => {
  const good = constantFrom(
    "Fine.",
    "Two\nlines.",
    "- a\n- b",
    "```js\nx\n```",
    "A\n\nB",
    "| a | b |\n| - | - |\n| 1 | 2 |",
  );
  const bad = constantFrom("```\nopen", "<!-- open", "<details>", "[x]: http://example.invalid");
  const block = record({ isOpen: boolean(), isBad: boolean(), good, bad });
  assert(
    property(
      nat(LAYOUTS.length - 1),
      array(block, { minLength: 1, maxLength: 8 }),
      boolean(),
      (at, plans, isWindows) => {
        const layout = LAYOUTS[at];
        if (layout === undefined) throw new Error("no layout");
        const blocks = plans.map(({ isOpen }, index): Block => ({
          number: index + 1,
          text: `What is thing ${index}?`,
          answer: isOpen ? undefined : `It is ${index}.\n\nSo it is.`,
        }));
        const wrapping = {
          eol: isWindows ? ("\r\n" as const) : ("\n" as const),
          hasBom: false,
          hasFinalNewline: true,
          introduction: "",
        };
        const bank = bankOf(layout.dialect, { "a.md": writeBank(layout, blocks, wrapping) });
        const drafts = plans.flatMap((each) => (each.isOpen ? [each.isBad ? each.bad : each.good] : []));
        const plan = planApply({ bank, proposals: draftsFor(bank, drafts), read: readerOf(layout.dialect) });
        const expected = blocks.map((each, index) => {
          const source = plans[index];
          return source?.isOpen === true && !source.isBad ? { ...each, answer: source.good } : each;
        });
        const after = plan.files[0]?.after ?? writeBank(layout, blocks, wrapping);
        expect(textOf(after)).toBe(textOf(writeBank(layout, expected, wrapping)));
      },
    ),
    { numRuns: 60 },
  );
});
