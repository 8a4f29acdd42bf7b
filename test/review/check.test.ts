import { expect, it } from "vitest";
import type { Proposal } from "../../src/bank/proposal.ts";
import { reportReview, reviewReport } from "../../src/review/check.ts";
import { reviewItems } from "../../src/review/states.ts";
import { proposalOf } from "./proposal-of.ts";
import { simpleBank } from "./simple-bank.ts";
import { growthOf } from "../support/growth.ts";

const bank = simpleBank({ "a.md": [{ text: "What is hashing?" }, { text: "What is salting?" }] });
const human = simpleBank({ "a.md": [{ text: "What is hashing?" }, { text: "What is salting?", answer: "Mine." }] });

function proposals(first: Proposal["header"]["status"], second: Proposal["header"]["status"]): readonly Proposal[] {
  return bank.files.flatMap((file) =>
    file.questions.map((question, at) =>
      proposalOf(file, question, "Draft.", { status: at === 0 ? first : second, flags: at === 0 ? [] : ["long"] }),
    ),
  );
}

it("reports every proposal, the counts and the gate, as its schema says", () => {
  const report = reportReview(reviewItems(human, proposals("accepted", "pending")));
  expect(reviewReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  expect(report).toMatchInlineSnapshot(`
    {
      "gate": "blocked",
      "items": [
        {
          "confidence": 0.5,
          "cost_usd": 0,
          "edited": false,
          "flags": [],
          "id": "q-d2222b5f4a1e",
          "kind": "answer",
          "model": "offline",
          "path": "a.md",
          "prompt": "draft@1",
          "question": "What is hashing?",
          "state": "clean",
          "status": "accepted",
        },
        {
          "confidence": 0.5,
          "cost_usd": 0,
          "edited": false,
          "flags": [
            "long",
          ],
          "id": "q-8ffb3373b0be",
          "kind": "answer",
          "model": "offline",
          "path": "a.md",
          "prompt": "draft@1",
          "question": "What is salting?",
          "state": "conflict",
          "status": "pending",
        },
      ],
      "open": {
        "ambiguous": 0,
        "clean": 1,
        "conflict": 1,
        "done": 0,
        "missing": 0,
        "moved": 0,
        "stale": 0,
      },
      "schema": 1,
      "statuses": {
        "accepted": 1,
        "applied": 0,
        "pending": 1,
        "rejected": 0,
      },
    }
  `);
});

it("blocks for what cannot be applied, is open for what waits, and done for the rest", () => {
  const gate = (now: typeof bank, ...statuses: Parameters<typeof proposals>): string =>
    reportReview(reviewItems(now, proposals(...statuses))).gate;
  expect([
    gate(bank, "pending", "rejected"),
    gate(bank, "accepted", "applied"),
    gate(human, "rejected", "pending"),
    gate(human, "rejected", "accepted"),
    gate(human, "rejected", "rejected"),
    gate(human, "applied", "applied"),
  ]).toEqual(["open", "open", "blocked", "blocked", "done", "done"]);
  expect(reportReview([]).gate).toBe("done");
});

/** The report on so many proposals, all of them clean. */
function reportingOn(size: number): () => unknown {
  const many = simpleBank({
    "a.md": Array.from({ length: size }, (_, at) => ({ text: `Question ${at}?`, number: `${at}` })),
  });
  const all = many.files.flatMap((file) =>
    file.questions.map((question) => proposalOf(file, question, "Draft.", { status: "pending" })),
  );
  expect(reportReview(reviewItems(many, all)).open.clean).toBe(size);
  return () => reportReview(reviewItems(many, all));
}

it("takes time in proportion to the proposals", () => {
  expect(growthOf(reportingOn, 750)).toBe("linear");
});
