import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeHead, type Verdict } from "../../src/web/guard.ts";
import { requestHead } from "../../src/web/request-head.ts";

const PORT = 41_234;
const HOSTS = [`127.0.0.1:${PORT}`, `localhost:${PORT}`] as const;

function statusOf(verdict: Verdict): number {
  return verdict.kind === "pass" ? 200 : verdict.status;
}

function judge(target: string, headers: readonly (readonly [string, string])[], method = "GET"): number {
  return statusOf(judgeHead(requestHead(method, target, headers.flat()), PORT));
}

const host = fc.constantFrom(...HOSTS);
const path = fc.webPath().map((text) => `/${text}`);
/** Headers that say nothing of where a request comes from. */
const others = fc.array(
  fc.tuple(fc.constantFrom("Accept", "Cookie", "X-Forwarded-Host", "Forwarded", "Referer", "X-Host"), fc.string()),
);
/** Texts close to the right one, and any others. */
const nearHost = fc.oneof(
  fc.string(),
  fc.webAuthority(),
  host.map((right) => ` ${right}`),
  host.map((right) => right.toUpperCase()).filter((text) => text.startsWith("L")),
  fc.tuple(host, fc.string({ minLength: 1 })).map(([right, more]) => right + more),
  fc.tuple(host, fc.string({ minLength: 1 })).map(([right, more]) => more + right),
  fc.nat(65_535).map((port) => `127.0.0.1:${port}`),
);

describe("the guard", () => {
  test("lets a plain request for this server through, whatever else it says", () => {
    fc.assert(fc.property(host, path, others, (own, target, more) => judge(target, [...more, ["Host", own]]) === 200));
  });

  test("takes no host but its own two", () => {
    fc.assert(
      fc.property(nearHost, path, others, (text, target, more) => {
        fc.pre(!HOSTS.some((own) => own === text));
        return judge(target, [...more, ["Host", text]]) === 421;
      }),
    );
  });

  test("takes no second host, wherever it stands and however its name is written", () => {
    const second = fc.tuple(fc.constantFrom("host", "Host", "HOST", "hOsT"), fc.oneof(host, nearHost));
    fc.assert(
      fc.property(host, second, others, fc.boolean(), (own, [name, text], more, isFirst) => {
        const pair = [["Host", own] as const, [name, text] as const];
        return judge("/", [...(isFirst ? pair : pair.toReversed()), ...more]) === 421;
      }),
    );
  });

  test("takes no target but a path", () => {
    fc.assert(
      fc.property(host, fc.oneof(fc.webUrl(), fc.string()), (own, target) => {
        fc.pre(!target.startsWith("/") && target !== "*");
        return judge(target, [["Host", own]]) === 421;
      }),
    );
  });

  test("takes no origin but the one of its host", () => {
    const origin = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "null",
        "",
        ...HOSTS,
        ...HOSTS.map((own) => `https://${own}`),
        ...HOSTS.map((own) => `http://${own}/`),
      ),
      fc.tuple(host, fc.string({ minLength: 1 })).map(([own, more]) => `http://${own}${more}`),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(host, origin, path, (own, text, target) => {
        fc.pre(text !== `http://${own}`);
        return (
          judge(
            target,
            [
              ["Host", own],
              ["Origin", text],
            ],
            "POST",
          ) === 403
        );
      }),
    );
    fc.assert(
      fc.property(
        host,
        (own) =>
          judge(
            "/",
            [
              ["Host", own],
              ["Origin", `http://${own}`],
            ],
            "POST",
          ) === 200,
      ),
    );
  });

  test("does not mix up its two names: they are two origins", () => {
    const [address, name] = HOSTS;
    expect(
      judge("/", [
        ["Host", address],
        ["Origin", `http://${name}`],
      ]),
    ).toBe(403);
    expect(
      judge("/", [
        ["Host", name],
        ["Origin", `http://${address}`],
      ]),
    ).toBe(403);
    expect(
      judge("/", [
        ["Host", name],
        ["Origin", `http://${name}`],
        ["Origin", `http://${name}`],
      ]),
    ).toBe(403);
  });

  test("believes no site but its own, except for who follows a link to the page", () => {
    const site = fc.oneof(fc.constantFrom("cross-site", "same-site", "Same-Origin", "none, none", ""), fc.string());
    const mode = fc.constantFrom("navigate", "cors", "no-cors", "websocket", "same-origin");
    const destination = fc.constantFrom("document", "iframe", "frame", "embed", "object", "script", "image", "empty");
    const method = fc.constantFrom("GET", "POST", "HEAD");
    const target = fc.constantFrom("/", "/?view=review", "/app.js", "/api/queue", "//", "/index.html");
    fc.assert(
      fc.property(host, site, mode, destination, method, target, (own, from, how, what, verb, where) => {
        fc.pre(from !== "same-origin" && from !== "none");
        const isLink =
          verb === "GET" && (where === "/" || where.startsWith("/?")) && how === "navigate" && what === "document";
        const headers = [
          ["Host", own],
          ["Sec-Fetch-Site", from],
          ["Sec-Fetch-Mode", how],
          ["Sec-Fetch-Dest", what],
        ] as const;
        return judge(where, headers, verb) === (isLink ? 200 : 403);
      }),
    );
  });

  test("says nothing of what it was sent", () => {
    const verdict = judgeHead(requestHead("GET", "/secret-path", ["Host", "secret-host"]), PORT);
    expect(verdict).toEqual({ kind: "refuse", status: 421, message: "This server answers for its own address only." });
  });
});
