import { spawn, spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { draftingProject, type DraftingProject } from "./drafting-project.ts";

const BIN = resolve(import.meta.dirname, "../../dist/bin.js");

// Python's standard library has what Node's lacks: a pseudo-terminal. It types each key when a prompt waits for it.
const TYPIST = `
import json, os, pty, re, select, sys, time
keys, command = json.loads(sys.argv[1]), json.loads(sys.argv[2])
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
seen, typed, deadline = "", 0, time.time() + 20
while time.time() < deadline:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk.decode("utf-8", "replace")
    if typed < len(keys) and len(re.findall("q quit[^>\\r\\n]* > |why [^?\\r\\n]*\\? ", seen)) > typed:
        os.write(terminal, (keys[typed] + "\\n").encode())
        typed += 1
_, status = os.waitpid(child, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "typed": typed, "seen": seen}))
`;

const hasPython = spawnSync("python3", ["-c", "import pty"]).status === 0;

interface Session {
  readonly code: number;
  readonly typed: number;
  readonly seen: string;
}

/** Runs `review` on a terminal and types the lines given, one at each prompt. */
async function walk({ cwd }: DraftingProject, keys: readonly string[]): Promise<Session> {
  const command = JSON.stringify([process.execPath, BIN, "review"]);
  const child = spawn("python3", ["-c", TYPIST, JSON.stringify(keys), command], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, NO_COLOR: "1", TERM: "xterm" },
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
  await new Promise((resolved) => child.on("close", resolved));
  const session: Session = JSON.parse(out);
  return session;
}

async function statuses(project: DraftingProject): Promise<readonly string[]> {
  const { out } = await project.run("review", "list", "--json");
  const report: { items: { status: string }[] } = JSON.parse(out);
  return report.items.map(({ status }) => status);
}

test.skipIf(!hasPython)("on a terminal Enter alone decides nothing; a, r, s, u and q do what they say", async () => {
  const project = await draftingProject({ questions: 4 });
  await project.run("fill");
  const idle = await walk(project, ["", "", "x", "q"]);
  expect({ code: idle.code, typed: idle.typed, statuses: await statuses(project) }).toEqual({
    code: 1,
    typed: 4,
    statuses: ["pending", "pending", "pending", "pending"],
  });
  expect(idle.seen).toContain("0 decisions saved, 4 left");

  // Accept, reject with a reason, take that back, skip it, accept the third, leave.
  const session = await walk(project, ["a", "r", "not ours", "u", "s", "a", "q"]);
  expect({ code: session.code, typed: session.typed }).toEqual({ code: 1, typed: 7 });
  expect(session.seen).toContain("2 decisions saved, 2 left");
  expect((await statuses(project)).toSorted()).toEqual(["accepted", "accepted", "pending", "pending"]);
  const check = await project.run("review", "check");
  expect(check.out).toContain("decision log: 4 decisions, chain whole");

  const last = await walk(project, ["r", "", "r", "twice"]);
  expect({ code: last.code, statuses: (await statuses(project)).toSorted() }).toEqual({
    code: 0,
    statuses: ["accepted", "accepted", "rejected", "rejected"],
  });
});
