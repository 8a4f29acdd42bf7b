import { spawn } from "node:child_process";

/** Starts a program with arguments as they are: no shell reads them. Resolves when it has ended, rejects where it failed. */
export type RunProgram = (program: string, programArguments: readonly string[]) => Promise<void>;

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...first: string[]]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};
const OTHER_OPENER = ["xdg-open"] as const;

/**
 * Shows an address of this machine in the user's browser. An opener may run for as long as the browser does: nobody
 * should wait for it.
 *
 * @returns false where there is no opener, or it failed; the user opens the address by hand then.
 * @throws RangeError for any other address.
 */
export async function openBrowser(url: string, platform: NodeJS.Platform, run: RunProgram = runFile): Promise<boolean> {
  if (!/^http:\/\/127\.0\.0\.1:\d{1,5}\//.test(url)) throw new RangeError("not an address of this machine");
  const [program, ...first] = OPENERS[platform] ?? OTHER_OPENER;
  return run(program, [...first, url]).then(
    () => true,
    () => false,
  );
}

// As execFile, but nothing of what a browser says for hours is kept.
function runFile(program: string, programArguments: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArguments, { stdio: "ignore", shell: false, detached: true });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error("the opener failed"))));
    child.unref();
  });
}
