import pLimit from "p-limit";
import type { ReviewDesk } from "./review-desk.ts";

/** The same desk, asked for one change after the other: the second of two meets what the first has made of its item. */
export function oneAtATime(desk: ReviewDesk): ReviewDesk {
  const inTurn = pLimit(1);
  return {
    queue: () => desk.queue(),
    item: (id, isBlind) => desk.item(id, isBlind),
    decide: (id, etag, decision) => inTurn(() => desk.decide(id, etag, decision)),
    saveDraft: (id, etag, draft) => inTurn(() => desk.saveDraft(id, etag, draft)),
    acceptAll: (items, expectedCount) => inTurn(() => desk.acceptAll(items, expectedCount)),
    apply: (isDryRun) => inTurn(() => desk.apply(isDryRun)),
    undo: (seq) => inTurn(() => desk.undo(seq)),
    activity: () => desk.activity(),
    compare: (left, right) => desk.compare(left, right),
    onChange: (listener) => desk.onChange(listener),
  };
}
