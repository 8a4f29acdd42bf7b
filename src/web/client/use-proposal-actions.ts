import { useState } from "preact/hooks";
import type { ProposalItem } from "../api.ts";
import type { Action } from "./decision-bar.tsx";
import { type Act, hindrance } from "./proposal-actions.ts";
import { useReview } from "./review-context.ts";
import type { Handlers } from "./use-commands.ts";
import type { Decisions } from "./use-decisions.ts";

export interface ProposalActions {
  readonly actions: readonly Action[];
  readonly handlers: Handlers;
  /** What a reason is being asked for. */
  readonly asking: "reject" | "redo" | undefined;
  /** Undefined where the question for a reason was left without an answer. */
  readonly answer: (reason: string | undefined) => void;
}

/** What can be done with a draft, by buttons and by letters alike. */
export function useProposalActions(item: ProposalItem, { decide, skip }: Decisions): ProposalActions {
  const { go, tell } = useReview();
  const [asking, setAsking] = useState<ProposalActions["asking"]>(undefined);
  const unlessHindered = (act: Act, perform: () => void) => (): void => {
    const why = hindrance(item, act);
    if (why === undefined) perform();
    else tell({ kind: "problem", message: why });
  };
  const accept = unlessHindered("accept", () => void decide({ action: "accept" }));
  const edit = unlessHindered("edit", () => go({ view: "edit" }));
  const reject = unlessHindered("reject", () => setAsking("reject"));
  const redo = unlessHindered("reject", () => setAsking("redo"));
  const undo: Action = { name: "Take back", letter: "", act: () => void decide({ action: "undo" }, true) };
  const isOff = (act: Act): boolean => hindrance(item, act) !== undefined;
  return {
    handlers: { accept, edit, reject, redo, skip },
    actions: [
      ...(isOff("undo") ? [] : [undo]),
      { name: "Reject", letter: "r", act: reject, isOff: isOff("reject") },
      { name: "Reject + redo", letter: "x", act: redo, isOff: isOff("reject") },
      { name: "Skip", letter: "s", act: skip },
      { name: "Edit", letter: "e", act: edit, isOff: isOff("edit") },
      { name: "Accept", letter: "a", act: accept, isMain: true, isOff: isOff("accept") },
    ],
    asking,
    answer: (reason) => {
      setAsking(undefined);
      if (asking !== undefined && reason !== undefined) void decide({ action: asking, reason });
    },
  };
}
