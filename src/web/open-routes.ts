import { sessionRequest, type SessionReply } from "./api.ts";
import { jsonReply, problemReply } from "./reply.ts";
import { onlyHeader } from "./request-head.ts";
import { changing } from "./route-kinds.ts";
import type { Route } from "./route.ts";
import type { Session } from "./session.ts";

/** The page as built: its three files, whole and in memory. Nothing else is ever served from a disk. */
export interface StaticAssets {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/** What needs no token: the page without data, and the trade of the launch code for the token. */
export function openRoutes(assets: StaticAssets, session: Session): readonly Route[] {
  return [
    fixed("/", "text/html; charset=utf-8", assets.html),
    fixed("/app.js", "text/javascript; charset=utf-8", assets.script),
    fixed("/app.css", "text/css; charset=utf-8", assets.style),
    { ...sessionRoute(session), needs: "nothing" },
  ];
}

function fixed(path: string, type: string, text: string): Route {
  const body = Buffer.from(text);
  const headers = { "content-type": type };
  return { method: "GET", path, needs: "nothing", answer: () => ({ kind: "whole", status: 200, headers, body }) };
}

function sessionRoute(session: Session): Route {
  return changing("/api/session", sessionRequest, (_body, { head }) => {
    const token = session.redeem(onlyHeader(head, "x-launch"));
    if (token === undefined) return problemReply(401, "This link was used or is too old. Run the command again.");
    const reply: SessionReply = { token };
    return jsonReply(reply);
  });
}
