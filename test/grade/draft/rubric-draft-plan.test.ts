import { describe, expect, test } from "vitest";
import type { Bank, Question } from "../../../src/bank/question.ts";
import { rubricHash, rubricPlace } from "../../../src/bank/rubric-file.ts";
import { hashOf } from "../../../src/core/hash.ts";
import {
  planRubricDrafts,
  type KnownRubricProposal,
  type RubricDraftPlan,
  type RubricDraftScope,
} from "../../../src/grade/draft/rubric-draft-plan.ts";
import { readRubrics, type PlacedRubric } from "../../../src/grade/rubric/rubric-reader.ts";
import { simpleBank } from "../../review/simple-bank.ts";

const BANK = simpleBank({
  "a.md": [
    { text: "What is a lock?", answer: "It lets one in." },
    { text: "What is a queue?", answer: "It keeps work." },
    { text: "What is a cache?" },
  ],
});
const [lock, queue] = questionsOf(BANK);

function questionsOf({ files }: Bank): readonly [Question, Question] {
  const [first, second] = files[0]?.questions ?? [];
  if (first === undefined || second === undefined) throw new Error("two questions are needed");
  return [first, second];
}

function plan(change: Partial<RubricDraftScope> = {}): RubricDraftPlan {
  return planRubricDrafts({
    files: BANK.files,
    rubrics: [],
    proposals: [],
    unreadable: new Set(),
    sentBack: new Set(),
    only: undefined,
    limit: undefined,
    redo: false,
    takenUp: undefined,
    contentAt: () => ({ bytes: new Uint8Array(), readOnly: undefined }),
    keyPointsOf: () => [],
    ...change,
  });
}

/** Which questions are drafted, as which revision, and why the others are not. */
function gist({ planned, skipped }: RubricDraftPlan): readonly string[] {
  const drafted = planned.map(({ question, target }) => `${question.text} r${target.revision}`);
  return [
    ...drafted,
    ...Array.from(skipped, ([reason, count]) => `${count} ${reason}`).filter((text) => !text.startsWith("0 ")),
  ];
}

function pathOf(question: Question): string {
  return rubricPlace("a.md", question.id)?.path ?? "";
}

type Traits = Partial<Pick<KnownRubricProposal["header"], "status" | "revision">> & {
  readonly question?: Question;
  readonly run?: string;
};

function proposal({
  question = lock,
  status = "pending",
  revision = 1,
  run = "r-1",
}: Traits = {}): KnownRubricProposal {
  const hash = hashOf("");
  return {
    header: {
      status,
      revision,
      source: {
        path: pathOf(lock),
        bank: "a.md",
        headings: [],
        ordinal: 0,
        question_hash: rubricHash(question.textHash),
        base_slot_hash: hash,
        base_file_hash: hash,
      },
      run: {
        id: run,
        provider: "offline",
        model: "offline",
        prompt: "rubric@1",
        prompt_hash: hash,
        request_key: "0",
        tokens_in: 0,
        tokens_out: 0,
        cost_usd: 0,
      },
    },
  };
}

function rubricAt(file: string, question: Question): readonly PlacedRubric[] {
  const criteria = [{ id: "one", text: "Says that one is let in.", points: 1 }];
  return readRubrics({ rubric: 1, question: question.id, criteria }, { file, lineOf: () => 1 }).rubrics;
}

const contentAt: RubricDraftScope["contentAt"] = () => ({
  bytes: new TextEncoder().encode("rubric: [\n"),
  readOnly: undefined,
});

describe("which rubrics are drafted", () => {
  test("those of answered questions without one, for a file that is not there yet", () => {
    const made = plan({ keyPointsOf: (path, { text }) => [`${path}: ${text}`] });
    expect(gist(made)).toEqual(["What is a lock? r1", "What is a queue? r1", "1 no-answer"]);
    expect(made.planned[0]).toMatchObject({
      reference: "It lets one in.",
      keyPoints: ["a.md: What is a lock?"],
      target: { path: pathOf(lock), bank: "a.md", fileHash: hashOf(""), question: { id: `${lock.id}.rubric` } },
    });
  });

  test("as many as asked for, and only those named", () => {
    expect(gist(plan({ limit: 1 }))).toEqual(["What is a lock? r1", "1 no-answer", "1 over-limit"]);
    expect(gist(plan({ only: new Set([queue.id]) }))).toEqual(["What is a queue? r1", "2 not-selected"]);
  });

  test("a rubric that is there is replaced only by name, with redo, and in its own file", () => {
    const rubrics = rubricAt(pathOf(lock), lock);
    const only = new Set<string>([lock.id]);
    const drafted = ["What is a lock? r1", "2 not-selected"];
    const kept = ["2 not-selected", "1 has-rubric"];
    expect(gist(plan({ rubrics }))).toEqual(["What is a queue? r1", "1 no-answer", "1 has-rubric"]);
    expect(gist(plan({ rubrics, redo: true }))).toEqual(["What is a queue? r1", "1 no-answer", "1 has-rubric"]);
    expect(gist(plan({ rubrics, only }))).toEqual(kept);
    expect(gist(plan({ rubrics, only, redo: true }))).toEqual(drafted);
    expect(gist(plan({ rubrics: rubricAt("rubrics/all.rubric.yaml", lock), only, redo: true }))).toEqual(kept);
  });

  test("nothing for a place that holds something else or is not to be written", () => {
    const only = new Set<string>([lock.id]);
    expect(gist(plan({ only, contentAt }))).toEqual(["2 not-selected", "1 file-in-the-way"]);
    expect(gist(plan({ only, contentAt, redo: true }))).toEqual(["What is a lock? r1", "2 not-selected"]);
    const readOnly = "it is a symbolic link";
    expect(gist(plan({ only, redo: true, contentAt: (path) => ({ ...contentAt(path), readOnly }) }))).toEqual([
      "2 not-selected",
      "1 read-only",
    ]);
    expect(gist(plan({ only, unreadable: new Set([pathOf(lock)]) }))).toEqual([
      "2 not-selected",
      "1 proposal-unreadable",
    ]);
  });
});

describe("a proposal for a rubric", () => {
  const only = new Set<string>([lock.id]);
  const sentBack = new Set([`${lock.id}.rubric`]);
  const cases: readonly (readonly [string, Traits, Partial<RubricDraftScope>, string])[] = [
    ["pending is not paid for again", {}, {}, "1 proposal-pending"],
    ["accepted is not paid for again", { status: "accepted" }, {}, "1 proposal-accepted"],
    ["rejected is not paid for again", { status: "rejected" }, {}, "1 proposal-rejected"],
    [
      "rejected and sent back is drafted again",
      { status: "rejected", revision: 3 },
      { sentBack },
      "What is a lock? r4",
    ],
    ["applied, whose file was removed, is drafted again", { status: "applied" }, {}, "What is a lock? r2"],
    ["pending is redone", {}, { redo: true }, "What is a lock? r2"],
    ["of this very run is not redone", { run: "r-2" }, { redo: true, takenUp: "r-2" }, "1 proposal-pending"],
    ["about other words of the question is overtaken", { question: queue }, {}, "What is a lock? r2"],
  ];
  test.each(cases)("%s", (_name, traits, change, told) => {
    expect(gist(plan({ only, proposals: [proposal(traits)], ...change }))).toContain(told);
  });

  test("accepted is redone only by name", () => {
    const proposals = [proposal({ status: "accepted" })];
    expect(gist(plan({ proposals, redo: true }))).toContain("1 proposal-accepted");
    expect(gist(plan({ proposals, redo: true, only }))).toContain("What is a lock? r2");
  });
});
