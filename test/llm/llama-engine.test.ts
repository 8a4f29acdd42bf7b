import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openLlamaEngine } from "../../src/llm/llama-engine.ts";
import { loadLlamaPackage, type LlamaPackage } from "../../src/llm/llama-package.ts";
import type { LocalEngine } from "../../src/llm/local-engine.ts";
import { localProvider } from "../../src/llm/local.ts";
import { NO_CHARGE } from "../../src/llm/prices.ts";
import type { Outcome } from "../../src/core/outcome.ts";
import type { Task } from "../../src/core/task.ts";
import { modelRig } from "../support/model-rig.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

// An optional peer of a hundred megabytes: these tests run where it is installed, as by `npm install --no-save node-llama-cpp@3`.
const llama: LlamaPackage | undefined = await loadLlamaPackage().catch((): undefined => undefined);

const schema = z.object({
  level: z.enum(["none", "some", "all"]),
  sure: z.boolean(),
  mark: z.int().min(0).max(5),
  tags: z
    .array(z.enum(["a", "b"]))
    .min(1)
    .max(3),
});
type Reply = z.infer<typeof schema>;

const task = (question: string, more: Partial<Task<Reply>> = {}): Task<Reply> => ({
  name: "draft",
  input: {},
  messages: [
    { role: "system", content: "Mark the answer." },
    { role: "user", content: question },
  ],
  schema,
  maxOutputTokens: 400,
  sampling: {},
  sample: 0,
  ...more,
});

function valueOf(outcome: Outcome<unknown>): string {
  return outcome.status === "ok" ? JSON.stringify(outcome.value) : outcome.status;
}

describe.skipIf(llama === undefined)("a model of noise in this process", () => {
  const { signal } = new AbortController();
  const folder = mkdtempSync(join(tmpdir(), "answerkey-model-"));
  let engine: LocalEngine | undefined;
  const open = (): Promise<LocalEngine> =>
    engine === undefined ? Promise.reject(new Error()) : Promise.resolve(engine);
  const rigOf = () => modelRig({ provider: localProvider({ model: "tiny", open }), price: NO_CHARGE });

  const ask = (question: string, sampling = {}): Promise<Outcome<Reply>> =>
    rigOf().model.run(task(question, { sampling }), signal);

  beforeAll(async () => {
    const path = writeTinyModel(join(folder, "tiny.gguf"), { contextTokens: 1_024 });
    engine = llama && (await openLlamaEngine(llama, { path, contexts: 2 }));
  });
  afterAll(async () => {
    await engine?.close();
    rmSync(folder, { recursive: true });
  });

  test("40 of 40 replies fit; they differ, and the same request is answered the same", async () => {
    const written = new Set<string>();
    for (let number = 0; number < 40; number += 1) {
      const outcome = await ask(`Question ${number}?`, { temperature: 1 });
      expect(outcome).toMatchObject({ status: "ok", receipt: { attempts: 1, cost: { kind: "known", usd: 0 } } });
      written.add(valueOf(outcome));
    }
    expect(written.size).toBeGreaterThan(10);
    expect(valueOf(await ask("Why?"))).toBe(valueOf(await ask("Why?")));
  });

  test("a string that noise would never end is found too long, not shut and taken for whole", async () => {
    const bounded = z.object({ name: z.string().max(20) });
    const asked = { ...task("Who?", { sampling: { temperature: 1 } }), schema: bounded };
    const outcome = await rigOf().model.run(asked, signal);
    expect(outcome).toMatchObject({ status: "invalid", issues: expect.stringContaining("<=20 characters") });
  });

  test("a reply cut by its limit is truncated", async () => {
    const outcome = await rigOf().model.run(task("Why?", { maxOutputTokens: 5 }), signal);
    expect(outcome.status).toBe("truncated");
  });

  test("a prompt and a reply that fill the context between them: the beginning is never forgotten", async () => {
    const long = z.object({ text: z.string() });
    const asked: Task<z.infer<typeof long>> = { ...task("w".repeat(700)), schema: long, maxOutputTokens: 4_000 };
    const outcome = await rigOf().model.run(asked, signal);
    expect(["ok", "truncated"]).toContain(outcome.status);
    expect(await rigOf().model.run(task("w".repeat(2_000)), signal)).toMatchObject({
      status: "api_error",
      failure: { code: "context_length_exceeded" },
    });
  });

  test("an abort ends it at once; the next is answered", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    const long: Task<{ text: string }> = {
      ...task("Go on."),
      schema: z.object({ text: z.string().min(900) }),
      maxOutputTokens: 900,
    };
    const began = performance.now();
    expect(await rigOf().model.run(long, abort.signal)).toMatchObject({ status: "cancelled" });
    expect(performance.now() - began).toBeLessThan(2_000);
    const next = await Promise.all(["A?", "B?", "C?"].map((each) => rigOf().model.run(task(each), signal)));
    expect(next.every(({ status }) => status === "ok" || status === "invalid")).toBe(true);
  });
});

test.skipIf(llama !== undefined)("without the package its installation is named", async () => {
  await expect(loadLlamaPackage()).rejects.toMatchObject({
    message: "--provider local needs the package node-llama-cpp",
    hint: "install it beside answerkey: npm install node-llama-cpp@3",
  });
});
