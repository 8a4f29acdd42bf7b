import { headerValues, onlyHeader, type RequestHead, splitTarget } from "./request-head.ts";

export type Verdict =
  | { readonly kind: "pass" }
  | { readonly kind: "refuse"; readonly status: 403 | 421; readonly message: string };

const PASS: Verdict = { kind: "pass" };

/**
 * Whether a request may be looked at all: it means this server by a name of the loopback interface, and no other site is
 * behind it. Everything is compared exactly, since a prefix or a pattern has let strangers in elsewhere (CVE-2026-40110).
 *
 * @param port that this server listens on.
 */
export function judgeHead(head: RequestHead, port: number): Verdict {
  const host = onlyHeader(head, "host");
  if (host === undefined || !isOwnHost(host, port) || !isOwnTarget(head.target)) {
    return { kind: "refuse", status: 421, message: "This server answers for its own address only." };
  }
  if (!isOwnOrigin(head, host) || !(isOwnSite(head) || isNavigation(head))) {
    return { kind: "refuse", status: 403, message: "Another site may not use this server." };
  }
  return PASS;
}

function isOwnHost(host: string, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** A path, or the `*` that asks about the server as such. An absolute URL has a host of its own. */
function isOwnTarget(target: string): boolean {
  return target.startsWith("/") || target === "*";
}

function isOwnOrigin(head: RequestHead, host: string): boolean {
  const origins = headerValues(head, "origin");
  return origins.length === 0 || onlyHeader(head, "origin") === `http://${host}`;
}

/** Not `same-site` either: another port of the loopback interface is another program. */
function isOwnSite(head: RequestHead): boolean {
  const sites = headerValues(head, "sec-fetch-site");
  const site = onlyHeader(head, "sec-fetch-site");
  return sites.length === 0 || site === "same-origin" || site === "none";
}

/** Somebody followed a link to the page, which holds no data. A frame or a fetch is something else. */
function isNavigation(head: RequestHead): boolean {
  return (
    head.method === "GET" &&
    splitTarget(head.target).path === "/" &&
    onlyHeader(head, "sec-fetch-mode") === "navigate" &&
    onlyHeader(head, "sec-fetch-dest") === "document"
  );
}
