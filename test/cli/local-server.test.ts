import { delay, http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findLocalServer } from "../../src/cli/run/local-server.ts";

const asked: string[] = [];
const server = setupServer();
const PLACES = ["127.0.0.1:11434", "127.0.0.1:1234", "127.0.0.1:8000", "127.0.0.1:8080"];

/** What stands at the four places where local servers usually listen; nothing where none is given. */
function serve(replies: Readonly<Record<string, () => Response | Promise<Response>>>): void {
  server.use(
    ...PLACES.map((place) =>
      http.get(`http://${place}/v1/models`, ({ request }) => {
        asked.push(`${place} ${request.headers.get("authorization") ?? "without a key"}`);
        return replies[place]?.() ?? HttpResponse.error();
      }),
    ),
  );
}

const models =
  (...ids: readonly string[]) =>
  () =>
    HttpResponse.json({ data: ids.map((id) => ({ id })) });

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  server.resetHandlers();
  asked.length = 0;
});
afterAll(() => server.close());

describe("looking for a model server on this machine", () => {
  test("asks the usual places, each once and without a key, and takes the first that has a model", async () => {
    serve({ "127.0.0.1:8080": models("last"), "127.0.0.1:1234": models("small", "large") });
    expect(await findLocalServer()).toMatchObject({
      name: "LM Studio",
      url: "http://127.0.0.1:1234/v1",
      models: ["small", "large"],
    });
    expect(asked.toSorted()).toEqual(PLACES.map((place) => `${place} without a key`).toSorted());
  });

  test("is not taken in by other things that answer there", async () => {
    serve({
      "127.0.0.1:11434": models(),
      "127.0.0.1:1234": () => HttpResponse.text("<html>a web page</html>"),
      "127.0.0.1:8000": () => HttpResponse.json({ data: "none" }),
      "127.0.0.1:8080": () => HttpResponse.redirect("http://elsewhere.test/v1/models", 302),
    });
    expect(await findLocalServer()).toBe(undefined);
  });

  test("does not wait for one that never answers", async () => {
    serve({
      "127.0.0.1:11434": async () => {
        await delay("infinite");
        return HttpResponse.error();
      },
      "127.0.0.1:8000": models("only"),
    });
    expect((await findLocalServer())?.models).toEqual(["only"]);
  });
});
