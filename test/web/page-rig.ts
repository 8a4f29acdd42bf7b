import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import sparticuz from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { z } from "zod";
import type { StaticAssets } from "../../src/web/open-routes.ts";
import { FakeDesk, type FakeDeskOptions } from "./fake-desk.ts";
import { startServer } from "./running-server.ts";

// Separate processes, or closing one page would end the browser; and a browser that keeps its own defences up.
const UNWANTED = new Set([
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--allow-running-insecure-content",
]);

const WIDE = { width: 1280, height: 860 };

/** The page as `npm run build` makes it, made anew, so that no test looks at an old one. */
export function buildPage(): StaticAssets {
  const folder = mkdtempSync(join(tmpdir(), "page-"));
  try {
    const root = resolve(import.meta.dirname, "../..");
    execFileSync("npm", ["run", "--silent", "build:page", "--", `--outdir=${folder}`], { cwd: root, stdio: "pipe" });
    const text = (name: string): string => readFileSync(join(folder, name), "utf8");
    return { html: text("index.html"), script: text("app.js"), style: text("app.css") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: sparticuz.args.filter((argument) => !UNWANTED.has(argument)),
    headless: true,
  });
}

/** A project under review, and pages that look at it. */
export interface Stage {
  readonly desk: FakeDesk;
  readonly origin: string;
  readonly page: Page;
  /** What no page should say, ask or load; and every request, as `METHOD path`. */
  readonly faults: readonly string[];
  readonly requests: readonly string[];
  /** Bodies of all answers so far. */
  readonly bodies: readonly string[];
  /** As {@link visit}, by a link within the page. */
  readonly jump: (search: string) => Promise<void>;
  /** Goes to an address of the page, such as `?view=activity`, and waits for its heading. */
  readonly visit: (search: string) => Promise<void>;
  /** Another tab of the same session. */
  readonly openTab: () => Promise<Page>;
  readonly stop: () => Promise<void>;
}

const TWO_FRAMES = "new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(tell)))";

/** Every test has its own server, desk and browser context. */
export async function openStage(
  browser: Browser,
  assets: StaticAssets,
  options: FakeDeskOptions & { readonly context?: BrowserContextOptions } = {},
): Promise<Stage> {
  const desk = new FakeDesk(options);
  const { server, origin } = await startServer({ desk, assets });
  const context = await browser.newContext({ viewport: WIDE, ...options.context });
  // Below the limit of a test, so that the line is told that waited in vain.
  context.setDefaultTimeout(10_000);
  onTestFinished(() => context.close());
  const faults: string[] = [];
  const requests: string[] = [];
  const bodies: string[] = [];
  const watch = (page: Page): void => {
    page.on("console", (message) => faults.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => {
      const url = new URL(request.url());
      requests.push(`${request.method()} ${url.pathname}${url.search}`);
      if (url.origin !== origin) faults.push(`request: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.url().endsWith("/api/events")) return;
      response.text().then(
        (body) => bodies.push(body),
        () => {},
      );
    });
  };
  const page = await context.newPage();
  watch(page);
  await page.goto(server.url);
  await page.waitForSelector("h1:not(.loading)");
  const visit = async (search: string): Promise<void> => {
    await page.goto(`${origin}/${search}`);
    await page.waitForSelector("h1:not(.loading)");
  };
  const jump = async (search: string): Promise<void> => {
    await page.evaluate(`history.pushState(null, "", "/${search}"); dispatchEvent(new PopStateEvent("popstate"))`);
    await page.evaluate(TWO_FRAMES);
    await page.locator(".loading, [aria-busy=true]").first().waitFor({ state: "detached" });
  };
  const openTab = async (): Promise<Page> => {
    const token = await page.evaluate<string>("sessionStorage.getItem('answerkey-token')");
    const tab = await context.newPage();
    watch(tab);
    await tab.addInitScript(`sessionStorage.setItem("answerkey-token", ${JSON.stringify(token)})`);
    await tab.goto(`${origin}/${new URL(page.url()).search}`);
    await tab.waitForSelector("h1:not(.loading)");
    return tab;
  };
  return { desk, origin, page, faults, requests, bodies, jump, visit, openTab, stop: () => server.stop() };
}

const violations = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));
const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds on the page as it is now: rule, and the first element.
 *
 * @param rules "contrast" for a page that differs from one already looked at in its colours only.
 */
export async function axeFaults(page: Page, rules: "all" | "contrast" = "all"): Promise<readonly string[]> {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(axe);
  const only = rules === "all" ? "" : "runOnly: ['color-contrast', 'link-in-text-block'], ";
  const found = await page.evaluate(
    `axe.run(document, { ${only}resultTypes: ['violations'] }).then((all) => all.violations)`,
  );
  return violations.parse(found).map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** Kind and text of what has the focus. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.textContent");
}
