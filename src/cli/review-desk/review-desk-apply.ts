import { unifiedDiff } from "../../review/unified-diff.ts";
import type { ApplyView } from "../../web/api.ts";
import { applyAccepted, planFor, refusalsOf, type Applied } from "../review/apply.ts";
import { addStep } from "./review-desk-decide.ts";
import type { Deciding } from "./review-desk-change.ts";
import { proposalId } from "./review-desk-entry.ts";
import type { ReviewSession } from "../review/review-session.ts";

/** What applying would write. */
export function dryRun(session: ReviewSession): ApplyView {
  const plan = planFor(session);
  return {
    dryRun: true,
    written: plan.results.filter(({ kind }) => kind === "applied").length,
    files: plan.files.map(({ path, before, after }) => ({ path, diff: unifiedDiff(path, before, after) })),
    refused: refusedIn(session, refusalsOf(plan)),
  };
}

/** Writes what is accepted. Whoever calls holds the bank lock. */
export function applyNow(desk: Deciding): ApplyView {
  const { project, proposals, actor } = desk;
  proposals.refresh();
  const { session } = proposals;
  const applied = applyAccepted(project, session, actor);
  proposals.refresh();
  const written = new Set(applied.written.map(({ record }) => record.path));
  addStep(
    desk,
    applied.written.flatMap(({ proposal }) => proposals.entries.get(proposalId(proposal)) ?? []),
  );
  return {
    dryRun: false,
    written: applied.written.length,
    files: applied.plan.files
      .filter(({ path }) => written.has(path))
      .map(({ path, before, after }) => ({ path, diff: unifiedDiff(path, before, after) })),
    refused: [
      ...refusedIn(session, applied.refused),
      ...applied.unwritten.map(({ path, reason }) => ({ id: "", reason: `${path}: ${reason}` })),
    ],
  };
}

function refusedIn({ items }: ReviewSession, refused: Applied["refused"]): ApplyView["refused"] {
  const ids = new Map(
    items.map(({ proposal }) => [`${proposal.header.source.path} ${proposal.header.id}`, proposalId(proposal)]),
  );
  return refused.map(({ id, path, reason }) => ({ id: ids.get(`${path} ${id}`) ?? "", reason }));
}
