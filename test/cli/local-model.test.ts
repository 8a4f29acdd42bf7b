import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { loadLlamaPackage } from "../../src/llm/llama-package.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { filesOf, temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const isInstalled = await loadLlamaPackage().then(
  () => true,
  () => false,
);

test("what stands in the way of a local model is told before a run begins", async () => {
  const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(1), "notes.gguf": "# Notes" });
  const told = async (...args: readonly string[]): Promise<string> => {
    const { code, err } = await runInProcess(["fill", "--provider", "local", ...args], { cwd });
    return `${code} ${err}`;
  };
  expect(await told()).toContain("2 error: --provider local needs a model file");
  expect(await told("--model", join(cwd, "none.gguf"))).toContain("none.gguf that can be read");
  expect(await told("--model", join(cwd, "notes.gguf"))).toContain("notes.gguf is no GGUF file");
  expect(await told("--model", "x.gguf", "--engine", "queue")).toContain("answers in the process that loaded it");
  expect(Object.keys(filesOf(cwd)).filter((path) => path.startsWith("outputs"))).toEqual([]);
});

test.skipIf(isInstalled)("without the package, the command that installs it", async () => {
  const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(1) });
  const model = writeTinyModel(join(cwd, "tiny.gguf"));
  const { code, err } = await runInProcess(["fill", "--provider", "local", "--model", model], { cwd });
  expect({ code, err }).toEqual({
    code: 2,
    err: "error: --provider local needs the package node-llama-cpp\n  install it beside answerkey: npm install node-llama-cpp@3\n",
  });
});

const summary = z.object({ run: z.string(), failed: z.array(z.object({ status: z.string() })) });

test.skipIf(!isInstalled)(
  "noise fills nothing: each item fails, with its tokens counted, for nothing",
  async () => {
    const cwd = temporaryFolder({ "questions/parts.md": unfilledBank(1) });
    const model = writeTinyModel(join(cwd, "tiny.gguf"));
    const asked = ["fill", "--provider", "local", "--model", model, "--json", "--quiet"];
    const { code, out } = await runInProcess(asked, { cwd });
    const ended: unknown = JSON.parse(out);
    expect({ code, ended }).toMatchObject({ code: 1, ended: { cost_usd: 0, proposals: { written: 0 } } });
    const { run, failed } = summary.parse(ended);
    expect(failed.length).toBe(1);
    expect(failed.every(({ status }) => status === "truncated" || status === "invalid")).toBe(true);
    const kept = readFileSync(join(cwd, "outputs/runs", run, "request.json"), "utf8");
    expect(kept).not.toContain("tiny.gguf");
  },
  60_000,
);
