import { batchExclusion } from "../../review/acceptable.ts";
import { applyAccepted } from "./apply.ts";
import type { WrittenProposal } from "../fill/draft-run.ts";
import type { Project } from "../open-project.ts";
import { carryOutAll, openReview, reviewer } from "./review-session.ts";
import { underBankLock } from "./write-banks.ts";

/** `fill --apply`: accepts the run's proposals that have no flag, applies them, and says how many went in. */
export async function applyClean(project: Project, made: readonly WrittenProposal[]): Promise<number> {
  const actor = `${await reviewer(project, undefined)} (fill --apply)`;
  return underBankLock(project, () => {
    const ids = new Set(made.map(({ path, id }) => `${path} ${id}`));
    const session = openReview(project, []);
    const clean = session.items.filter(({ proposal }) =>
      ids.has(`${proposal.header.source.path} ${proposal.header.id}`),
    );
    const verdict = { action: "accept", actor, reason: undefined, via: "script" } as const;
    carryOutAll(
      session,
      clean.filter((item) => batchExclusion(item) === undefined),
      verdict,
    );
    return applyAccepted(project, openReview(project, []), actor).written.length;
  });
}
