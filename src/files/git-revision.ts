import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../core/errors.ts";
import { visibleLine } from "../core/sanitise.ts";

/** The files of a project as they were in one commit. */
export interface GitRevision {
  /** As it was named. */
  readonly name: string;
  /** 40 or 64 hex digits. */
  readonly commit: string;
  /** Plain files, by path relative to the project's root, with forward slashes. */
  readonly files: ReadonlyMap<string, GitBlob>;
  /** Contents in the order of the blobs. */
  read(blobs: readonly GitBlob[]): Promise<readonly Uint8Array[]>;
}

export interface GitBlob {
  readonly object: string;
}

/** No option, no blank, no control character: a name, a hash, `HEAD~3`, `main@{1}`, `v2^`. */
const NAME = /^(?!-)[\p{L}\p{N}_@./+^~{}:-]{1,200}$/u;
const OBJECT = /^[0-9a-f]{40,64}$/;
const ENTRY = /^100\d{3} blob ([0-9a-f]{40,64})\t(.+)$/s;
const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * Reads what git has of a project under a revision. Git is started without a shell, and with everything off that a
 * repository could make it run or fetch.
 *
 * @param root absolute; may be a folder inside a repository.
 * @throws UserError for a name that is none or that git does not know, and where there is no repository.
 */
export async function openGitRevision(root: string, name: string): Promise<GitRevision> {
  if (!NAME.test(name)) {
    throw new UserError(`${visibleLine(name)} is not the name of a git revision`, {
      hint: "a branch, a tag, a commit, or as in HEAD~3",
    });
  }
  const prefix = (await git(root, ["rev-parse", "--show-prefix"])).toString().replace(/\n$/, "");
  const commit = await commitOf(root, name);
  const listing = (await git(root, ["ls-tree", "-r", "-z", "--full-tree", commit])).toString();
  return {
    name,
    commit,
    files: new Map(listing.split("\0").flatMap((entry) => fileIn(entry, prefix))),
    read: async (blobs) => contentsOf(await git(root, ["cat-file", "--batch"], objectsOf(blobs)), blobs.length),
  };
}

async function commitOf(root: string, name: string): Promise<string> {
  const asked = ["cat-file", "--batch-check"];
  const [commit = "", type] = (await git(root, asked, `${name}^{commit}\n`)).toString().split(/\s/);
  if (type === "commit" && OBJECT.test(commit)) return commit;
  throw new UserError(`git does not know the revision ${visibleLine(name)}`, {
    hint: "git log --oneline shows what there is; a shallow clone has little",
  });
}

function fileIn(entry: string, prefix: string): readonly (readonly [string, GitBlob])[] {
  const [, object, path] = ENTRY.exec(entry) ?? [];
  if (object === undefined || path === undefined || !path.startsWith(prefix)) return [];
  return [[path.slice(prefix.length), { object }]];
}

function objectsOf(blobs: readonly GitBlob[]): string {
  return blobs.map(({ object }) => `${object}\n`).join("");
}

/** `<object> blob <size>`, a line feed, the bytes, a line feed; and again. */
function contentsOf(output: Buffer, count: number): readonly Uint8Array[] {
  const contents: Uint8Array[] = [];
  let at = 0;
  while (contents.length < count) {
    const end = output.indexOf("\n", at);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(output.toString("latin1", at, Math.max(at, end)))?.[1] ?? NaN);
    if (end === -1 || Number.isNaN(size))
      throw new UserError("git does not have all the files of that revision", {
        hint: "fetch them first: a shallow or partial clone may lack them",
      });
    contents.push(new Uint8Array(output.subarray(end + 1, end + 1 + size)));
    at = end + 1 + size + 1;
  }
  return contents;
}

// A cloned repository may ask git to run a monitor, or to fetch over a command of its choice what it lacks.
const QUIET = ["--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never"];

async function git(root: string, args: readonly string[], input = ""): Promise<Buffer> {
  const options = { cwd: root, encoding: "buffer", maxBuffer: MOST_BYTES } as const;
  try {
    const running = promisify(execFile)("git", [...QUIET, ...args], options);
    // Git may have ended without reading; how it ended says why.
    running.child.stdin?.on("error", () => {}).end(input);
    return (await running).stdout;
  } catch (error) {
    throw gitError(error);
  }
}

function gitError(error: unknown): UserError {
  const [code, stderr] = error instanceof Error ? [valueOf(error, "code"), valueOf(error, "stderr")] : [];
  if (code === "ENOENT") return new UserError("there is no git here", { hint: "install git, or do without --since" });
  const said = stderr instanceof Uint8Array ? visibleLine(new TextDecoder().decode(stderr)).slice(0, 300) : "";
  return new UserError(said === "" ? "git failed" : `git: ${said}`, { cause: error });
}

function valueOf(error: Error, name: string): unknown {
  return Object.entries(error).find(([key]) => key === name)?.[1];
}
