import { spawn } from "node:child_process";

/** Starts a program with arguments as they are: no shell reads them. Rejects where there is no such program. */
export type StartProgram = (program: string, programArguments: readonly string[]) => Promise<void>;

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...first: string[]]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};
const OTHER_OPENER = ["xdg-open"] as const;

/**
 * Asks the system to show an address of this machine in the user's browser.
 *
 * @returns false where the system has no opener; the user opens the address by hand then.
 * @throws RangeError for any other address.
 */
export async function openBrowser(
  url: string,
  platform: NodeJS.Platform,
  start: StartProgram = startProgram,
): Promise<boolean> {
  if (!/^http:\/\/127\.0\.0\.1:\d{1,5}\//.test(url)) throw new RangeError("not an address of this machine");
  const [program, ...first] = OPENERS[platform] ?? OTHER_OPENER;
  return start(program, [...first, url]).then(
    () => true,
    () => false,
  );
}

// Not waited for: an opener may run for as long as the browser does. Nor is what a browser says for hours kept.
function startProgram(program: string, programArguments: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArguments, { stdio: "ignore", shell: false, detached: true });
    child.once("spawn", resolve);
    child.once("error", reject);
    child.unref();
  });
}
