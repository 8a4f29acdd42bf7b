import { expect, onTestFinished, test } from "vitest";
import { directTier, timeoutMs } from "../../src/cli/run/model-options.ts";
import { openAiProvider } from "../../src/llm/openai.ts";
import { countStatuses, modelRig, questions } from "../support/model-rig.ts";
import { errorReply, reply, startModelServer } from "../support/model-server.ts";

test("flex: what is turned away for want of capacity is sent again until there is some", async () => {
  const server = await startModelServer(({ attempt }) =>
    attempt <= 5 ? errorReply(429, { code: "resource_unavailable" }) : reply('{"answer":"yes"}'),
  );
  onTestFinished(() => server.close());
  const provider = openAiProvider({ model: "m", baseUrl: server.url, tier: "flex" });
  expect(countStatuses(await modelRig({ provider, ceiling: 2 }).runAll(questions(3)))).toEqual({ ok: 3 });
  expect(new Set(server.requests.map(({ body }) => body["service_tier"]))).toEqual(new Set(["flex"]));
});

test("flex waits three times as long for a reply, unless told how long", () => {
  expect(timeoutMs({ tier: "sync" })).toBe(600_000);
  expect(timeoutMs({ tier: "flex" })).toBe(1_800_000);
  expect(timeoutMs({ tier: "flex", timeout: 30 })).toBe(30_000);
  expect([directTier({ tier: "batch" }), directTier({ tier: "batch", finish: "flex" })]).toEqual(["sync", "flex"]);
});
