import { describe, expect, test } from "vitest";
import type { Clock } from "../../src/core/clock.ts";
import { reviewRoutes } from "../../src/web/review-routes.ts";
import { findRoute } from "../../src/web/route.ts";
import { FakeDesk } from "./fake-desk.ts";
import { ManualClock } from "./manual-clock.ts";

const clock: Clock = new ManualClock();
const routes = reviewRoutes(Promise.resolve(new FakeDesk()), clock);

function found(method: string, path: string): unknown {
  const match = findRoute(routes, method, path);
  return match.kind === "found" ? { path: match.route.path, id: match.id } : match;
}

describe("the routes", () => {
  test("are these, and all need the token", () => {
    expect(routes.map(({ method, path, needs }) => `${method} ${path} ${needs}`)).toEqual([
      "GET /api/queue token",
      "GET /api/items/:id token",
      "PUT /api/items/:id/draft token",
      "POST /api/items/:id/decision token",
      "POST /api/batch token",
      "POST /api/apply token",
      "POST /api/undo token",
      "POST /api/render token",
      "GET /api/log token",
      "GET /api/compare token",
      "GET /api/events token",
    ]);
  });

  test("take an id as one segment, decoded once", () => {
    expect(found("GET", "/api/items/q-1")).toEqual({ path: "/api/items/:id", id: "q-1" });
    expect(found("GET", "/api/items/a%2Fb%252F")).toEqual({ path: "/api/items/:id", id: "a/b%2F" });
    expect(found("PUT", "/api/items/q-1/draft")).toEqual({ path: "/api/items/:id/draft", id: "q-1" });
    expect(found("GET", "/api/items/")).toEqual({ kind: "unknown" });
    expect(found("GET", "/api/items/a/b")).toEqual({ kind: "unknown" });
    expect(found("GET", "/api/items/%E0%A4%A")).toEqual({ kind: "unknown" });
  });

  test("are found by the exact path", () => {
    const near = [
      "/api/queue/",
      "//api/queue",
      "/API/queue",
      "/api/./queue",
      "/api%2Fqueue",
      "/api/queue%00",
      "api/queue",
      "",
    ];
    expect(near.map((path) => found("GET", path))).toEqual(near.map(() => ({ kind: "unknown" })));
  });

  test("say which method there is", () => {
    expect(found("DELETE", "/api/items/q-1")).toEqual({ kind: "wrong-method", allowed: ["GET"] });
    expect(found("GET", "/api/undo")).toEqual({ kind: "wrong-method", allowed: ["POST"] });
    expect(found("post", "/api/undo")).toEqual({ kind: "wrong-method", allowed: ["POST"] });
  });
});
