import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { hashOf } from "../../src/core/hash.ts";
import { MAX_FILE_BYTES, writeFileAtomic, type WriteOptions, type WriteResult } from "../../src/files/atomic-write.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { faultyCalls, systemError, type FaultKind, type FaultyCalls } from "./fault-calls.ts";
import { toldBy } from "../support/user-error.ts";

const OLD = Buffer.from("# Old\r\n".repeat(4000));
const NEW = Buffer.from("# New, and longer\n".repeat(6000));

interface Attempt {
  readonly result: WriteResult | UserError;
  readonly content: Buffer;
  readonly leftovers: readonly string[];
}

function attempt(write: (path: string) => WriteResult, prepare?: (folder: string) => string): Attempt {
  const folder = temporaryFolder({ "bank.md": OLD });
  const path = prepare?.(folder) ?? join(folder, "bank.md");
  const result = outcomeOf(() => write(path));
  const leftovers = readdirSync(folder).filter((name) => name.endsWith(".answerkey-tmp"));
  return { result, content: readFileSync(join(folder, "bank.md")), leftovers };
}

function outcomeOf(write: () => WriteResult): WriteResult | UserError {
  try {
    return write();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function faultAt(at: number, kind: FaultKind): WriteOptions & FaultyCalls {
  return { ...faultyCalls(at, kind, "EIO"), expectedHash: hashOf(OLD) };
}

function linkTo(folder: string): string {
  symlinkSync("bank.md", join(folder, "link.md"));
  return join(folder, "link.md");
}

describe("a write that succeeds", () => {
  test("replaces the whole content and leaves nothing else", () => {
    const { result, content, leftovers } = attempt((path) => writeFileAtomic(path, NEW, { expectedHash: hashOf(OLD) }));
    expect(result).toEqual({ status: "written" });
    expect(content.equals(NEW)).toBe(true);
    expect(leftovers).toEqual([]);
  });

  test("keeps the mode of the file, and gives a new one what it is told", () => {
    const folder = temporaryFolder({ "bank.md": OLD });
    chmodSync(join(folder, "bank.md"), 0o640);
    writeFileAtomic(join(folder, "bank.md"), NEW);
    writeFileAtomic(join(folder, "private.jsonl"), NEW, { newFileMode: 0o600 });
    writeFileAtomic(join(folder, "plain.md"), NEW);
    const modes = ["bank.md", "private.jsonl", "plain.md"].map((name) => statSync(join(folder, name)).mode & 0o7777);
    expect(modes).toEqual([0o640, 0o600, 0o666 & ~process.umask()]);
  });

  test("keeps a symbolic link and writes its target", () => {
    const folder = temporaryFolder({ "real/bank.md": OLD });
    symlinkSync(join("real", "bank.md"), join(folder, "link.md"));
    symlinkSync("link.md", join(folder, "link-to-link.md"));
    writeFileAtomic(join(folder, "link-to-link.md"), NEW);
    expect(readlinkSync(join(folder, "link-to-link.md"))).toBe("link.md");
    expect(lstatSync(join(folder, "real/bank.md")).isFile()).toBe(true);
    expect(readFileSync(join(folder, "real/bank.md")).equals(NEW)).toBe(true);
    expect(readdirSync(join(folder, "real"))).toEqual(["bank.md"]);
  });

  test("takes names that leave no room for a longer temporary name", () => {
    const folder = temporaryFolder();
    const name = `${"ü".repeat(126)}.md`;
    expect(writeFileAtomic(join(folder, name), NEW)).toEqual({ status: "written" });
    expect(readdirSync(folder)).toEqual([name]);
  });

  test("keeps the owner where that is permitted", () => {
    const owners: number[][] = [];
    const { calls } = faultyCalls(-1, "before", "EIO");
    const setOwner = (_descriptor: number, owner: number, group: number): void => {
      owners.push([owner, group]);
      throw systemError("EPERM");
    };
    const facts = (path: string) => ({ ...calls.facts(path), owner: 4711, group: 4712 });
    const { result } = attempt((path) => writeFileAtomic(path, NEW, { calls: { ...calls, facts, setOwner } }));
    expect({ result, owners }).toEqual({ result: { status: "written" }, owners: [[4711, 4712]] });
  });
});

describe("a fault at every call", () => {
  test("the write makes the calls that the promise rests on, in this order", () => {
    const { made, ...rest } = faultAt(-1, "before");
    attempt((path) => writeFileAtomic(path, NEW, rest), linkTo);
    expect(made.join(" ")).toMatchInlineSnapshot(
      `"facts realPath facts checkWritable create write write write setOwner setMode sync close read rename openFolder sync close"`,
    );
  });

  const CALLS = 17;
  const cases = (["before", "after", "kill"] as const).flatMap((kind) =>
    Array.from({ length: CALLS }, (_, at) => ({ kind, at })),
  );

  test.each(cases)("$kind at call $at leaves the old file or the new one, and says what happened", ({ kind, at }) => {
    const { made, ...rest } = faultAt(at, kind);
    const { result, content, leftovers } = attempt((path) => writeFileAtomic(path, NEW, rest), linkTo);
    const isOld = content.equals(OLD);
    expect(isOld || content.equals(NEW)).toBe(true);
    if (result instanceof UserError) {
      expect(isOld).toBe(true);
      expect(result.message).toMatch(/^cannot write .*link\.md: the disk reported an error \(EIO\)/);
      expect(result.hint).toMatch(/^Check the disk|^Remove that file/);
    } else {
      expect(isOld).toBe(false);
      expect(result).toEqual({ status: "written-unconfirmed", reason: "the disk reported an error (EIO)" });
    }
    if (kind !== "kill") expect(leftovers).toEqual([]);
    expect(made.length).toBeGreaterThan(at);
  });

  test("a temporary file that cannot be removed is named", () => {
    const { calls } = faultyCalls(4, "kill", "EIO");
    const create = faultyCalls(-1, "before", "EIO").calls.create;
    const { result, leftovers } = attempt((path) => writeFileAtomic(path, NEW, { calls: { ...calls, create } }));
    expect(leftovers.length).toBe(1);
    expect(result instanceof UserError && result.message.includes(`${leftovers[0]} could not be removed`)).toBe(true);
  });

  test.each([
    ["ENOSPC", "no space left on the disk (ENOSPC)"],
    ["EFBIG", "the file would exceed the size limit of this process (EFBIG)"],
    ["EMFILE", "too many open files (EMFILE)"],
    ["EROFS", "the file system is read-only (EROFS)"],
    ["EACCES", "permission denied (EACCES)"],
    ["EWEIRD", "EWEIRD"],
  ])("%s is told in words", (code, cause) => {
    const { calls } = faultyCalls(2, "before", code);
    const { result } = attempt((path) => writeFileAtomic(path, NEW, { calls }));
    expect(result instanceof UserError && result.message.endsWith(`bank.md: ${cause}`)).toBe(true);
  });
});

describe("a write that is refused", () => {
  test("because the file changed, or is gone, since it was read", () => {
    const folder = temporaryFolder({ "bank.md": "someone else's\n" });
    const path = join(folder, "bank.md");
    const gone = join(folder, "gone.md");
    expect([
      toldBy(() => writeFileAtomic(path, NEW, { expectedHash: hashOf(OLD) })).replace(folder, ""),
      toldBy(() => writeFileAtomic(gone, NEW, { expectedHash: hashOf(OLD) })).replace(folder, ""),
    ]).toMatchInlineSnapshot(`
      [
        "cannot write /bank.md: it was changed by someone else in the meantime | Nothing was written. Run the command again to work from its present content.",
        "cannot write /gone.md: the file or its folder does not exist (ENOENT) | Check the path.",
      ]
    `);
    expect(readdirSync(folder)).toEqual(["bank.md"]);
    expect(readFileSync(path, "utf8")).toBe("someone else's\n");
  });

  test("because of what stands at the path", () => {
    const folder = temporaryFolder({ "read-only.md": OLD, "linked.md": OLD });
    chmodSync(join(folder, "read-only.md"), 0o444);
    linkSync(join(folder, "linked.md"), join(folder, "other.md"));
    symlinkSync("nothing.md", join(folder, "dangling.md"));
    symlinkSync("circle.md", join(folder, "circle.md"));
    mkdirSync(join(folder, "folder.md"));
    const before = readdirSync(folder);
    const names = ["read-only.md", "linked.md", "dangling.md", "circle.md", "folder.md", "none/new.md"];
    expect(names.map((name) => toldBy(() => writeFileAtomic(join(folder, name), NEW)).replaceAll(folder, "")))
      .toMatchInlineSnapshot(`
      [
        "cannot write /read-only.md: it is read-only | Make it writable if it is meant to change (chmod u+w).",
        "cannot write /linked.md: it has 2 hard links, and writing would split them | Replace the hard links by copies or symbolic links.",
        "cannot write /dangling.md: it is a symbolic link to nothing | Remove the link or create its target.",
        "cannot write /circle.md: its symbolic links go round in a circle (ELOOP) | Repair the links.",
        "cannot write /folder.md: it is not a regular file | Name a file.",
        "cannot write /none/new.md: the file or its folder does not exist (ENOENT) | Check the path.",
      ]
    `);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(join(folder, "other.md")).equals(OLD)).toBe(true);
  });

  test("because it is too large", () => {
    const folder = temporaryFolder();
    expect(
      toldBy(() => writeFileAtomic(join(folder, "big.md"), new Uint8Array(MAX_FILE_BYTES + 1))).replace(folder, ""),
    ).toMatchInlineSnapshot(`"cannot write /big.md: it would be larger than 50 MB | Split the file."`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("with control characters in the name made visible", () => {
    const folder = temporaryFolder();
    const path = join(folder, "a\u001B[31m.md");
    writeFileSync(path, OLD, { mode: 0o400 });
    chmodSync(path, 0o400);
    expect(toldBy(() => writeFileAtomic(path, NEW)).replace(folder, "")).toMatchInlineSnapshot(
      `"cannot write /a<U+001B>[31m.md: it is read-only | Make it writable if it is meant to change (chmod u+w)."`,
    );
  });
});
