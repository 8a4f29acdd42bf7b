import { describe, expect, test } from "vitest";
import type { Proposal } from "../../src/bank/proposal.ts";
import type { Bank, BankFile } from "../../src/bank/question.ts";
import { rereadRubricFile, rubricFile, rubricPlace } from "../../src/bank/rubric-file.ts";
import { planApply } from "../../src/review/apply.ts";
import { reviewItems } from "../../src/review/states.ts";
import { planUndo } from "../../src/review/undo.ts";
import type { FileKeeper } from "../../src/review/write-plan.ts";
import { proposalOf } from "./proposal-of.ts";
import { simpleBank } from "./simple-bank.ts";

const ASKED = [
  { text: "What is a lock?", answer: "It lets one in.", explicitId: "lock" },
  { text: "What is a queue?", answer: "It keeps work." },
];
const DRAFT = "rubric: 1\n# A heading to a markdown parser, and ``` no fence.\ncriteria: []";
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** The rubric files of a bank, holding what is given by question. */
function rubrics(bank: Bank, contents: readonly string[] = []): Bank {
  const files = bank.files.flatMap(({ path, questions }) =>
    questions.map((question, at): BankFile => {
      const place = rubricPlace(path, question.id);
      if (place === undefined) throw new Error("no place");
      return rubricFile(place, question, { bytes: new TextEncoder().encode(contents[at] ?? ""), readOnly: undefined });
    }),
  );
  return { files };
}

function keeperOf({ files }: Bank, guard: FileKeeper["guard"] = () => undefined): FileKeeper {
  return {
    guard,
    read: (path, bytes) => {
      const before = files.find((file) => file.path === path);
      if (before === undefined) throw new Error("no such file");
      return rereadRubricFile(before, bytes);
    },
  };
}

function proposals(bank: Bank, bodies: readonly string[] = [DRAFT, DRAFT]): readonly Proposal[] {
  return bank.files.flatMap((file, at) => {
    const [question] = file.questions;
    const body = bodies[at];
    return question === undefined || body === undefined ? [] : [proposalOf(file, question, body)];
  });
}

const bank = simpleBank({ "docs/a.md": ASKED });
const empty = rubrics(bank);

describe("a rubric's proposal", () => {
  test("is for the rubric file and never for the question's answer, also where ids are the file's own", () => {
    const drafted = proposals(empty);
    expect(reviewItems(empty, drafted).map(({ state }) => state.kind)).toEqual(["clean", "clean"]);
    expect(reviewItems(bank, drafted).map(({ state }) => state.kind)).toEqual(["missing", "missing"]);
    const answers = bank.files.flatMap((file) => file.questions.map((question) => proposalOf(file, question, "A.")));
    expect(reviewItems(empty, answers).map(({ state }) => state.kind)).toEqual(["missing", "missing"]);
  });

  test("finds its place by the question, wherever the bank is", () => {
    const moved = rubrics(simpleBank({ "other/b.md": ASKED }));
    const states = reviewItems(moved, proposals(empty)).map(({ state }) => state);
    expect(states.map((state) => ("place" in state ? [state.kind, state.place.file.path] : state.kind))).toEqual([
      ["moved", "other/rubrics/lock.rubric.yaml"],
      ["moved", moved.files[1]?.path],
    ]);
  });

  test("is a conflict with a rubric that came meanwhile, done where that is the draft, and stale with other words", () => {
    const now = rubrics(bank, ["rubric: 1\n", `${DRAFT}\n`]);
    expect(reviewItems(now, proposals(empty)).map(({ state }) => state.kind)).toEqual(["conflict", "done"]);
    const reworded = rubrics(simpleBank({ "docs/a.md": [{ ...ASKED[0], text: "What is a lock good for?" }] }));
    expect(reviewItems(reworded, proposals(empty)).map(({ state }) => state.kind)).toEqual(["stale", "missing"]);
  });
});

const refusingNo: FileKeeper["guard"] = (_before, { source }) =>
  source.text === "no\n" ? "line 1: no rubric" : undefined;

describe("applying rubrics", () => {
  test("makes files of drafts as they are, whatever markdown would make of them, and undo leaves nothing", () => {
    const { files, results } = planApply({ bank: empty, proposals: proposals(empty), ...keeperOf(empty) });
    expect(files.map(({ path, before, after }) => [path, text(before), text(after)])).toEqual(
      empty.files.map(({ path }) => [path, "", `${DRAFT}\n`]),
    );
    const records = results.flatMap((result) => (result.kind === "applied" ? [result.record] : []));
    const written = rubrics(bank, [`${DRAFT}\n`, `${DRAFT}\n`]);
    const undo = planUndo({ bank: written, records, ...keeperOf(written) });
    expect(undo.files.map(({ after }) => text(after))).toEqual(["", ""]);
  });

  test("leaves out what the guard finds at fault, and writes the others", () => {
    const plan = planApply({ bank: empty, proposals: proposals(empty, ["no", DRAFT]), ...keeperOf(empty, refusingNo) });
    expect(plan.files.map(({ path }) => path)).toEqual([empty.files[1]?.path]);
    expect(plan.results.map((result) => (result.kind === "refused" ? result.refusal : result.kind))).toEqual([
      { code: "breaks-file", detail: "line 1: no rubric" },
      "applied",
    ]);
  });

  test("puts a rubric back that was replaced, byte by byte", () => {
    const first = "\uFEFF# by hand\r\nrubric: 1\r\n";
    const now = rubrics(bank, [first]);
    const made = planApply({ bank: now, proposals: proposals(now, [DRAFT]), ...keeperOf(now) });
    const after = text(made.files[0]?.after);
    expect(after).toBe(`${DRAFT}\n`.replaceAll("\n", "\r\n"));
    const records = made.results.flatMap((result) => (result.kind === "applied" ? [result.record] : []));
    const bytes = made.files[0]?.after ?? new Uint8Array();
    const written: Bank = { files: now.files.slice(0, 1).map((file) => rereadRubricFile(file, bytes)) };
    const undo = planUndo({ bank: written, records, ...keeperOf(written) });
    expect(undo.files[0]?.after).toEqual(new TextEncoder().encode(first));
  });
});
