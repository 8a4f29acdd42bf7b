import { symlinkSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { isInside, resolveInside } from "../../src/files/safe-path.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { messageOf } from "../support/user-error.ts";

describe("a path from outside", () => {
  test.each([
    ["../../etc/passwd", 'it goes up with ".."'],
    ["x/../../y.md", 'it goes up with ".."'],
    ["x/../y.md", 'it goes up with ".."'],
    ["..", 'it goes up with ".."'],
    ["/etc/shadow", "it is not relative to the project"],
    ["c:/windows", "it is not relative to the project"],
    ["C:evil", "it is not relative to the project"],
    ["..\\..\\x", "it holds a control character or a backslash"],
    ["\\\\host\\share", "it holds a control character or a backslash"],
    ["a\0.md", "it holds a control character or a backslash"],
    ["a\n.md", "it holds a control character or a backslash"],
    ["CON", "it holds a name that is reserved on some systems"],
    ["con:ads", "it holds a name that is reserved on some systems"],
    ["notes/nul.md", "it holds a name that is reserved on some systems"],
    ["LPT1.txt", "it holds a name that is reserved on some systems"],
    ["a".repeat(300), "it holds a name that is too long"],
    ["ü".repeat(128), "it holds a name that is too long"],
    ["", "it is empty"],
  ])("%j is refused", (path, fault) => {
    const root = temporaryFolder();
    expect(messageOf(() => resolveInside(root, path))).toMatch(new RegExp(` is not used as a path: ${fault}$`));
  });

  test.each([
    "-rf",
    "constructor",
    "__proto__",
    "a..b.md",
    "...",
    "console.md",
    "Part 3: locks.md",
    "ü/ñ.md",
    ".hidden",
    "~",
    "$HOME",
  ])("%j is a name like any other, below the root", (path) => {
    const root = temporaryFolder();
    expect(resolveInside(root, path)).toBe(join(root, path));
  });

  test("ends below the root whatever it is", () => {
    const root = temporaryFolder({ "a/b.md": "" });
    const outside = temporaryFolder();
    symlinkSync(outside, join(root, "link"));
    const part = fc.oneof(
      fc.constantFrom("..", ".", "", "a", "b.md", "link", "con", "\0", "\\"),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const path = parts.join("/");
        const result = ((): string | undefined => {
          try {
            return resolveInside(root, path);
          } catch (error) {
            if (error instanceof UserError) return undefined;
            throw error;
          }
        })();
        if (result !== undefined)
          expect([isInside(root, result), isInside(join(root, "link"), result)]).toEqual([true, false]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("symbolic links", () => {
  test("may lead elsewhere below the root and not out of it", () => {
    const outside = temporaryFolder({ "secret.md": "secret" });
    const root = temporaryFolder({ "real/bank.md": "" });
    const link = (target: string, name: string): void => symlinkSync(target, join(root, name));
    link("real", "inner");
    link("real/bank.md", "inner.md");
    link(join(outside, "secret.md"), "outer.md");
    link(outside, "outer");
    link("nothing.md", "dangling.md");
    link("circle", "circle");
    const paths = [
      "inner/bank.md",
      "inner/new.md",
      "inner.md",
      "outer.md",
      "outer/secret.md",
      "outer/new/new.md",
      "dangling.md",
      "circle/x.md",
    ];
    expect(paths.map((path) => messageOf(() => resolveInside(root, path)).replace(root, ""))).toMatchInlineSnapshot(`
      [
        "nothing was thrown",
        "nothing was thrown",
        "nothing was thrown",
        "outer.md is not used as a path: a symbolic link leads out of the project",
        "outer/secret.md is not used as a path: a symbolic link leads out of the project",
        "outer/new/new.md is not used as a path: a symbolic link leads out of the project",
        "dangling.md is not used as a path: it is a symbolic link to nothing",
        "cannot follow /circle/x.md: its symbolic links go round in a circle (ELOOP)",
      ]
    `);
  });

  test("may lead anywhere where the user named that very file", () => {
    const outside = temporaryFolder({ "bank.md": "" });
    const root = temporaryFolder();
    symlinkSync(join(outside, "bank.md"), join(root, "bank.md"));
    symlinkSync(join(outside, "bank.md"), join(root, "other.md"));
    const named = new Set([join(root, "bank.md")]);
    expect(resolveInside(root, "bank.md", named)).toBe(join(root, "bank.md"));
    expect(messageOf(() => resolveInside(root, "other.md", named))).toMatch(/leads out of the project$/);
  });

  test("in the root's own path are of no account", () => {
    const real = temporaryFolder({ "project/a.md": "" });
    symlinkSync(join(real, "project"), join(real, "link"));
    expect(resolveInside(join(real, "link"), "a.md")).toBe(join(real, "project/a.md"));
    expect(messageOf(() => resolveInside(join(real, "none"), "a.md"))).toMatch(/^cannot open the project folder/);
  });
});

test("a folder's name is no prefix of its neighbour", () => {
  expect([
    isInside("/a/b", "/a/b"),
    isInside("/a/b", "/a/b/..c"),
    isInside("/a/b", "/a/bc"),
    isInside("/a/b", "/a"),
  ]).toEqual([true, true, false, false]);
});
