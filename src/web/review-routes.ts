import type { Clock } from "../core/clock.ts";
import {
  applyRequest,
  batchRequest,
  compareQuery,
  decisionRequest,
  draftRequest,
  itemQuery,
  renderRequest,
  type RenderReply,
  undoRequest,
} from "./api.ts";
import { markdownTree } from "./markdown-tree.ts";
import { followNotices } from "./notices.ts";
import { changeReply, etagHeader, jsonReply, problemReply } from "./reply.ts";
import type { ReviewDesk } from "./review-desk.ts";
import { asking, changing, changingItem, reading } from "./route-kinds.ts";
import type { Route } from "./route.ts";

const NOTHING_THERE = problemReply(404, "There is no such thing, or no longer.");

/** The desk over HTTP. Reading changes nothing, and no route takes the path of a file. */
export function reviewRoutes(desk: ReviewDesk, clock: Clock): readonly Route[] {
  return [
    reading("/api/queue", () => jsonReply(desk.queue())),
    asking("/api/items/:id", itemQuery, ({ blind }, { id }) => {
      const item = desk.item(id, blind === "1");
      return item === undefined ? NOTHING_THERE : jsonReply(item, etagHeader(item.etag));
    }),
    changingItem("PUT", "/api/items/:id/draft", draftRequest, ({ id, etag }, { draft }) =>
      desk.saveDraft(id, etag, draft),
    ),
    changingItem("POST", "/api/items/:id/decision", decisionRequest, ({ id, etag }, decision) =>
      desk.decide(id, etag, decision),
    ),
    changing("/api/batch", batchRequest, async ({ items, expectedCount }) =>
      changeReply(await desk.acceptAll(items, expectedCount), 409),
    ),
    changing("/api/apply", applyRequest, async ({ dryRun }) => jsonReply(await desk.apply(dryRun))),
    changing("/api/undo", undoRequest, async ({ seq }) => changeReply(await desk.undo(seq), 409)),
    changing("/api/render", renderRequest, ({ markdown }) => {
      const rendered: RenderReply = { tree: markdownTree(markdown) ?? null };
      return jsonReply(rendered);
    }),
    reading("/api/log", () => jsonReply(desk.activity())),
    asking("/api/compare", compareQuery, ({ left, right }) => {
      const comparison = desk.compare(left, right);
      return comparison === undefined ? NOTHING_THERE : jsonReply(comparison);
    }),
    reading("/api/events", () => ({ kind: "stream", follow: (listener) => followNotices(desk, clock, listener) })),
  ];
}
