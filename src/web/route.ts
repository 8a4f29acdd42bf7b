import type { Reply } from "./reply.ts";
import type { ReceivedBody } from "./read-body.ts";
import type { RequestHead } from "./request-head.ts";

/** A request that the guard let pass. */
export interface Call {
  readonly head: RequestHead;
  /** What stood where the route's path says `:id`, decoded; "" where it says nothing. */
  readonly id: string;
  /** Without the question mark, not decoded. */
  readonly query: string;
  readonly readBody: () => Promise<ReceivedBody>;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT";
  /** `:id` stands for one segment, whatever it is. */
  readonly path: string;
  /** `nothing` for what holds no data, and for the trade of the launch code. */
  readonly needs: "token" | "nothing";
  readonly answer: (call: Call) => Reply | Promise<Reply>;
}

export type Match =
  | { readonly kind: "found"; readonly route: Route; readonly id: string }
  | { readonly kind: "wrong-method"; readonly allowed: readonly string[] }
  | { readonly kind: "unknown" };

/** @param path as sent: without query, not decoded, so that an encoded slash cannot make another path of it. */
export function findRoute(routes: readonly Route[], method: string, path: string): Match {
  const fitting = routes.flatMap((route) => {
    const id = idIn(path, route.path);
    return id === undefined ? [] : [{ kind: "found", route, id } as const];
  });
  const found = fitting.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  if (fitting.length === 0) return { kind: "unknown" };
  return { kind: "wrong-method", allowed: fitting.map(({ route }) => route.method) };
}

/** The id in a path; "" for a pattern without one, undefined where the path is another. */
function idIn(path: string, pattern: string): string | undefined {
  const segments = path.split("/");
  const wanted = pattern.split("/");
  const isFitting =
    segments.length === wanted.length && wanted.every((each, at) => each === ":id" || each === segments[at]);
  if (!isFitting) return undefined;
  const place = wanted.indexOf(":id");
  return place === -1 ? "" : decoded(segments[place] ?? "");
}

function decoded(segment: string): string | undefined {
  try {
    return segment === "" ? undefined : decodeURIComponent(segment);
  } catch {
    // Not the encoding of any text.
    return undefined;
  }
}
