import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { openBrowser } from "../../src/web/open-browser.ts";

const URL_WITH_CODE = "http://127.0.0.1:4000/#a&b;$(c)'d\"";

describe("opening the browser", () => {
  test.for([
    ["linux", "xdg-open", [URL_WITH_CODE]],
    ["freebsd", "xdg-open", [URL_WITH_CODE]],
    ["darwin", "open", [URL_WITH_CODE]],
    ["win32", "rundll32", ["url.dll,FileProtocolHandler", URL_WITH_CODE]],
  ] as const)("on %s hands the address over as one argument", async ([platform, program, args]) => {
    const runs: unknown[] = [];
    const isOpen = await openBrowser(URL_WITH_CODE, platform, async (...run) => void runs.push(run));
    expect({ isOpen, runs }).toEqual({ isOpen: true, runs: [[program, args]] });
  });

  test("says where there is no opener", async () => {
    expect(await openBrowser(URL_WITH_CODE, "linux", () => Promise.reject(new Error("ENOENT")))).toBe(false);
  });

  test("starts the program itself, and waits for no end of it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "opener-"));
    const told = join(folder, "told");
    const script = `#!/bin/sh\nprintf '%s' "$1" > '${told}'\nwhile [ -d '${folder}' ]; do sleep 0.1; done\n`;
    await writeFile(join(folder, "xdg-open"), script, { mode: 0o755 });
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"] ?? ""}`);
    // It ends when its folder is gone, and that is only after this.
    expect(await openBrowser(URL_WITH_CODE, "linux")).toBe(true);
    await expect.poll(() => readFile(told, "utf8").catch(() => "")).toBe(URL_WITH_CODE);
    vi.stubEnv("PATH", join(folder, "nothing"));
    expect(await openBrowser(URL_WITH_CODE, "linux")).toBe(false);
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  test.for([
    "https://evil.example/",
    "file:///etc/passwd",
    "--help",
    "http://127.0.0.1.evil.example/",
    "http://127.0.0.1:1@evil/",
  ])("opens nothing but this machine, so not %s", async (url) => {
    const runs: unknown[] = [];
    await expect(openBrowser(url, "linux", async (...run) => void runs.push(run))).rejects.toThrow(RangeError);
    expect(runs).toEqual([]);
  });
});
