import { join } from "node:path";
import { expect, test } from "vitest";
import { readPromptFile } from "../../src/files/prompt-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { toldBy } from "../support/user-error.ts";

const PROMPT =
  "---\ntask: draft\nversion: 2\nmax_output_tokens: 900\n---\n\n# System\n\nWrite.\n\n# User\n\n{{ question | data }}\n";

test("the user's prompt comes before the packaged one", () => {
  const own = temporaryFolder({ "draft.md": PROMPT.replace("Write.", "Write well.") });
  const packaged = temporaryFolder({ "draft.md": PROMPT, "critique.md": PROMPT.replace("draft", "critique") });
  const folders = [join(own, "none"), own, packaged];
  expect(readPromptFile("draft", folders).body).toBe("\n# System\n\nWrite well.\n\n# User\n\n{{ question | data }}\n");
  expect(readPromptFile("critique", folders)).toEqual({
    path: join(packaged, "critique.md"),
    text: PROMPT.replace("draft", "critique"),
    frontMatter: { task: "critique", version: 2, max_output_tokens: 900 },
    body: "\n# System\n\nWrite.\n\n# User\n\n{{ question | data }}\n",
  });
});

test("a prompt is the same text on every system", () => {
  const folder = temporaryFolder({ "draft.md": `\uFEFF${PROMPT.replaceAll("\n", "\r\n")}` });
  expect(readPromptFile("draft", [folder])).toMatchObject({ text: PROMPT, frontMatter: { version: 2 } });
});

test("what is wrong is told with file and line", () => {
  const folder = temporaryFolder({
    "none.md": "# System\n",
    "open.md": "---\ntask: open\n",
    "yaml.md": "---\ntask: yaml\nversion: [\n---\n",
    "code.md": "---js\nglobalThis.__pwned = 1\n---\n",
    "other.md": "---\nversion: 1\ntask: draft\n---\n",
    "bytes.md": Uint8Array.of(0xff),
    "folder.md/x": "",
  });
  const tasks = ["missing", "none", "open", "yaml", "code", "other", "bytes", "folder"];
  expect(tasks.map((task) => toldBy(() => readPromptFile(task, [folder])).replaceAll(folder, "")))
    .toMatchInlineSnapshot(`
      [
        "there is no prompt missing.md in  | The package is not whole; install it again.",
        "/none.md:1: the prompt has no front matter | Compare the file with the packaged prompt of that name.",
        "/open.md:1: front matter is not closed | Compare the file with the packaged prompt of that name.",
        "/yaml.md:3: unexpected end of the stream within a flow collection | Compare the file with the packaged prompt of that name.",
        "/code.md:1: front matter in js is not read, only YAML | Compare the file with the packaged prompt of that name.",
        "/other.md:3: the prompt's task is not other | Compare the file with the packaged prompt of that name.",
        "/bytes.md:1: the prompt is not UTF-8 | Compare the file with the packaged prompt of that name.",
        "cannot read /folder.md: it is not a regular file | undefined",
      ]
    `);
  expect(() => readPromptFile("../draft", [folder])).toThrow(RangeError);
});
