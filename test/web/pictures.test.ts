import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaticAssets } from "../../src/web/open-routes.ts";
import { buildPage, openStage, startBrowser } from "./page-rig.ts";
import { idOf, SCREENS } from "./screens.ts";

/** A folder for pictures of every screen, for somebody to look at; without it nothing is drawn. */
const FOLDER = process.env["PICTURES"];

let browser: Browser;
let assets: StaticAssets;

beforeAll(async () => {
  if (FOLDER === undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  assets = buildPage();
  browser = await startBrowser();
}, 60_000);

afterAll(() => browser?.close());

/** Screens that a key or a click opens. */
const OPENED: readonly (readonly [string, string, (page: Page) => Promise<void>])[] = [
  ["help", `?view=review&id=${idOf(0)}`, (page) => page.keyboard.press("?")],
  ["reject", `?view=review&id=${idOf(0)}`, (page) => page.keyboard.press("r")],
  ["word diff", `?view=review&id=${idOf(22)}`, (page) => page.keyboard.press("d")],
  ["toast", `?view=review&id=${idOf(0)}`, (page) => page.keyboard.press("a")],
  [
    "grade with the judge",
    "?view=review&id=g-000000000006",
    async (page) => {
      const side = page.locator(".pane-switch").getByText("Levels");
      if (await side.isVisible()) await side.click();
      for (const group of await page.locator("fieldset.criterion").all()) await group.locator("input").last().check();
      await page.keyboard.press("a");
      await page.locator("mark").waitFor({ state: "attached" });
    },
  ],
];

test.skipIf(FOLDER === undefined).each([
  ["light", 1280],
  ["dark", 1280],
  ["light", 390],
  ["dark", 390],
] as const)("every screen is drawn, %s, %i wide", async (colorScheme, width) => {
  const context = { colorScheme, viewport: { width, height: width === 390 ? 844 : 860 } };
  const { page, desk, visit } = await openStage(browser, assets, { context });
  const draw = async (name: string): Promise<void> => {
    const path = join(FOLDER ?? "", `${colorScheme}-${width}-${name.replaceAll(" ", "-")}.png`);
    await page.screenshot({ path, fullPage: !name.startsWith("queue"), animations: "disabled" });
  };
  for (const row of desk.queue().rows.slice(3, 5)) await desk.decide(row.id, row.etag, { action: "accept" });
  for (const [name, search] of SCREENS) {
    await visit(search);
    await page.waitForTimeout(150);
    await draw(name);
  }
  for (const [name, search, open] of OPENED) {
    await visit(search);
    await open(page);
    await page.waitForTimeout(400);
    await draw(name);
  }
  expect(page.url()).toContain("127.0.0.1");
});
