import type { Proposal } from "../../src/bank/proposal.ts";
import { startOf } from "../../src/cli/review-walk/review-walk-start.ts";
import { advance, type WalkEvent } from "../../src/cli/review-walk/review-walk-step.ts";
import { viewOf } from "../../src/cli/review-walk/review-walk-view.ts";
import { frameOf } from "../../src/cli/review-walk/review-walk-frame.ts";
import type { WalkEffect, WalkState } from "../../src/cli/review-walk/review-walk-state.ts";
import type { Line } from "../../src/cli/review-walk/terminal-text.ts";
import type { Question } from "../../src/bank/question.ts";
import { reviewItems, type ReviewItem } from "../../src/review/states.ts";
import { proposalOf, type ProposalTraits } from "../review/proposal-of.ts";
import { simpleBank } from "../review/simple-bank.ts";

const PATH = "questions/sea.md";

const BANK = simpleBank({
  [PATH]: [
    { text: "What is a tide?", number: "1" },
    { text: "What is a wave?", number: "2", answer: "A wave moves water up and down. It is slow." },
    { text: "What is a current?", number: "3", answer: "Somebody wrote this meanwhile." },
    { text: "What is a deep sea trench?", number: "4" },
    { text: "What is salt?", number: "5" },
  ],
});

/** A draft for a question of the bank as it is, or as it was when it was drafted. */
function draft(at: number, body: string, traits: ProposalTraits = {}, then: Partial<Question> = {}): Proposal {
  const file = BANK.files[0];
  const question = file?.questions[at];
  if (file === undefined || question === undefined) throw new Error(`there is no question ${at}`);
  return proposalOf(file, { ...question, ...then }, body, { status: "pending", ...traits });
}

function slotOf(at: number): Question["slot"] {
  const question = BANK.files[0]?.questions[at];
  if (question === undefined) throw new Error(`there is no question ${at}`);
  return question.slot;
}

/** Clean over a placeholder, clean over an answer, in conflict, stale, flagged: five cards that wait. */
export function seaItems(statuses: readonly ProposalTraits["status"][] = []): readonly ReviewItem[] {
  const status = (at: number): ProposalTraits => ({ status: statuses[at] ?? "pending" });
  const before = "What is a deep ocean trench?";
  return reviewItems(BANK, [
    draft(0, "The sea rises and falls twice a day.", status(0)),
    draft(1, "A wave moves water up and down. It is fast.", status(1)),
    draft(2, "A current moves water along.", status(2), { slot: slotOf(0) }),
    draft(3, "A long hole.", status(3), { text: before, textHash: `sha256:${"7".repeat(64)}` }),
    draft(4, "Salt is salt.", { ...status(4), flags: ["thin"] }),
  ]);
}

export function seaWalk(traits: Partial<WalkState> = {}, items: readonly ReviewItem[] = seaItems()): WalkState {
  const now = Date.parse("2030-01-05T03:04:05Z");
  return { ...startOf(items, items, { filter: "", order: "file", hasDiffTool: false, now }), ...traits };
}

/** Events of a line of keys: letters as they are, other keys as `<return>`, a paste as `<paste:text>`. */
export function eventsOf(keys: string): readonly WalkEvent[] {
  return (keys.match(/<[^>]+>|[^<]/gu) ?? []).map((key): WalkEvent => {
    if (!key.startsWith("<")) return { type: "key", key: { kind: "letter", text: key } };
    const name = key.slice(1, -1);
    if (!name.startsWith("paste:")) return { type: "key", key: { kind: "named", name } };
    return { type: "key", key: { kind: "pasted", text: name.slice("paste:".length) } };
  });
}

export interface Walked {
  readonly state: WalkState;
  readonly effects: readonly WalkEffect[];
}

/** What keys make of a walk whose effects nobody carries out. */
export function press(state: WalkState, keys: string): Walked {
  let walked: Walked = { state, effects: [] };
  for (const event of eventsOf(keys)) {
    const next = advance(walked.state, event);
    walked = { state: next.state, effects: [...walked.effects, ...(next.effect === undefined ? [] : [next.effect])] };
  }
  return walked;
}

/** The screen as text. */
export function screenOf(state: WalkState, columns = 60, rows = 20): string {
  return frameOf(viewOf(state, columns), { columns, rows }, state.scroll).lines.map(plain).join("\n");
}

function plain(line: Line): string {
  return line.map(({ text }) => text).join("");
}
