import { readFileSync } from "node:fs";

/** A process on this machine. Numbers are used again, so the start time is part of who it is. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot and clock tick at which the process started; empty where the system does not tell (no /proc). */
  readonly started: string;
}

const BOOT_ID = "/proc/sys/kernel/random/boot_id";
const STATE_FIELD = 0;
/** `starttime` is field 22 of /proc/<pid>/stat (proc(5)); counted here from `state`, field 3. */
const START_FIELD = 19;
const DEAD_STATES = new Set(["Z", "X"]);

let known: ProcessIdentity | undefined;

export function thisProcess(): ProcessIdentity {
  known ??= { pid: process.pid, started: startOf(process.pid) };
  return known;
}

/** False only when the process is known to be gone, or another one has its number. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (!isRunning(identity.pid)) return false;
  const fields = statOf(identity.pid);
  if (fields !== undefined && DEAD_STATES.has(fields[STATE_FIELD] ?? "")) return false;
  const started = startOf(identity.pid);
  return identity.started === "" || started === "" || started === identity.started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function startOf(pid: number): string {
  const start = statOf(pid)?.[START_FIELD];
  const boot = readText(BOOT_ID);
  return start === undefined || boot === undefined ? "" : `${boot.slice(0, 8)}-${start}`;
}

// The second field is the program's name in parentheses and may itself hold blanks and parentheses.
function statOf(pid: number): readonly string[] | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
