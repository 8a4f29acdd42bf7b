import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import { visibleLine } from "../core/sanitise.ts";

/** Who decides, for the decision log: `--by`, else git's user.email, else the system user, said to be that. */
export async function actorName(by: string | undefined, folder: string): Promise<string> {
  const named = by === undefined ? "" : visibleLine(by);
  if (named !== "") return named;
  const email = await gitEmail(folder);
  return email ?? `system user ${userInfo().username}`;
}

async function gitEmail(folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["config", "user.email"], { cwd: folder, timeout: 2000 });
    const email = visibleLine(stdout);
    return email === "" ? undefined : email;
  } catch {
    // No git, no repository or no address set: the system user will do.
    return undefined;
  }
}
