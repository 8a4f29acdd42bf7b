import { judgeHead } from "./guard.ts";
import { problemReply, type Reply } from "./reply.ts";
import { onlyHeader, type RequestHead, splitTarget } from "./request-head.ts";
import { findRoute, type Call, type Route } from "./route.ts";
import type { Session } from "./session.ts";

export interface Reception {
  readonly port: number;
  readonly session: Session;
  readonly routes: readonly Route[];
}

/** One request from head to reply: whose it is, then where it goes, then who sent it, and only then what it says. */
export async function answerTo(
  { port, session, routes }: Reception,
  head: RequestHead,
  readBody: Call["readBody"],
): Promise<Reply> {
  const verdict = judgeHead(head, port);
  if (verdict.kind === "refuse") return problemReply(verdict.status, verdict.message);
  const { path, query } = splitTarget(head.target);
  const match = findRoute(routes, head.method, path);
  if (match.kind === "unknown" && head.method !== "OPTIONS") return problemReply(404, "There is nothing here.");
  if (match.kind !== "found") {
    // Nobody is told what another site may do: it may do nothing.
    const allowed = match.kind === "wrong-method" ? match.allowed : [];
    return problemReply(405, "That cannot be done here.", { allow: allowed.join(", ") });
  }
  if (match.route.needs === "token" && !session.accepts(onlyHeader(head, "authorization"))) {
    return problemReply(401, "Run the command again to open the page anew.", { "www-authenticate": "Bearer" });
  }
  return match.route.answer({ head, id: match.id, query, readBody });
}
