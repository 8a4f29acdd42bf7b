import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { collect, runCli, startCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { axeFaults, startBrowser } from "../web/page-rig.ts";
import { addressOf } from "./page-client.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const PICTURES = join(ROOT, "test/pictures");
const LARGEST = 150_000;

/** The shipped bank with drafts and grades, by the commands of the README. */
async function exampleProject(): Promise<string> {
  const cwd = temporaryFolder();
  cpSync(join(ROOT, "questions"), join(cwd, "questions"), { recursive: true });
  const env = { SOURCE_DATE_EPOCH: "1767225600" };
  await runCli(["fill", "--provider", "offline"], { cwd, env });
  await runCli(["grade", "questions/llmops/candidates", "--provider", "offline"], { cwd, env });
  await runCli(["review", "accept", "--all", "--filter", "text=drift", "--by", "ada@example.org"], { cwd, env });
  return cwd;
}

async function openReview(cwd: string): Promise<Page> {
  const child = startCli(["review", "--web", "--no-open", "--json", "--by", "ada@example.org"], { cwd });
  onTestFinished(() => void child.kill("SIGKILL"));
  const { url } = await addressOf(child, collect(child));
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1200, height: 590 } });
  await page.goto(url);
  await page.locator(".lines .title").first().waitFor();
  return page;
}

/** The first item of a filter. */
async function openFirst(page: Page, filter: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/?status=pending&${filter}`);
  await page.locator(".lines .title").first().click();
}

/** Levels for every criterion, and then what the judge said. */
async function markBlind(page: Page): Promise<void> {
  for (const group of await page.locator("fieldset.criterion").all()) await group.locator("input").last().check();
  await page.keyboard.press("a");
  await page.locator("mark").first().waitFor();
  await page.getByRole("button", { name: "Dismiss" }).click();
}

/** What the README shows of the page, with what is to be done before it is drawn. */
const SHOWN: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "review-queue": async () => {},
  "review-draft": async (page) => {
    await openFirst(page, "kind=answer");
    await page.locator(".markdown").waitFor();
  },
  "review-grade": async (page) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await openFirst(page, "kind=grade");
    await page.locator("fieldset.criterion").first().waitFor();
    await markBlind(page);
  },
};

test("the pictures of the README are of the page as it is: drawn from the shipped bank, and nothing for axe to say", async () => {
  const isUpdate = process.env["UPDATE_PICTURES"] === "1";
  const folder = isUpdate ? PICTURES : temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const page = await openReview(await exampleProject());
  const found: unknown[] = [];
  for (const [name, prepare] of Object.entries(SHOWN)) {
    await prepare(page);
    await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
    found.push([name, await axeFaults(page)]);
  }
  expect(found).toEqual(Object.keys(SHOWN).map((name) => [name, []]));
});

test("the README shows these pictures and no others, and they are small", () => {
  const files = readdirSync(PICTURES).toSorted();
  const shown = readFileSync(join(ROOT, "README.md"), "utf8").match(/test\/pictures\/[\w-]+\.png/g) ?? [];
  expect([...new Set(shown)].toSorted()).toEqual(files.map((file) => `test/pictures/${file}`));
  expect(files).toEqual(
    Object.keys(SHOWN)
      .map((name) => `${name}.png`)
      .toSorted(),
  );
  expect(files.filter((file) => readFileSync(join(PICTURES, file)).length > LARGEST)).toEqual([]);
});
