import { expect, test } from "vitest";
import { listedModels } from "../../src/cli/run/listed-models.ts";

test("reads what an endpoint lists, also where it lists nothing, and nothing else", async () => {
  const replies = ['{"data":[{"id":"small"},{"id":"large"}]}', '{"data":[]}', "<html>", '{"data":"none"}', ""];
  expect(await Promise.all(replies.map((text) => listedModels(new Response(text))))).toEqual([
    ["small", "large"],
    [],
    undefined,
    undefined,
    undefined,
  ]);
});

test("stops reading what never ends", async () => {
  const blanks = new Uint8Array(1024 * 1024).fill(32);
  let sent = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      sent += 1;
      controller.enqueue(blanks);
      if (sent > 100) controller.error(new Error("still read"));
    },
  });
  expect(await listedModels(new Response(endless))).toBe(undefined);
});

test("a reply that breaks off is no list that could not be read", async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("broke off")) });
  await expect(listedModels(new Response(broken))).rejects.toThrow("broke off");
});
