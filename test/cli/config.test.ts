import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/cli/config.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { userErrorOf } from "./user-error-of.ts";

const NAME = "answerkey.config.yaml";

function refusal(text: string | Uint8Array): string {
  const folder = temporaryFolder({ [NAME]: text });
  return userErrorOf(() => loadConfig(folder, undefined)).message.replaceAll(folder, "<project>");
}

describe("the configuration", () => {
  test("is found in a folder above, which is then the project's", () => {
    const root = temporaryFolder({ [NAME]: "fill:\n  model: m\n  max_wait: 5\n  critique: false\n" });
    const folder = join(root, "docs/deep");
    mkdirSync(folder, { recursive: true });
    const { path, root: found, fill } = loadConfig(folder, undefined);
    expect({ path, found, fill }).toEqual({
      path: join(root, NAME),
      found: root,
      fill: { model: "m", maxWait: 5, critique: false },
    });
  });

  test("is not needed, and an empty one is as good as none", () => {
    const folder = temporaryFolder({ "empty.yaml": "" });
    const none = loadConfig(folder, undefined);
    expect({ ...none, banks: undefined }).toEqual({
      root: folder,
      path: undefined,
      fill: {},
      grade: {},
      banks: undefined,
    });
    expect(loadConfig(folder, "empty.yaml").banks).toEqual(none.banks);
  });

  test.each([
    ["an unknown key", "fil: {}\n", ": unknown key fil"],
    [
      "a key that would send the API key elsewhere",
      "fill:\n  base_url: https://elsewhere.test\n",
      ": fill: unknown key base_url",
    ],
    [
      "a value of the wrong kind",
      "fill:\n  concurrency: many\n",
      ": fill: concurrency: expected number, received string",
    ],
    ["a word that is no choice", "fill:\n  tier: fast\n", ": fill: tier: expected one of sync, flex, batch"],
    ["YAML that is none", "fill: [\n", " is not valid YAML: deficient indentation (2:1)"],
    [
      "a tag that would make an object",
      "fill: !!js/function 'x'\n",
      " is not valid YAML: unknown scalar tag !<tag:yaml.org,2002:js/function> (1:7)",
    ],
    ["bytes that are no UTF-8", new Uint8Array([0xff, 0xfe]), " is not UTF-8"],
  ])("%s is refused with file and key", (_name, text, words) => {
    expect(refusal(text)).toBe(`<project>/${NAME}${words}`);
  });

  test("one that is named must be there", () => {
    const folder = temporaryFolder();
    expect(userErrorOf(() => loadConfig(folder, "own.yaml"))).toEqual({
      message: `cannot read ${join(folder, "own.yaml")}: the file or its folder does not exist (ENOENT)`,
      hint: "Check the path.",
      exitCode: 2,
    });
  });
});
