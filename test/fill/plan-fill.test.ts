import { describe, expect, test } from "vitest";
import { fixLinks } from "../../src/bank/audit-fix-links.ts";
import { bankConfigSchema } from "../../src/bank/bank-config.ts";
import { proposalHeader, PROPOSAL_STATUSES } from "../../src/bank/proposal.ts";
import { FILLABLE_STATES, QUESTION_STATES, type Bank } from "../../src/bank/question.ts";
import { readBankFile } from "../../src/bank/read-bank-file.ts";
import type { OutcomeStatus } from "../../src/core/outcome.ts";
import { buildProposal, buildReusedProposal } from "../../src/fill/build-proposal.ts";
import type { FillOptions, FillPlan, KnownProposal } from "../../src/fill/fill-plan.ts";
import { planFill } from "../../src/fill/plan-fill.ts";
import { hashOf } from "../../src/core/hash.ts";
import { bankFile, bankOf, question, receipt } from "./samples.ts";

function plan(bank: Bank, options: Partial<FillOptions> = {}, proposals: readonly KnownProposal[] = []): FillPlan {
  const defaults = {
    states: FILLABLE_STATES,
    redo: false,
    sentBack: new Map<string, string>(),
    lastOutcomes: new Map<string, OutcomeStatus>(),
  };
  return planFill({ bank, proposals, options: { ...defaults, ...options } });
}

function summary({ groups, reused, skipped }: FillPlan): readonly string[] {
  return [
    ...groups.flatMap((group) => group.members.map((member) => `draft ${member.path} ${member.question.text}`)),
    ...reused.map((reuse) => `reuse ${reuse.planned.question.text} from ${reuse.from.path}`),
    ...skipped.map((skip) => `skip ${skip.question.text} ${skip.reason}`),
  ];
}

const A = question({ text: "What is A?" });
const B = question({ text: "What is B?" });
const C = question({ text: "What is C?", answer: "C is a letter." });

function proposalFor(status: KnownProposal["status"], changes: Partial<KnownProposal["source"]> = {}): KnownProposal {
  const source = {
    path: "a.md",
    headings: [],
    ordinal: 0,
    question_hash: A.textHash,
    base_slot_hash: A.textHash,
    base_file_hash: A.textHash,
    ...changes,
  };
  return { status, source, revision: 1 };
}

describe("which questions are drafted", () => {
  test.each(QUESTION_STATES)("state %s", (state) => {
    const found = plan(bankOf(bankFile("a.md", [question({ text: "What is A?", state })])));
    const isTaken = FILLABLE_STATES.has(state);
    const skipped = state === "filled" ? [] : ["skip What is A? state"];
    expect(summary(found)).toEqual(isTaken ? ["draft a.md What is A?"] : skipped);
  });

  test.each<[string, Partial<FillOptions>, string[]]>([
    ["by default", {}, ["draft a.md What is A?", "draft a.md What is B?"]],
    ["only", { only: new Set([B.id]) }, ["draft a.md What is B?", "skip What is A? not-selected"]],
    ["limit", { limit: 1 }, ["draft a.md What is A?", "skip What is B? over-limit"]],
    [
      "retry",
      {
        retry: new Set(["truncated"]),
        lastOutcomes: new Map([
          [B.id, "truncated"],
          [A.id, "refused"],
        ]),
      },
      ["draft a.md What is B?", "skip What is A? last-outcome"],
    ],
    ["no state", { states: new Set() }, ["skip What is A? state", "skip What is B? state"]],
  ])("%s", (_, options, expected) => {
    expect(summary(plan(bankOf(bankFile("a.md", [A, B, C])), options))).toEqual(expected);
  });

  test("none of a file that may not be written, with the reason", () => {
    const found = plan(bankOf(bankFile("a.md", [A], "generated")));
    expect(found.skipped).toEqual([{ question: A, path: "a.md", reason: "read-only", detail: "generated" }]);
  });

  test("a sample is the same every time and part of a larger one", () => {
    const questions = Array.from({ length: 40 }, (_, index) => question({ text: `What is number ${index}?` }));
    const take = (sample: number, files = [bankFile("a.md", questions)]): readonly string[] =>
      plan(bankOf(...files), { sample }).groups.map((group) => group.text);
    const reordered = [
      bankFile("b.md", questions.toReversed().slice(20)),
      bankFile("c.md", questions.toReversed().slice(0, 20)),
    ];
    expect(take(5)).toHaveLength(5);
    expect(take(9)).toEqual(expect.arrayContaining([...take(5)]));
    expect(take(5, reordered).toSorted()).toEqual(take(5).toSorted());
  });
});

describe("an existing proposal", () => {
  test.each(PROPOSAL_STATUSES)("that is %s", (status) => {
    const without = plan(bankOf(bankFile("a.md", [A])), {}, [proposalFor(status)]);
    const redo = plan(bankOf(bankFile("a.md", [A])), { redo: true }, [proposalFor(status)]);
    const named = plan(bankOf(bankFile("a.md", [A])), { redo: true, only: new Set([A.id]) }, [proposalFor(status)]);
    const drafted = "draft a.md What is A?";
    const skipped = `skip What is A? proposal-${status}`;
    const expected = {
      pending: [skipped, drafted, drafted],
      accepted: [skipped, skipped, drafted],
      rejected: [skipped, drafted, drafted],
      applied: [drafted, drafted, drafted],
    }[status];
    expect([without, redo, named].flatMap(summary)).toEqual(expected);
  });

  test.each([
    ["another text", { question_hash: B.textHash }],
    ["another file", { path: "b.md" }],
    ["another ordinal", { ordinal: 1 }],
  ])("of %s blocks nothing", (_, changes) => {
    const found = plan(bankOf(bankFile("a.md", [A])), {}, [proposalFor("pending", changes)]);
    expect(summary(found)).toEqual(["draft a.md What is A?"]);
  });

  test("makes the redo a later revision and another request", () => {
    const found = plan(bankOf(bankFile("a.md", [A])), { redo: true }, [{ ...proposalFor("rejected"), revision: 2 }]);
    expect(found.groups.map((group) => [group.sample, group.members[0]?.revision])).toEqual([[2, 3]]);
  });
});

function answered(answer: string, id: string): ReturnType<typeof question> {
  return question({ text: "What is A?", answer, id });
}

describe("questions with equal text", () => {
  const twin = question({ text: "What is: A", ordinal: 0 });

  test("share one draft", () => {
    const found = plan(bankOf(bankFile("a.md", [A]), bankFile("b.md", [twin])));
    expect(found.counts).toEqual({
      questions: 2,
      drafts: 1,
      drafted: 2,
      reused: 0,
      conflicting: 0,
      skipped: {
        state: 0,
        "read-only": 0,
        "not-selected": 0,
        "last-outcome": 0,
        "proposal-pending": 0,
        "proposal-accepted": 0,
        "proposal-rejected": 0,
        "proposal-unreadable": 0,
        "over-limit": 0,
      },
    });
  });

  test("take an existing answer, from the same file first, without a draft", () => {
    const own = bankFile("b.md", [
      question({ text: "What is A?", ordinal: 1, id: "q-b" }),
      answered("Near.", "q-near"),
    ]);
    const found = plan(bankOf(bankFile("a.md", [answered("Near!", "q-far")]), own));
    expect(found.groups).toEqual([]);
    expect(found.reused.map(({ answer, from, isConflicting }) => ({ answer, from, isConflicting }))).toEqual([
      { answer: "Near.", from: { path: "b.md", line: 1 }, isConflicting: false },
    ]);
  });

  test("that the bank answers differently are copied and flagged", () => {
    const files = [
      bankFile("a.md", [answered("One.", "q-1")]),
      bankFile("b.md", [answered("Two.", "q-2")]),
      bankFile("c.md", [A]),
    ];
    const [reused] = plan(bankOf(...files)).reused;
    expect(reused === undefined ? undefined : buildReusedProposal(reused, "run-1").header.signals.flags).toEqual([
      "reused-conflict",
    ]);
  });

  test("are drafted after all when the copy was rejected and a redo is asked for", () => {
    const bank = bankOf(bankFile("a.md", [A, answered("One.", "q-1")]));
    expect(summary(plan(bank))).toEqual(["reuse What is A? from a.md"]);
    expect(summary(plan(bank, { redo: true }, [proposalFor("rejected")]))).toEqual(["draft a.md What is A?"]);
  });
});

const PROGRAMS = [
  "# Output",
  ...["log(1 + 1)", 'log("1" + "1")', "log(1  +  1)"].flatMap((code, at) => [
    "",
    `### ${at + 1}. What does this print?`,
    "",
    "```js",
    code,
    "```",
    "",
    "**Answer:** _[To be filled]_",
  ]),
  "",
].join("\n");

function programs(answer?: string): ReturnType<typeof bankFile> {
  const text = answer === undefined ? PROGRAMS : PROGRAMS.replace("_[To be filled]_", answer);
  return readBankFile("code.md", new TextEncoder().encode(text), bankConfigSchema.parse({}));
}

describe("questions with equal text over different programs", () => {
  test("are drafted apart, and together where the programs differ by blanks alone", () => {
    expect(plan(bankOf(programs())).groups.map(({ body, members }) => [body, members.length])).toEqual([
      ["```js\nlog(1 + 1)\n```", 2],
      ['```js\nlog("1" + "1")\n```', 1],
    ]);
  });

  test("take no answer from one another", () => {
    const { reused, groups } = plan(bankOf(programs("It prints 2.")));
    expect(reused.map(({ planned, answer }) => [planned.question.ordinal, answer])).toEqual([[2, "It prints 2."]]);
    expect(groups.map(({ body }) => body)).toEqual(['```js\nlog("1" + "1")\n```']);
  });

  test("are not linked to one another's answers", () => {
    const { fixes } = fixLinks(bankOf(programs("It prints 2.")));
    expect(fixes.map((fix) => fix.question.ordinal)).toEqual([2]);
  });
});

describe("a proposal", () => {
  const planned = { question: A, body: "", path: "a.md", fileHash: hashOf("file"), revision: 1, note: "" };
  const signals = {
    confidence: 0.9,
    verdict: "pass" as const,
    findings: [],
    flags: [],
    citations: [],
    key_points: ["A is first."],
    assumptions: [],
    doubts: [],
  };

  test("holds where the question stood, what was paid and what the draft's hash is", () => {
    const from = { runId: "run-1", provider: "openai", model: "m", prompt: "draft@1", promptHash: hashOf("p") };
    const built = buildProposal(planned, { answer: "A is a letter.", signals }, from, receipt({ key: "abc" }));
    expect(proposalHeader.parse(built.header)).toEqual(built.header);
    expect(built).toEqual({
      header: {
        schema: 1,
        kind: "answer",
        id: A.id,
        status: "pending",
        question: "What is A?",
        source: {
          path: "a.md",
          headings: ["Bank"],
          ordinal: 0,
          question_hash: A.textHash,
          base_slot_hash: hashOf(""),
          base_file_hash: hashOf("file"),
        },
        run: {
          id: "run-1",
          provider: "openai",
          model: "m",
          model_answered: "model-1",
          prompt: "draft@1",
          prompt_hash: hashOf("p"),
          request_key: "abc",
          tokens_in: 100,
          tokens_out: 10,
          cost_usd: 0.25,
        },
        signals,
        content_hash: hashOf("A is a letter."),
        revision: 1,
      },
      body: "A is a letter.",
    });
  });

  test("of a model without a price costs unknown, of a copy nothing", () => {
    const from = { runId: "run-1", provider: "openai", model: "m", prompt: "p", promptHash: hashOf("p") };
    const unpriced = buildProposal(planned, { answer: "A", signals }, from, receipt({ cost: { kind: "unknown" } }));
    const copied = buildReusedProposal(
      { planned, answer: "A", from: { path: "b.md", line: 3 }, isConflicting: false },
      "run-1",
    );
    expect([unpriced.header.run.cost_usd, copied.header.run.cost_usd]).toEqual(["unknown", 0]);
    expect(proposalHeader.parse(copied.header)).toEqual(copied.header);
    expect(copied.header.signals.citations).toEqual([{ path: "b.md", heading: "What is A?" }]);
  });
});

test("a draft that was sent back is made again, one revision on, with what the reviewer said", () => {
  const bank = bankOf(bankFile("a.md", [A, B]));
  const proposals = [
    proposalFor("rejected"),
    { ...proposalFor("rejected", { question_hash: B.textHash }), revision: 2 },
  ];
  const { groups, counts } = plan(bank, { sentBack: new Map([[A.id, "say when it fails"]]) }, proposals);
  expect(groups.map(({ note, sample, members }) => ({ note, sample, id: members[0]?.question.id }))).toEqual([
    { note: "say when it fails", sample: 1, id: A.id },
  ]);
  expect(counts.skipped["proposal-rejected"]).toBe(1);
});
