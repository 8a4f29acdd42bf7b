import { questionId } from "../../core/ids.ts";
import { withProposal, type ReviewItem } from "../../review/states.ts";
import type { Project } from "../open-project.ts";
import { openReview, type ReviewSession } from "../review/review-session.ts";
import { keyOf, type Happening } from "./review-walk-state.ts";
import type { runProgram } from "./terminal-program.ts";

/** Who walks through which proposals, and with which tools. */
export interface Walker {
  /** Its report keeps what is said, for the notice line. */
  readonly project: Project;
  readonly operands: readonly string[];
  readonly actor: string;
  readonly runTool: RunTool;
  /** Bank and proposals as they were read last. */
  session: ReviewSession;
}

/** As {@link runProgram}, with the terminal to itself. */
export type RunTool = typeof runProgram;

type ReadAgain = Extract<Happening, { readonly type: "read-again" }>;

/** Bank and proposals as they are now. */
export function readAgain(
  walker: Walker,
  notice: string,
  rest: Omit<ReadAgain, "type" | "items" | "notice"> = {},
): ReadAgain {
  walker.session = openReview(walker.project, walker.operands);
  return { type: "read-again", items: walker.session.items, notice, ...rest };
}

/** The item with its proposal as it is on the disk now; undefined where it is there no more. */
export function storedItem({ store }: ReviewSession, item: ReviewItem): ReviewItem | undefined {
  const { source, id } = item.proposal.header;
  const stored = store.read(source.path, questionId(id));
  return stored.status === "read" ? withProposal(item, stored.proposal) : undefined;
}

/** Somebody else was quicker: what is there now is shown, and nothing was decided about it. */
export function refreshed(walker: Walker, item: ReviewItem): Happening {
  const now = storedItem(walker.session, item);
  if (now === undefined) return readAgain(walker, "that proposal is gone");
  const notice = "it was changed in the meantime; this is it now, and nothing was done";
  return { type: "replaced", replaced: [{ key: keyOf(item.proposal), item: now }], notice };
}
