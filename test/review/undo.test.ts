import { array, assert, boolean, constantFrom, nat, property, record, string, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { planApply } from "../../src/review/apply.ts";
import type { SlotRecord } from "../../src/review/slot-record.ts";
import { planUndo, type UndoPlan } from "../../src/review/undo.ts";
import { bankOf, LAYOUTS, readerOf, writeBank, type Block, type Layout, type Wrapping } from "./generated-bank.ts";
import { proposalOf } from "./proposal-of.ts";

const decode = (content: Uint8Array | undefined): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(content ?? new Uint8Array());

interface Written {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly records: readonly SlotRecord[];
}

/** A bank of which every open question got a draft. */
function fill(layout: Layout, blocks: readonly Block[], draft: string, wrapping: Wrapping = UNIX): Written {
  const before = writeBank(layout, blocks, wrapping);
  const bank = bankOf(layout.dialect, { "a.md": before });
  const proposals = bank.files.flatMap((file) =>
    file.questions.flatMap((question) =>
      question.state === "filled" ? [] : [proposalOf(file, question, `${draft} ${question.text}`)],
    ),
  );
  const plan = planApply({ bank, proposals, read: readerOf(layout.dialect) });
  const records = plan.results.flatMap((result) => (result.kind === "applied" ? [result.record] : []));
  return { before, after: plan.files[0]?.after ?? before, records };
}

function undo(layout: Layout, content: Uint8Array, records: readonly SlotRecord[]): UndoPlan {
  return planUndo({ bank: bankOf(layout.dialect, { "a.md": content }), records, read: readerOf(layout.dialect) });
}

const UNIX = { eol: "\n", hasBom: false, hasFinalNewline: true, introduction: "" } as const;
const WINDOWS = { eol: "\r\n", hasBom: true, hasFinalNewline: false, introduction: "" } as const;

function questions(count: number): readonly Block[] {
  return Array.from({ length: count }, (_, at) => ({
    number: at + 1,
    text: `What is thing ${at}?`,
    answer: undefined,
  }));
}

describe.each(LAYOUTS.map((layout) => [layout.dialect, layout] as const))(
  "undo in a bank of layout %s",
  (_name, layout) => {
    it.each([
      ["together", UNIX],
      ["together, with CR LF, a BOM and no final newline", WINDOWS],
    ])("takes 50 answers back to the byte: %s", (_how, wrapping) => {
      const { before, after, records } = fill(layout, questions(50), "A draft for", wrapping);
      expect(records).toHaveLength(50);
      const plan = undo(layout, after, records);
      expect(plan.results.filter((result) => result.kind === "undone")).toHaveLength(50);
      expect(Buffer.from(plan.files[0]?.after ?? [])).toEqual(Buffer.from(before));
    });

    it("takes answers back one by one, in any order, to the byte", () => {
      const { before, after, records } = fill(layout, questions(6), "A draft for");
      const order = [3, 0, 5, 1, 4, 2].flatMap((at) => records.slice(at, at + 1));
      const end = order.reduce((content, each) => undo(layout, content, [each]).files[0]?.after ?? content, after);
      expect(decode(end)).toBe(decode(before));
    });

    it("refuses an answer that was changed since, and takes back the others", () => {
      const { before, after, records } = fill(layout, questions(3), "A draft for");
      const edited = new TextEncoder().encode(
        decode(after).replace("A draft for What is thing 1?", "A person's words."),
      );
      const plan = undo(layout, edited, records);
      expect(plan.results.map((result) => (result.kind === "refused" ? result.refusal : result.kind))).toEqual([
        { code: "changed" },
        "undone",
        "undone",
      ]);
      const bank = bankOf(layout.dialect, { "a.md": plan.files[0]?.after ?? before });
      expect(bank.files[0]?.questions.map((question) => question.slot.answer)[1]).toBe("A person's words.");
      expect(bank.files[0]?.questions.map((question) => question.state === "filled")).toEqual([false, true, false]);
    });
  },
);

const HEADED = LAYOUTS[0] ?? { dialect: "headed", write: () => "" };

describe("undo", () => {
  it("finds an answer that was moved with its question", () => {
    const { after, records } = fill(HEADED, questions(3), "A draft for");
    const [head = "", ...blocks] = decode(after).split(/(?=^## )/m);
    const moved = new TextEncoder().encode(
      `${head}${blocks
        .map((block) => `${block.trimEnd()}\n\n`)
        .toReversed()
        .join("")}`,
    );
    const plan = undo(HEADED, moved, records.slice(0, 1));
    expect(plan.results.map((result) => result.kind)).toEqual(["undone"]);
    expect(decode(plan.files[0]?.after)).toBe(decode(moved).replace("A draft for What is thing 0?", "_To be filled_"));
  });

  it("says that the question is gone", () => {
    const { after, records } = fill(HEADED, questions(2), "A draft for");
    const without = new TextEncoder().encode(decode(after).replace("**What is thing 1?**", "**Something else?**"));
    const plan = undo(HEADED, without, records.slice(1));
    expect([plan.files, plan.results]).toEqual([
      [],
      [{ kind: "refused", undone: records[1], refusal: { code: "missing" } }],
    ]);
  });

  it("takes one write back once", () => {
    const { after, records } = fill(HEADED, questions(1), "A draft for");
    const twice = undo(HEADED, after, [...records, ...records]);
    expect(twice.results.map((result) => (result.kind === "refused" ? result.refusal.code : result.kind))).toEqual([
      "slot-taken",
      "undone",
    ]);
    expect(undo(HEADED, twice.files[0]?.after ?? after, records).results).toEqual([
      { kind: "refused", undone: records[0], refusal: { code: "changed" } },
    ]);
  });

  it("can be undone itself", () => {
    const { after, records } = fill(HEADED, questions(4), "A draft for");
    const back = undo(HEADED, after, records);
    const reverts = back.results.flatMap((result) => (result.kind === "undone" ? [result.record] : []));
    const again = undo(HEADED, back.files[0]?.after ?? after, reverts);
    expect(decode(again.files[0]?.after)).toBe(decode(after));
  });
});

/** All that a draft may begin or end with and nobody sees. */
const BLANKS = [
  "\n",
  "\r",
  "\r\n",
  " ",
  "\t",
  "\v",
  "\f",
  "\u0085",
  "\u00A0",
  "\u2028",
  "\u2029",
  "\u200B",
  "\u3000",
  "\uFEFF",
];

it("after apply gives back the bytes there were, whatever the drafts and layouts", () => {
  const plain = constantFrom(
    "Fine.",
    "Two\nlines.",
    "- a\n- b",
    "```js\nx\n```",
    "A\n\nB\n\n### C\n\nD",
    "    code",
    "> quote",
    "1. one",
    "One.\r\rTwo.",
    "One.\r\n\rTwo.\n\r\nThree.\r",
    "",
  );
  const edge = string({ unit: constantFrom(...BLANKS), maxLength: 4 });
  const draft = tuple(edge, plain, edge).map((parts) => parts.join(""));
  const block = record({ isOpen: boolean(), draft });
  assert(
    property(
      nat(LAYOUTS.length - 1),
      array(block, { minLength: 1, maxLength: 8 }),
      boolean(),
      (at, plans, isWindows) => {
        const layout = LAYOUTS[at] ?? HEADED;
        const blocks = plans.map(({ isOpen }, index) => ({
          number: index + 1,
          text: `What is thing ${index % 5}?`,
          answer: isOpen ? undefined : `It is ${index}.`,
        }));
        const before = writeBank(layout, blocks, isWindows ? WINDOWS : UNIX);
        const bank = bankOf(layout.dialect, { "a.md": before });
        const proposals = bank.files.flatMap((file) =>
          file.questions.flatMap((question, index) =>
            question.state === "filled" ? [] : [proposalOf(file, question, plans[index]?.draft ?? "")],
          ),
        );
        const plan = planApply({ bank, proposals, read: readerOf(layout.dialect) });
        const records = plan.results.flatMap((result) => (result.kind === "applied" ? [result.record] : []));
        const after = plan.files[0]?.after ?? before;
        const back = undo(layout, after, records);
        const refused = back.results.flatMap((result) => (result.kind === "refused" ? [result.refusal.code] : []));
        expect(refused.filter((code) => code !== "ambiguous")).toEqual([]);
        if (refused.length === 0) expect(decode(back.files[0]?.after ?? after)).toBe(decode(before));
      },
    ),
    { numRuns: 200 },
  );
});
