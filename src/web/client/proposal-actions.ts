import type { ProposalItem, ReviewStatus } from "../api.ts";
import { stateWord } from "./words.ts";

export type Act = "accept" | "reject" | "edit" | "undo";

const NEVER: Readonly<Record<ReviewStatus, readonly Act[]>> = {
  pending: ["undo"],
  accepted: ["accept"],
  rejected: ["reject"],
  applied: ["accept", "reject", "edit", "undo"],
};

/** Why something cannot be done with a draft as it stands; undefined where it can. The server has the last word. */
export function hindrance({ row }: ProposalItem, act: Act): string | undefined {
  if (NEVER[row.status].includes(act)) {
    if (act === "undo" && row.status === "pending") return "There is no decision to take back.";
    return row.status === "applied" ? "It is applied: take that back first." : `It is already ${row.status}.`;
  }
  const isPlaced = row.state === "clean" || row.state === "moved";
  if (act === "accept" && !isPlaced)
    return `It is ${row.state === "conflict" ? "in conflict" : stateWord(row.state)} and cannot be accepted as it is.`;
  return undefined;
}
