import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Proposal } from "../../src/bank/proposal.ts";
import { hashOf } from "../../src/core/hash.ts";
import { planApply } from "../../src/review/apply.ts";
import { ownChanges, type IsOwnChange, type LoggedWrite } from "../../src/review/own-writes.ts";
import { reviewItems } from "../../src/review/states.ts";
import { planUndo } from "../../src/review/undo.ts";
import { bankOf, readerOf } from "./generated-bank.ts";
import { proposalOf } from "./proposal-of.ts";

const PATH = "a.md";
const DIALECT = "details-summary";
const read = readerOf(DIALECT);

interface Asked {
  readonly text: string;
  readonly answer?: string | undefined;
}

function written(questions: readonly Asked[]): Uint8Array {
  const block = ({ text, answer }: Asked): string =>
    `<details>\n<summary>${text}</summary>\n\n${answer === undefined ? "" : `${answer}\n\n`}</details>\n`;
  return new TextEncoder().encode(`# A bank\n\n${questions.map(block).join("\n")}`);
}

function drafts(bytes: Uint8Array): readonly Proposal[] {
  return bankOf(DIALECT, { [PATH]: bytes }).files.flatMap((file) =>
    file.questions.map((question, at) => proposalOf(file, question, `Draft ${at}.`, { status: "pending" })),
  );
}

function statesIn(bytes: Uint8Array, proposals: readonly Proposal[], isOwnChange?: IsOwnChange): readonly string[] {
  return reviewItems(bankOf(DIALECT, { [PATH]: bytes }), proposals, isOwnChange).map(({ state }) =>
    "place" in state ? `${state.kind} ${state.place.file.questions.indexOf(state.place.question)}` : state.kind,
  );
}

/** What applying one of the drafts writes, and what the log says of it. */
function applyOne(
  bytes: Uint8Array,
  proposals: readonly Proposal[],
  { chosen, log }: { readonly chosen: number; readonly log: readonly LoggedWrite[] },
): { readonly bytes: Uint8Array; readonly log: readonly LoggedWrite[] } {
  const accepted = proposals.map(({ header, body }, at) => ({
    header: { ...header, status: at === chosen ? ("accepted" as const) : ("pending" as const) },
    body,
  }));
  const isOwnChange = ownChanges(() => log);
  const bank = bankOf(DIALECT, { [PATH]: bytes });
  const plan = planApply({ bank, proposals: accepted, read, isOwnChange });
  const records = plan.results.flatMap((result) => (result.kind === "applied" ? [result.record] : []));
  return { bytes: plan.files[0]?.after ?? bytes, log: [...log, ...records] };
}

const TWINS: readonly Asked[] = [{ text: "Why is it so?" }, { text: "Why is it so?" }, { text: "What is a queue?" }];

describe("twins without numbers", () => {
  const before = written(TWINS);
  const proposals = drafts(before);
  const after = applyOne(before, proposals, { chosen: 2, log: [] });

  it("are still told apart after a write of our own to their file", () => {
    expect(statesIn(after.bytes, proposals)).toEqual(["ambiguous", "ambiguous", "done 2"]);
    expect(
      statesIn(
        after.bytes,
        proposals,
        ownChanges(() => after.log),
      ),
    ).toEqual(["clean 0", "clean 1", "done 2"]);
  });

  it("are told apart when the write was taken back as well", () => {
    const bank = bankOf(DIALECT, { [PATH]: after.bytes });
    const [record] = planApply({
      bank: bankOf(DIALECT, { [PATH]: before }),
      proposals: proposals.slice(2).map(({ header, body }) => ({ header: { ...header, status: "accepted" }, body })),
      read,
    }).results.flatMap((result) => (result.kind === "applied" ? [result.record] : []));
    if (record === undefined) throw new Error("not applied");
    const undone = planUndo({ bank, records: [record], read }).results.flatMap((result) =>
      result.kind === "undone" ? [result.record] : [],
    );
    const isOwnChange = ownChanges(() => [record, ...undone]);
    expect(statesIn(before, drafts(after.bytes).slice(0, 2), isOwnChange)).toEqual(["clean 0", "clean 1"]);
  });

  it("are ambiguous as soon as another hand has changed the file, before or after it", () => {
    const swapped = written([{ text: "Who asks?" }, ...TWINS]);
    const afterwards = applyOne(swapped, proposals, { chosen: 2, log: [] });
    const isOwn = ownChanges(() => [...after.log, ...afterwards.log]);
    expect(afterwards.log).toHaveLength(1);
    expect(statesIn(afterwards.bytes, proposals, isOwn)).toEqual(["ambiguous", "ambiguous", "done 3"]);
    const edited = new TextEncoder().encode(`${new TextDecoder().decode(after.bytes)}\n`);
    expect(statesIn(edited, proposals, isOwn)).toEqual(["ambiguous", "ambiguous", "done 2"]);
  });

  it("each get their own draft, in whatever order they are applied", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("Why?", "Why is it so?", "What is a queue?"), { minLength: 2, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (texts, random) => {
          const asked = texts.map((text) => ({ text }));
          const made = drafts(written(asked));
          const left = texts.map((_, at) => at);
          let state: ReturnType<typeof applyOne> = { bytes: written(asked), log: [] };
          while (left.length > 0) {
            const [chosen = 0] = left.splice((random.next().value ?? 0) % left.length, 1);
            state = applyOne(state.bytes, made, { chosen, log: state.log });
          }
          const full = texts.map((text, at) => ({ text, answer: `Draft ${at}.` }));
          expect(new TextDecoder().decode(state.bytes)).toBe(new TextDecoder().decode(written(full)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("never get another's draft when a person changes the order between two writes", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.nat(2), fc.nat(2), (isEarly, first, second) => {
        const marked = TWINS.map((each, at) => ({ ...each, answer: at === first ? `Draft ${at}.` : undefined }));
        const start = isEarly ? { bytes: before, log: [] } : applyOne(before, proposals, { chosen: first, log: [] });
        const now = written((isEarly ? TWINS : marked).toReversed());
        const { bytes, log } = applyOne(now, proposals, { chosen: second, log: start.log });
        const [place] = statesIn(
          bytes,
          proposals.slice(second, second + 1),
          ownChanges(() => log),
        );
        const isUnmarkedTwin = second < 2;
        if (isUnmarkedTwin) expect(Buffer.compare(bytes, now)).toBe(0);
        else expect(place).toBe("done 0");
      }),
    );
  });
});

describe("our own changes", () => {
  const [one, two, three, other] = ["1", "2", "3", "4"].map((text) => hashOf(text));
  if (one === undefined || two === undefined || three === undefined || other === undefined) throw new Error("no hash");
  const log = [
    { path: "a.md", before_file_hash: one, after_file_hash: two },
    { path: "a.md", before_file_hash: two, after_file_hash: three },
    { path: "b.md", before_file_hash: three, after_file_hash: other },
  ];

  it("are a chain of logged writes to one file, in their direction", () => {
    const isOwn = ownChanges(() => log);
    expect([isOwn("a.md", one, three), isOwn("a.md", three, three)]).toEqual([true, true]);
    expect([isOwn("a.md", three, one), isOwn("a.md", one, other), isOwn("b.md", one, other)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("are read once", () => {
    let reads = 0;
    const isOwn = ownChanges(() => {
      reads += 1;
      return log;
    });
    expect([reads, isOwn("a.md", one, two), isOwn("b.md", one, two), reads]).toEqual([0, true, false, 1]);
  });
});
