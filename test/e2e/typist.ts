import { spawn, spawnSync } from "node:child_process";
import { onTestFinished } from "vitest";

/** What is done at the terminal, once something is to be seen there since the step before. */
export interface TypistStep {
  /** A regular expression of Python's over what the terminal was sent. */
  readonly see: string;
  readonly type?: string;
  /** Before that, for a key that is pressed twice and not held. */
  readonly pauseMs?: number;
  readonly resize?: readonly [rows: number, columns: number];
  readonly signal?: "SIGTERM" | "SIGINT" | "SIGCONT";
}

export interface TypistResult {
  /** Exit code; negative the number of the signal that ended it. */
  readonly code: number;
  /** What the terminal was sent before each step, and after the last. */
  readonly chunks: readonly string[];
  /** True where the modes of the terminal are what they were before. */
  readonly isRestored: boolean;
}

export interface TypistTask {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly size?: readonly [rows: number, columns: number];
  readonly steps: readonly TypistStep[];
}

// Python's standard library has what Node's lacks: a pseudo-terminal.
const TYPIST = `
import fcntl, json, os, re, select, signal, struct, sys, termios, time
task = json.loads(sys.argv[1])
leader, follower = os.openpty()
def resize(rows, columns):
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
resize(*task["size"])
before = termios.tcgetattr(follower)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(follower, termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(follower, number)
    os.closerange(3, 64)
    os.execvp(task["command"][0], task["command"])
seen, chunks, status, missed = b"", [], None, None
def read(seconds):
    global seen
    ready, _, _ = select.select([leader], [], [], seconds)
    if ready:
        seen += os.read(leader, 65536)
    return bool(ready)
def ended():
    global status
    if status is None:
        pid, code = os.waitpid(child, os.WNOHANG)
        status = code if pid else None
    return status is not None
for at, step in enumerate(task["steps"]):
    wanted, deadline = re.compile(step["see"].encode()), time.time() + 30
    while not wanted.search(seen) and time.time() < deadline and not ended():
        read(0.05)
    while read(0.03):
        pass
    chunks.append(seen.decode("utf-8", "replace"))
    if not wanted.search(seen):
        missed = at
        break
    seen = b""
    time.sleep(step.get("pauseMs", 0) / 1000)
    if "type" in step:
        os.write(leader, step["type"].encode())
    if "resize" in step:
        resize(*step["resize"])
    if "signal" in step:
        os.kill(child, getattr(signal, step["signal"]))
deadline = time.time() + 20
while not ended() and time.time() < deadline:
    read(0.05)
while read(0.05):
    pass
if not ended():
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
chunks.append(seen.decode("utf-8", "replace"))
restored = before[:4] == termios.tcgetattr(follower)[:4]
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "chunks": chunks, "isRestored": restored, "missed": missed}))
`;

/** False where there is no Python to make a terminal with. */
export const hasTerminal = spawnSync("python3", ["-c", "import os; os.openpty()"]).status === 0;

/**
 * Runs a command on a terminal of its own and types as told.
 * @throws Error telling what was to be seen instead, where a step waits in vain.
 */
export async function typeAt({ command, cwd, env = {}, size = [24, 80], steps }: TypistTask): Promise<TypistResult> {
  const child = spawn("python3", ["-c", TYPIST, JSON.stringify({ command, size, steps })], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, TERM: "xterm-256color", ...env },
  });
  onTestFinished(() => void child.kill());
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString("utf8")));
  await new Promise((resolve) => child.on("close", resolve));
  if (out === "") throw new Error(`the typist failed: ${err}`);
  const { missed, ...result }: TypistResult & { readonly missed: number | null } = JSON.parse(out);
  if (missed === null) return result;
  throw new Error(`step ${missed} saw no ${steps[missed]?.see ?? ""} in ${JSON.stringify(result.chunks.slice(-2))}`);
}

/** The last whole screen in what a terminal was sent, line by line, without colours. */
export function lastScreen(chunk: string): readonly string[] {
  const start = chunk.lastIndexOf("\u001B[1H");
  const screen = start === -1 ? "" : (chunk.slice(start).split("\u001B[J")[0] ?? "");
  const [, ...lines] = screen.split(/\u001B\[\d+H/);
  return lines.map((line) => line.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, ""));
}
