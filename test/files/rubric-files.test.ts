import { symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { readRubricFiles, type RubricFile } from "../../src/files/rubric-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { toldBy } from "../support/user-error.ts";

const ALL = { named: [], bankPaths: ["q/bank.md"] };

function pathsOf(files: readonly RubricFile[]): readonly string[] {
  return files.map(({ path }) => path);
}

test("rubrics stand beside the banks and above them", () => {
  const root = temporaryFolder({
    "rubrics/z.rubric.yml": "",
    "q/rubrics/b.rubric.yaml": "",
    "q/rubrics/a.rubric.json": "{}",
    "q/rubrics/deep/c.rubric.md": "",
    "q/rubrics/notes.md": "",
    "q/rubrics/d.yaml": "",
    "q/rubrics/.e.rubric.yaml": "",
    "other/rubrics/f.rubric.yaml": "",
  });
  expect(pathsOf(readRubricFiles(root, ALL))).toEqual([
    "q/rubrics/a.rubric.json",
    "q/rubrics/b.rubric.yaml",
    "q/rubrics/deep/c.rubric.md",
    "rubrics/z.rubric.yml",
  ]);
  expect(readRubricFiles(root, { named: [], bankPaths: [] })).toEqual([]);
});

test("what is named is read once, whatever its ending, and nothing else", () => {
  const root = temporaryFolder({
    "q/rubrics/a.rubric.yaml": "a: 1",
    "q/rubrics/b.yaml": "b: 2",
    "q/node_modules/c.rubric.yaml": "",
    "rubrics/d.rubric.yaml": "",
  });
  const named = ["q", "q/rubrics/b.yaml", join(root, "q/rubrics"), "./q/rubrics/a.rubric.yaml"];
  expect(readRubricFiles(root, { named, bankPaths: ["q/bank.md"] })).toEqual([
    { status: "read", path: "q/rubrics/a.rubric.yaml", text: "a: 1", format: "data", data: { a: 1 } },
    { status: "read", path: "q/rubrics/b.yaml", text: "b: 2", format: "data", data: { b: 2 } },
  ]);
});

test("YAML and JSON come as data, markdown as text, all with LF and without a BOM", () => {
  const root = temporaryFolder({
    "rubrics/a.rubric.yaml": "\uFEFFpoints: 1.50\r\non: no\r\n",
    "rubrics/b.rubric.json": '\uFEFF{"points":1.50,\r\n"x":null}',
    "rubrics/c.rubric.md": "# a\r\n",
    "rubrics/d.rubric.yaml": "# nothing\n",
  });
  expect(readRubricFiles(root, { named: [], bankPaths: ["bank.md"] })).toEqual([
    {
      status: "read",
      path: "rubrics/a.rubric.yaml",
      text: "points: 1.50\non: no\n",
      format: "data",
      data: { points: "1.50", on: "no" },
    },
    {
      status: "read",
      path: "rubrics/b.rubric.json",
      text: '{"points":1.50,\n"x":null}',
      format: "data",
      data: { points: 1.5, x: null },
    },
    { status: "read", path: "rubrics/c.rubric.md", text: "# a\n", format: "markdown" },
    { status: "read", path: "rubrics/d.rubric.yaml", text: "# nothing\n", format: "data", data: undefined },
  ]);
});

test("what cannot be read safely is told with its line, and the others are read", () => {
  const bomb = `a: &a [x, x]\n${"b".repeat(3)}: &b [*a, *a]\n`;
  const root = temporaryFolder({
    "rubrics/alias.rubric.yaml": bomb,
    "rubrics/broken.rubric.yaml": "a: 1\nb: [\n",
    "rubrics/bytes.rubric.yaml": Uint8Array.of(0xff, 0x0a),
    "rubrics/code.rubric.yaml": "a: !!js/function 'function () { globalThis.__pwned = 1 }'\n",
    "rubrics/deep.rubric.yaml": `${"[".repeat(200)}${"]".repeat(200)}`,
    "rubrics/json.rubric.json": '{\n  "a": 1\n  "secret": 2\n}\n',
    "rubrics/long.rubric.yaml": `# ${"x".repeat(4 * 1024 * 1024)}`,
    "rubrics/proto.rubric.json": '{"__proto__": {"x": 1}}',
    "rubrics/proto.rubric.yaml": "__proto__: { x: 1 }\n",
    "rubrics/sound.rubric.yaml": "a: 1\n",
    "rubrics/twice.rubric.yaml": "a: 1\na: 2\n",
    "rubrics/two.rubric.yaml": "a: 1\n---\nb: 2\n",
  });
  const files = readRubricFiles(root, { named: [], bankPaths: ["bank.md"] });
  expect(files.map((file) => [file.path, file.status === "read" ? "read" : `${file.line}: ${file.reason}`]))
    .toMatchInlineSnapshot(`
    [
      [
        "rubrics/alias.rubric.yaml",
        "2: aliases exceeded maxAliases (0)",
      ],
      [
        "rubrics/broken.rubric.yaml",
        "3: deficient indentation",
      ],
      [
        "rubrics/bytes.rubric.yaml",
        "1: it is not UTF-8",
      ],
      [
        "rubrics/code.rubric.yaml",
        "1: unknown scalar tag !<tag:yaml.org,2002:js/function>",
      ],
      [
        "rubrics/deep.rubric.yaml",
        "1: nesting exceeded maxDepth (32)",
      ],
      [
        "rubrics/json.rubric.json",
        "3: not JSON",
      ],
      [
        "rubrics/long.rubric.yaml",
        "1: it is longer than 4 MB",
      ],
      [
        "rubrics/proto.rubric.json",
        "1: has a key named "__proto__"",
      ],
      [
        "rubrics/proto.rubric.yaml",
        "1: has a key named "__proto__"",
      ],
      [
        "rubrics/sound.rubric.yaml",
        "read",
      ],
      [
        "rubrics/twice.rubric.yaml",
        "2: duplicated mapping key",
      ],
      [
        "rubrics/two.rubric.yaml",
        "1: more than one document",
      ],
    ]
  `);
});

test("nothing outside the project is read", () => {
  const outside = temporaryFolder({ "secret.rubric.yaml": "a: 1", "rubrics/x.rubric.yaml": "" });
  const root = temporaryFolder({ "q/rubrics/a.rubric.yaml": "" });
  symlinkSync(join(outside, "secret.rubric.yaml"), join(root, "q/rubrics/link.rubric.yaml"));
  symlinkSync(join(outside, "rubrics"), join(root, "rubrics"));
  const told = [
    () => readRubricFiles(root, { named: [], bankPaths: ["bank.md"] }),
    () => readRubricFiles(root, { named: ["q"], bankPaths: [] }),
    () => readRubricFiles(root, { named: [outside], bankPaths: [] }),
    () => readRubricFiles(root, { named: ["none.rubric.yaml"], bankPaths: [] }),
  ].map((read) => toldBy(read).replaceAll(root, "ROOT").replaceAll(basename(outside), "OUTSIDE"));
  expect(told).toMatchInlineSnapshot(`
    [
      "rubrics is not used as a path: a symbolic link leads out of the project | Name a file or folder below the project folder.",
      "q/rubrics/link.rubric.yaml is not used as a path: a symbolic link leads out of the project | Name a file or folder below the project folder.",
      "../OUTSIDE is not used as a path: it goes up with ".." | Name a file or folder below the project folder.",
      "cannot read ROOT/none.rubric.yaml: the file or its folder does not exist (ENOENT) | Check the path.",
    ]
  `);
});
