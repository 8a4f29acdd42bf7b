import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "../../src/review/unified-diff.ts";
import { growthOf } from "../support/growth.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");

/** What `git apply` makes of a file with our patch. */
function patched(path: string, before: Buffer, patch: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "answerkey-diff-"));
  try {
    mkdirSync(join(folder, "bank"));
    if (before.length > 0) writeFileSync(join(folder, path), before);
    writeFileSync(join(folder, "patch"), patch);
    execFileSync("git", ["apply", "--whitespace=nowarn", "patch"], { cwd: folder, stdio: "pipe" });
    return readFileSync(join(folder, path));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a unified diff", () => {
  it("is empty where nothing changed", () => {
    expect(unifiedDiff("bank/a.md", bytes("a\n"), bytes("a\n"))).toBe("");
  });

  it("has three lines of context and joins hunks that touch", () => {
    const before = Array.from({ length: 20 }, (_, at) => `line ${at + 1}\n`);
    const after = before.with(3, "four\n").with(8, "nine\nand more\n").toSpliced(18, 1);
    expect(unifiedDiff("bank/a.md", bytes(before.join("")), bytes(after.join("")))).toMatchInlineSnapshot(`
      "--- a/bank/a.md
      +++ b/bank/a.md
      @@ -1,12 +1,13 @@
       line 1
       line 2
       line 3
      -line 4
      +four
       line 5
       line 6
       line 7
       line 8
      -line 9
      +nine
      +and more
       line 10
       line 11
       line 12
      @@ -16,5 +17,4 @@
       line 16
       line 17
       line 18
      -line 19
       line 20
      "
    `);
  });

  const lines = Array.from({ length: 30 }, (_, at) => `line ${at}`);
  it.each([
    ["LF", `${lines.join("\n")}\n`, `${lines.with(4, "_").with(20, "a\nb\nc").join("\n")}\n`],
    ["CR LF", `${lines.join("\r\n")}\r\n`, `${lines.with(4, "_\r\nx").join("\r\n")}\r\n`],
    ["a BOM", `\uFEFF${lines.join("\n")}\n`, `\uFEFF${lines.with(0, "_").join("\n")}\n`],
    ["no final newline", lines.join("\n"), lines.with(29, "last").join("\n")],
    ["a final newline gained", lines.join("\n"), `${lines.join("\n")}\n`],
    ["a change in the first line and an empty end", "", "a\n\nb"],
    ["mixed line ends", "a\r\nb\nc\r\n", "a\r\nb\nB\r\nc\r\n"],
    ["letters beyond ASCII", "ä\n_\nö\n", "ä\nünd 数据\nö\n"],
  ])("is taken by git: %s", (_name, before, after) => {
    const path = "bank/a.md";
    const patch = unifiedDiff(path, bytes(before), bytes(after));
    expect(patched(path, bytes(before), patch)).toEqual(bytes(after));
  });

  it("quotes a path with blanks and line ends", () => {
    expect(unifiedDiff("bank/a\nb.md", bytes("a\n"), bytes("b\n")).split("\n")[0]).toBe('--- "a/bank/a\\nb.md"');
  });

  it("takes a file of 22,000 lines with 1,000 answers in time in proportion to it", () => {
    const before = Array.from({ length: 22_000 }, (_, at) =>
      at % 22 === 5 ? "_To be filled_\n" : `line ${at % 3000}\n`,
    );
    const after = before.map((line, at) => (at % 22 === 5 ? `Answer ${at}.\n\nMore of ${at}.\n` : line));
    const patch = unifiedDiff("bank/a.md", bytes(before.join("")), bytes(after.join("")));
    const diffOf = (size: number) => () =>
      unifiedDiff("a.md", bytes(before.slice(0, size).join("")), bytes(after.slice(0, size).join("")));
    expect(growthOf(diffOf, 5_500)).toBe("linear");
    expect(patched("bank/a.md", bytes(before.join("")), patch)).toEqual(bytes(after.join("")));
  });
});
