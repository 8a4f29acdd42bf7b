import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readEnvironment } from "../../src/cli/environment.ts";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";

function folderWith(dotenv: string, mode = 0o600): string {
  const folder = temporaryFolder();
  writeFile(join(folder, ".env"), dotenv, mode);
  return folder;
}

describe("key, endpoint and model", () => {
  test("come from the process before .env; blanks count as nothing", async () => {
    const folder = folderWith("OPENAI_API_KEY=from-file\nOPENAI_MODEL=file-model\nOPENAI_BASE_URL=  \n");
    const environment = await readEnvironment(folder, { OPENAI_API_KEY: " from-process ", OPENAI_MODEL: " " });
    expect(environment).toMatchObject({ apiKey: "from-process", model: "file-model", baseUrl: undefined });
  });

  test("a base URL in .env is foreign to a key of the process, and at home with a key beside it", async () => {
    const url = "OPENAI_BASE_URL=https://elsewhere.test/v1\n";
    const foreign = await readEnvironment(folderWith(url), { OPENAI_API_KEY: "k" });
    const own = await readEnvironment(folderWith(`${url}OPENAI_API_KEY=k\n`), {});
    const meant = await readEnvironment(folderWith(url), {
      OPENAI_API_KEY: "k",
      OPENAI_BASE_URL: "https://meant.test/v1",
    });
    expect([foreign.foreignBaseUrl, own.foreignBaseUrl, meant.foreignBaseUrl]).toEqual([true, false, false]);
    expect(meant.baseUrl).toBe("https://meant.test/v1");
  });

  test("a .env that others can read is warned of, without what it holds", async () => {
    const folder = folderWith("OPENAI_API_KEY=secret-words\n");
    expect((await readEnvironment(folder, {})).warnings).toEqual([]);
    chmodSync(join(folder, ".env"), 0o644);
    expect((await readEnvironment(folder, {})).warnings).toEqual([
      `${join(folder, ".env")} can be read by other users; run: chmod 600 .env`,
    ]);
  });
});

test("wishes about colour, CI, plain output and time", async () => {
  const folder = temporaryFolder();
  const read = async (variables: Record<string, string>): Promise<readonly unknown[]> => {
    const { colour, isContinuousIntegration, accessible, fixedTime } = await readEnvironment(folder, variables);
    return [colour, isContinuousIntegration, accessible, fixedTime];
  };
  expect(await read({})).toEqual([undefined, false, false, undefined]);
  expect(await read({ NO_COLOR: "1", FORCE_COLOR: "1" })).toEqual([false, false, false, undefined]);
  expect(await read({ FORCE_COLOR: "0" })).toEqual([false, false, false, undefined]);
  expect(await read({ FORCE_COLOR: "1", CI: "true", ACCESSIBLE: "1", SOURCE_DATE_EPOCH: "1700000000" })).toEqual([
    true,
    true,
    true,
    1_700_000_000_000,
  ]);
  expect(await read({ SOURCE_DATE_EPOCH: "" })).toEqual([undefined, false, false, undefined]);
  expect(await read({ SOURCE_DATE_EPOCH: "soon" })).toEqual([undefined, false, false, undefined]);
});

test("the user's own tools and terminal; never from .env, which comes with a cloned folder", async () => {
  const folder = folderWith("VISUAL=planted\nEDITOR=planted\nREVIEW_DIFF_TOOL=planted\nTERM=dumb\n");
  const read = async (variables: Record<string, string>): Promise<readonly unknown[]> => {
    const { editor, diffTool, terminal } = await readEnvironment(folder, variables);
    return [editor, diffTool, terminal];
  };
  expect(await read({})).toEqual([undefined, undefined, undefined]);
  expect(await read({ EDITOR: "vi", TERM: "xterm", REVIEW_DIFF_TOOL: "delta -s" })).toEqual([
    "vi",
    "delta -s",
    "xterm",
  ]);
  expect(await read({ EDITOR: "vi", VISUAL: "code --wait" })).toEqual(["code --wait", undefined, undefined]);
});
