import { describe, expect, it } from "vitest";
import { PROPOSAL_STATUSES } from "../../src/bank/proposal.ts";
import type { Bank } from "../../src/bank/question.ts";
import { batchExclusion, isAcceptable } from "../../src/review/acceptable.ts";
import { decide, DECISION_ACTIONS } from "../../src/review/decide.ts";
import { reanchored } from "../../src/review/reanchor.ts";
import { reviewItems } from "../../src/review/states.ts";
import { proposalOf, type ProposalTraits } from "./proposal-of.ts";
import { simpleBank } from "./simple-bank.ts";

it("has one answer for every status and action", () => {
  const table = PROPOSAL_STATUSES.map((status) =>
    [
      status,
      ...DECISION_ACTIONS.map((action) => {
        const decision = decide(status, action);
        return `${action}: ${decision.kind === "decided" ? decision.status : `(${decision.reason})`}`;
      }),
    ].join("\n  "),
  );
  expect(table.join("\n")).toMatchInlineSnapshot(`
    "pending
      accept: accepted
      reject: rejected
      redo: rejected
      edit: pending
      undo: (nothing-to-undo)
      apply: (not-accepted)
      revert: (not-applied)
    accepted
      accept: (already-accepted)
      reject: rejected
      redo: rejected
      edit: pending
      undo: pending
      apply: applied
      revert: (not-applied)
    rejected
      accept: accepted
      reject: (already-rejected)
      redo: rejected
      edit: pending
      undo: pending
      apply: (not-accepted)
      revert: (not-applied)
    applied
      accept: (already-applied)
      reject: (undo-the-apply-first)
      redo: (undo-the-apply-first)
      edit: (undo-the-apply-first)
      undo: (undo-the-apply-first)
      apply: (already-applied)
      revert: pending"
  `);
});

describe("a batch", () => {
  const before = simpleBank({ "a.md": [{ text: "What is hashing?" }, { text: "What is salting?" }] });
  const after = simpleBank({
    "a.md": [{ text: "What is hashing?" }, { text: "What is salting?", answer: "A person's." }],
  });
  const exclusions = (bank: Bank, traits: ProposalTraits): unknown[] => {
    const proposals = before.files.flatMap((file) =>
      file.questions.map((question) => proposalOf(file, question, "Draft.", traits)),
    );
    return reviewItems(bank, proposals).map((item) => [isAcceptable(item), batchExclusion(item)]);
  };

  it("takes pending drafts at a safe place without a flag", () => {
    expect(exclusions(before, { status: "pending" })).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
  });

  it("leaves out what was decided, what is flagged and what is in no safe state, each with its reason", () => {
    expect(exclusions(after, { status: "rejected" })[0]).toEqual([true, { kind: "decided" }]);
    expect(exclusions(after, { status: "pending", flags: ["no-citation", "long"] })).toEqual([
      [true, { kind: "flagged", flag: "no-citation" }],
      [false, { kind: "state", state: "conflict" }],
    ]);
  });
});

describe("a re-anchored proposal", () => {
  it("is a clean, pending proposal of the place it was given", () => {
    const bank = simpleBank({ "a.md": [{ text: "What is hashing?", headings: ["Basics"], number: "3" }] });
    const now = simpleBank({ "b.md": [{ text: "Hashing, what is it?", answer: "A person's." }] });
    const proposals = bank.files.flatMap((file) =>
      file.questions.map((question) => proposalOf(file, question, "Draft.")),
    );
    const places = now.files.flatMap((file) => file.questions.map((question) => ({ file, question })));
    const [proposal, place] = [proposals[0], places[0]];
    if (proposal === undefined || place === undefined) throw new Error("one proposal and one place expected");
    const moved = reanchored(proposal, place, "Merged.");
    const fresh = proposalOf(place.file, place.question, "Merged.", { status: "pending" });
    const content_hash = proposal.header.content_hash;
    expect(moved).toEqual({ ...fresh, header: { ...fresh.header, content_hash } });
    expect(reviewItems(now, [moved])).toEqual([{ proposal: moved, state: { kind: "clean", place }, isEdited: true }]);
  });
});
