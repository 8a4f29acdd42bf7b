import { networkInterfaces } from "node:os";
import { beforeEach, describe, expect, test } from "vitest";
import { FakeDesk } from "./fake-desk.ts";
import { rawRequest, requestText } from "./raw-request.ts";
import { openClient, type Running, startServer } from "./running-server.ts";

interface Case {
  readonly what: string;
  readonly line: string;
  readonly headers: readonly string[];
  readonly body?: string;
  readonly status: number;
  /** True where it gets as far as the desk. */
  readonly isAsked?: boolean;
}

let desk: FakeDesk;
let running: Running;
let token: string;

beforeEach(async () => {
  desk = new FakeDesk();
  running = await startServer({ desk });
  ({ token } = await openClient(running));
});

const HOST = "Host: 127.0.0.1:$PORT";
const TOKEN = "Authorization: Bearer $TOKEN";
const JSON_TYPE = "Content-Type: application/json";
const FRESH = 'If-Match: "q-000000000000.1"';
const DECIDE = "POST /api/items/q-000000000000/decision HTTP/1.1";
const ACCEPT = '{"action":"accept"}';

const REQUESTS: readonly Case[] = [
  // Whom it is for.
  { what: "the page", line: "GET / HTTP/1.1", headers: [HOST], status: 200 },
  { what: "the page by name", line: "GET / HTTP/1.1", headers: ["Host: localhost:$PORT"], status: 200 },
  { what: "a rebound host", line: "GET / HTTP/1.1", headers: ["Host: evil.example:$PORT"], status: 421 },
  {
    what: "a host that begins well",
    line: "GET / HTTP/1.1",
    headers: ["Host: localhost:$PORT.evil.example"],
    status: 421,
  },
  { what: "another port", line: "GET /app.js HTTP/1.1", headers: ["Host: 127.0.0.1:1"], status: 421 },
  { what: "no port", line: "GET /app.js HTTP/1.1", headers: ["Host: 127.0.0.1"], status: 421 },
  { what: "another way to say loopback", line: "GET /app.css HTTP/1.1", headers: ["Host: [::1]:$PORT"], status: 421 },
  { what: "a subdomain of localhost", line: "GET / HTTP/1.1", headers: ["Host: a.localhost:$PORT"], status: 421 },
  { what: "two hosts", line: "GET / HTTP/1.1", headers: [HOST, "Host: evil.example"], status: 421 },
  { what: "the same host twice", line: "GET / HTTP/1.1", headers: [HOST, HOST], status: 421 },
  { what: "no host", line: "GET / HTTP/1.1", headers: [], status: 421 },
  { what: "HTTP/1.0 without host", line: "GET / HTTP/1.0", headers: [], status: 421 },
  { what: "a whole url as target", line: "GET http://127.0.0.1:$PORT/ HTTP/1.1", headers: [HOST], status: 421 },
  { what: "a stranger's url as target", line: "GET http://evil.example/ HTTP/1.1", headers: [HOST], status: 421 },
  // Who is behind it.
  {
    what: "a foreign origin",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, FRESH, "Origin: http://evil.example"],
    body: ACCEPT,
    status: 403,
  },
  {
    what: "an origin of the other name",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, FRESH, "Origin: http://localhost:$PORT"],
    body: ACCEPT,
    status: 403,
  },
  {
    what: "the origin null",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, FRESH, "Origin: null"],
    body: ACCEPT,
    status: 403,
  },
  {
    what: "another site",
    line: "GET /api/queue HTTP/1.1",
    headers: [HOST, TOKEN, "Sec-Fetch-Site: cross-site"],
    status: 403,
  },
  {
    what: "another port of this machine",
    line: "GET /app.js HTTP/1.1",
    headers: [HOST, "Sec-Fetch-Site: same-site"],
    status: 403,
  },
  {
    what: "a link followed to the page",
    line: "GET / HTTP/1.1",
    headers: [HOST, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
    status: 200,
  },
  {
    what: "the page in a frame",
    line: "GET / HTTP/1.1",
    headers: [HOST, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
    status: 403,
  },
  // Who sends it.
  { what: "no token", line: "GET /api/queue HTTP/1.1", headers: [HOST], status: 401 },
  {
    what: "a wrong token",
    line: "GET /api/queue HTTP/1.1",
    headers: [HOST, "Authorization: Bearer wrong"],
    status: 401,
  },
  { what: "the token in the query", line: "GET /api/queue?token=$TOKEN HTTP/1.1", headers: [HOST], status: 401 },
  {
    what: "the token as a cookie",
    line: "GET /api/queue HTTP/1.1",
    headers: [HOST, "Cookie: token=$TOKEN"],
    status: 401,
  },
  { what: "the token twice", line: "GET /api/queue HTTP/1.1", headers: [HOST, TOKEN, TOKEN], status: 401 },
  {
    what: "a launch code that is spent",
    line: "POST /api/session HTTP/1.1",
    headers: [HOST, JSON_TYPE, "X-Launch: $LAUNCH"],
    body: "{}",
    status: 401,
  },
  {
    what: "the token",
    line: "GET /api/queue HTTP/1.1",
    headers: [HOST, TOKEN, "Sec-Fetch-Site: same-origin"],
    status: 200,
  },
  // Where it goes.
  {
    what: "a preflight",
    line: "OPTIONS /api/queue HTTP/1.1",
    headers: [HOST, "Origin: http://127.0.0.1:$PORT", "Access-Control-Request-Method: PUT"],
    status: 405,
  },
  { what: "a question about the server", line: "OPTIONS * HTTP/1.1", headers: [HOST], status: 405 },
  { what: "a change by reading", line: "GET /api/apply HTTP/1.1", headers: [HOST, TOKEN], status: 405 },
  { what: "deleting", line: "DELETE /api/items/q-000000000000 HTTP/1.1", headers: [HOST, TOKEN], status: 405 },
  { what: "a file beside the page", line: "GET /../package.json HTTP/1.1", headers: [HOST], status: 404 },
  { what: "a file by trick", line: "GET /app.js/..%2f..%2fpackage.json HTTP/1.1", headers: [HOST], status: 404 },
  { what: "a file with a trick behind", line: "GET /package.json?raw?? HTTP/1.1", headers: [HOST], status: 404 },
  { what: "a path that is a host", line: "GET //evil.example/ HTTP/1.1", headers: [HOST], status: 404 },
  { what: "an id that is no text", line: "GET /api/items/%ff HTTP/1.1", headers: [HOST, TOKEN], status: 404 },
  {
    what: "an id that nobody gave out",
    line: "GET /api/items/..%2F..%2Fetc%2Fpasswd HTTP/1.1",
    headers: [HOST, TOKEN],
    status: 404,
  },
  // What it says.
  {
    what: "a form",
    line: DECIDE,
    headers: [HOST, TOKEN, "Content-Type: text/plain", FRESH],
    body: ACCEPT,
    status: 415,
  },
  { what: "no type", line: DECIDE, headers: [HOST, TOKEN, FRESH], body: ACCEPT, status: 415 },
  {
    what: "two types",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, "Content-Type: text/plain", FRESH],
    body: ACCEPT,
    status: 415,
  },
  {
    what: "a packed body",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, "Content-Encoding: gzip", FRESH],
    body: ACCEPT,
    status: 415,
  },
  { what: "no If-Match", line: DECIDE, headers: [HOST, TOKEN, JSON_TYPE], body: ACCEPT, status: 428 },
  {
    what: "a stale If-Match",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, 'If-Match: "q-000000000000.0"'],
    body: ACCEPT,
    status: 412,
    isAsked: true,
  },
  { what: "any If-Match", line: DECIDE, headers: [HOST, TOKEN, JSON_TYPE, "If-Match: *"], body: ACCEPT, status: 412 },
  {
    what: "a weak If-Match",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, 'If-Match: W/"q-000000000000.1"'],
    body: ACCEPT,
    status: 412,
  },
  { what: "no JSON", line: DECIDE, headers: [HOST, TOKEN, JSON_TYPE, FRESH], body: "accept", status: 400 },
  {
    what: "another shape",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, FRESH],
    body: '{"action":"accept","path":"/etc"}',
    status: 400,
  },
  { what: "no body", line: DECIDE, headers: [HOST, TOKEN, JSON_TYPE, FRESH, "Content-Length: 0"], status: 400 },
  {
    what: "a name said twice in the query",
    line: "GET /api/items/q-000000000000?blind=1&blind=0 HTTP/1.1",
    headers: [HOST, TOKEN],
    status: 400,
  },
  {
    what: "two lengths",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, FRESH, "Content-Length: 1", "Content-Length: 2"],
    status: 400,
  },
  {
    what: "a decision as it must be",
    line: DECIDE,
    headers: [HOST, TOKEN, JSON_TYPE, FRESH, "Origin: http://127.0.0.1:$PORT"],
    body: ACCEPT,
    status: 200,
    isAsked: true,
  },
];

function filled(text: string): string {
  return text
    .replaceAll("$PORT", running.server.port.toString())
    .replaceAll("$TOKEN", token)
    .replaceAll("$LAUNCH", running.launchCode);
}

describe("what comes over the wire", () => {
  test.for(REQUESTS)("$what gets $status", async ({ line, headers, body, status, isAsked }) => {
    const reply = await rawRequest(running.server.port, filled(requestText(line, headers, body ?? "")));
    expect(reply.status).toBe(status);
    expect(desk.asked).toEqual(isAsked === true ? ["decide q-000000000000"] : []);
  });

  test.for(REQUESTS.filter(({ what }) => what !== "two lengths"))(
    "$what is answered with every defence",
    async (request) => {
      const { line, headers, body } = request;
      const { head } = await rawRequest(running.server.port, filled(requestText(line, headers, body ?? "")));
      const [, ...fields] = head.split("\r\n");
      const defences = fields.filter(
        (field) => !/^(?:content-(?:type|length)|allow|etag|www-authenticate|date|connection|keep-alive):/i.test(field),
      );
      expect(defences).toEqual([
        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-resource-policy: same-origin",
        "cache-control: no-store",
      ]);
    },
  );

  test("a host that hides behind thousands of headers is seen", async () => {
    const many = Array.from({ length: 3_000 }, () => "a:");
    const text = requestText("GET / HTTP/1.1", [HOST, ...many, "Host: evil.example"]);
    expect((await rawRequest(running.server.port, filled(text))).status).toBe(421);
  });

  test("what is no HTTP gets no words of ours, and no more headers are read than fit", async () => {
    const noise = await rawRequest(running.server.port, "\u0016\u0003\u0001 hello\r\n\r\n");
    expect({ status: noise.status, body: noise.body }).toEqual({ status: 400, body: "" });
    const long = await rawRequest(running.server.port, requestText("GET / HTTP/1.1", [`X: ${"x".repeat(20_000)}`]));
    expect({ status: long.status, body: long.body }).toEqual({ status: 431, body: "" });
  });

  test("only this machine is listened to", async () => {
    const elsewhere = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal);
    for (const { address } of elsewhere) {
      await expect(rawRequest(running.server.port, "GET / HTTP/1.1\r\n\r\n", address)).rejects.toThrow("ECONNREFUSED");
    }
    await expect(rawRequest(running.server.port, "GET / HTTP/1.1\r\n\r\n", "127.0.0.2")).rejects.toThrow(
      "ECONNREFUSED",
    );
  });

  test("a body is asked for only where its head is good", async () => {
    const expecting = [HOST, TOKEN, JSON_TYPE, FRESH, "Expect: 100-continue"];
    const good = await rawRequest(running.server.port, filled(requestText(DECIDE, expecting, ACCEPT)));
    expect(good.status).toBe(100);
    expect(good.body).toMatch(/^HTTP\/1\.1 200 /);
    const bad = await rawRequest(
      running.server.port,
      filled(requestText(DECIDE, [...expecting, "Origin: null"], ACCEPT)),
    );
    expect(bad.status).toBe(403);
  });
});
