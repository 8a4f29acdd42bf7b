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

/** The desk over HTTP, as soon as it is there. Reading changes nothing, and no route takes the path of a file. */
export function reviewRoutes(desk: Promise<ReviewDesk>, clock: Clock): readonly Route[] {
  return [
    reading("/api/queue", async () => jsonReply((await desk).queue())),
    asking("/api/items/:id", itemQuery, async ({ blind }, { id }) => {
      const item = (await desk).item(id, blind === "1");
      return item === undefined ? NOTHING_THERE : jsonReply(item, etagHeader(item.etag));
    }),
    changingItem("PUT", "/api/items/:id/draft", draftRequest, async ({ id, etag }, { draft }) =>
      (await desk).saveDraft(id, etag, draft),
    ),
    changingItem("POST", "/api/items/:id/decision", decisionRequest, async ({ id, etag }, decision) =>
      (await desk).decide(id, etag, decision),
    ),
    changing("/api/batch", batchRequest, async ({ items, expectedCount }) =>
      changeReply(await (await desk).acceptAll(items, expectedCount), 409),
    ),
    changing("/api/apply", applyRequest, async ({ dryRun }) => jsonReply(await (await desk).apply(dryRun))),
    changing("/api/undo", undoRequest, async ({ seq }) => changeReply(await (await desk).undo(seq), 409)),
    changing("/api/render", renderRequest, ({ markdown }) => {
      const rendered: RenderReply = { tree: markdownTree(markdown) ?? null };
      return jsonReply(rendered);
    }),
    reading("/api/log", async () => jsonReply((await desk).activity())),
    asking("/api/compare", compareQuery, async ({ left, right }) => {
      const comparison = (await desk).compare(left, right);
      return comparison === undefined ? NOTHING_THERE : jsonReply(comparison);
    }),
    reading("/api/events", async () => {
      const there = await desk;
      return { kind: "stream", follow: (listener) => followNotices(there, clock, listener) };
    }),
  ];
}
