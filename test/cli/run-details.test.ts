import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { goodReply, questionIn } from "../support/model-replies.ts";
import { errorReply, startModelServer, type Seen } from "../support/model-server.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("a run explains itself afterwards: whom it asked, how it was set, what came back, why an item failed", async () => {
  const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(3) });
  const questions: string[] = [];
  const server = await startModelServer((seen: Seen) => {
    const question = questionIn(seen);
    if (!questions.includes(question)) questions.push(question);
    if (question === questions[0]) return errorReply(400, { code: "odd_request" });
    if (question === questions[1] && seen.attempt === 1) return errorReply(503, { code: "busy" });
    return goodReply(seen);
  });
  onTestFinished(() => server.close());
  const asked = ["fill", "--base-url", server.url, "--model", "test-model", "--no-critique", "--rpm", "6000"];
  expect((await runInProcess(asked, { cwd })).code).toBe(1);
  const [id = ""] = readdirSync(join(cwd, "outputs/runs"));
  const { out } = await runInProcess(["runs", "show", id, "--json"], { cwd });
  const shown: unknown = JSON.parse(out);
  expect(shown).toMatchObject({
    run: {
      id,
      command: "fill",
      state: "done",
      provider: "openai",
      endpoint: server.url,
      model: "test-model",
      sessions: 1,
      settings: {
        critique: false,
        rpm: 6e3,
      },
      replies: {
        ok: 2,
        busy: 1,
        odd_request: 1,
      },
      retries: 1,
      outcomes: {
        ok: 2,
        api_error: 1,
      },
      failures: [
        {
          status: "api_error",
          items: 1,
        },
      ],
    },
  });
  const words = (await runInProcess(["runs", "show", id], { cwd })).out;
  expect(words).toContain(`  asked test-model at ${server.url}\n`);
  expect(words).toContain("critique false");
  expect(words).toContain("; 1 of them sent again\n");
  expect(words).toMatch(/\n {2}1 item api_error: .+ \(q-[0-9a-f]{12}\)\n/);
});
