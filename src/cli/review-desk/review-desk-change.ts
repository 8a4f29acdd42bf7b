import type { UserError } from "../../core/errors.ts";
import type { Change } from "../../web/api.ts";
import type { Project } from "../open-project.ts";
import type { ProposalEntry } from "./review-desk-entry.ts";
import type { DeskProposals } from "./review-desk-proposals.ts";
import type { Steps } from "./review-desk-steps.ts";

/** Who decides on what. Whoever changes anything with it holds the bank lock. */
export interface Deciding {
  readonly project: Project;
  readonly proposals: DeskProposals;
  readonly steps: Steps;
  readonly actor: string;
}

export type Done = Extract<Change, { readonly status: "done" }>;
export type Refusal = Exclude<Change, Done>;

export const CHANGED: Refusal = {
  status: "conflict",
  message: "It was changed in the meantime. Look at it as it is now.",
};

export function refused(message: string): Refusal {
  return { status: "refused", message };
}

/** What went wrong, and what to do about it. */
export function faultWords({ message, hint }: UserError): string {
  return hint === undefined ? message : `${message}. ${hint.charAt(0).toUpperCase()}${hint.slice(1)}`;
}

export function done(entry: ProposalEntry | undefined, message: string): Done {
  return { status: "done", etag: entry?.row.etag ?? null, message };
}

/** The entry that somebody saw with this etag, if it still is that on the disk. */
export function asSeen({ proposals }: Deciding, id: string, etag: string): ProposalEntry | undefined {
  const entry = proposals.fresh(id);
  return entry?.row.etag === etag ? entry : undefined;
}
