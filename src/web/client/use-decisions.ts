import { useLayoutEffect, useRef } from "preact/hooks";
import type { DecisionRequest, Item } from "../api.ts";
import { focusTitle } from "./focus-title.ts";
import { nextWaiting, positionOf, rowAt } from "./next-row.ts";
import { useReview } from "./review-context.ts";
import type { ItemView } from "./use-item.ts";

export interface Decisions {
  /** Place among the rows of the filter, from 1; 0 where the filter leaves the item out. */
  readonly place: number;
  /** Sends a decision; with `stay` false goes on to the next that waits once it is done. @returns true where it is done. */
  readonly decide: (decision: DecisionRequest, stay?: boolean) => Promise<boolean>;
  readonly skip: () => void;
  readonly step: (by: 1 | -1) => void;
}

/** Deciding about one item and going on from it. */
export function useDecisions(item: Item, view: ItemView): Decisions {
  const { client, rows, go, carryOut, tell } = useReview();
  const { id } = item.row;
  const last = useRef(0);
  const position = positionOf(rows, id, last.current);
  useLayoutEffect(() => {
    last.current = position.at;
  });
  const goOn = (): void => {
    const next = nextWaiting(rows, id, last.current);
    go(next === undefined ? { view: "queue", id: "" } : { view: "review", id: next.id });
  };
  const isBusy = useRef(false);
  const decide: Decisions["decide"] = async (decision, stay = false) => {
    // A key pressed twice means what it meant once.
    if (isBusy.current) return false;
    isBusy.current = true;
    const canUndo = decision.action !== "reanchor" && decision.action !== "undo";
    const answer = await carryOut(client.decide(id, view.etag(), decision), canUndo ? id : undefined);
    isBusy.current = false;
    if (answer.status !== "ok") return false;
    view.own(answer.value.etag);
    if (stay) focusTitle();
    else goOn();
    if (stay && answer.value.id !== undefined) go({ id: answer.value.id }, "replace");
    return true;
  };
  return {
    place: position.isThere ? position.at + 1 : 0,
    decide,
    skip: goOn,
    step: (by) => {
      const row = rowAt(rows, position, by);
      if (row !== undefined) return go({ view: "review", id: row.id });
      return tell({ kind: "done", message: by === 1 ? "This is the last one shown." : "This is the first one shown." });
    },
  };
}
