import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { gradeReport } from "../../src/export/report.ts";
import { sampleAgreement } from "./sample-agreement.ts";
import { sampleGradeBook } from "./sample-grade-book.ts";

// Separate processes, or closing one page would end the browser; and a browser that keeps its own defences up.
const UNWANTED = new Set([
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--allow-running-insecure-content",
]);

let browser: Browser;
let folder: string;
let address: string;

beforeAll(async () => {
  const { questions, ...rest } = sampleGradeBook({ candidates: 4, questions: 4 });
  const unbroken = `${questions[0]?.text} ${"unbroken".repeat(40)}`;
  const book = { ...rest, questions: questions.map((each, at) => (at === 0 ? { ...each, text: unbroken } : each)) };
  folder = await mkdtemp(join(tmpdir(), "report-"));
  const path = join(folder, "report.html");
  await writeFile(path, await gradeReport({ ...book, agreement: sampleAgreement(book) }));
  address = pathToFileURL(path).href;
  browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: sparticuz.args.filter((argument) => !UNWANTED.has(argument)),
    headless: true,
  });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** What the page said, tried to load beside itself, and asked the user. */
  readonly events: readonly string[];
}

async function open(options: Parameters<Browser["newPage"]>[0], hash = ""): Promise<Opened> {
  const page = await browser.newPage(options);
  const events: string[] = [];
  page.on("console", (message) => events.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => events.push(`error: ${error.message}`));
  page.on("request", (request) =>
    events.push(...(request.url().split("#")[0] === address ? [] : [`request: ${request.url()}`])),
  );
  page.on("dialog", (dialog) => events.push(`dialog: ${dialog.message()}`));
  await page.goto(address + hash);
  return { page, events };
}

const LAY_OUT = "for (const each of document.querySelectorAll('*')) each.style.contentVisibility = 'visible'";
const WORDS_OUTSIDE = `(() => {
  const found = { seen: 0, words: [] };
  for (const chart of document.querySelectorAll("svg")) {
    const around = chart.getBoundingClientRect();
    if (around.width === 0) continue;
    for (const text of chart.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      found.seen += 1;
      if (box.left < around.left - 0.5 || box.right > around.right + 0.5) found.words.push(text.textContent);
    }
  }
  return found;
})()`;
const UNFOLD = "for (const each of document.querySelectorAll('details')) each.open = true";

describe("the report in a browser", () => {
  test("what candidates and judges wrote stays text: nothing runs, nothing loads, nothing asks", async () => {
    const { page, events } = await open({ viewport: { width: 1280, height: 900 } });
    const title = await page.title();
    await page.evaluate(UNFOLD);
    // Scripts that have been added would have run by now; handlers on hostile elements run when these are touched.
    await page.evaluate(
      "for (const each of document.querySelectorAll('article *')) each.dispatchEvent(new Event('mouseover', { bubbles: true }))",
    );
    await page.waitForTimeout(200);
    const foreign = await page.evaluate(
      "document.querySelectorAll('script, img, iframe, object, embed, link, base, video, audio').length",
    );
    const handlers = await page.evaluate(
      "Array.from(document.querySelectorAll('*')).flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith('on') || name === 'style' || name === 'src' || name === 'srcset').length",
    );
    const links = await page.evaluate(
      "Array.from(document.querySelectorAll('a'), (each) => each.getAttribute('href')).filter((href) => !href.startsWith('#')).length",
    );
    expect({ events, title: [title, await page.title()], foreign, handlers, links }).toEqual({
      events: [],
      title: Array.from({ length: 2 }, () => "Back-end interviews, autumn round · grading report"),
      foreign: 1,
      handlers: 0,
      links: 0,
    });
    await page.close();
  });

  test.each([1280, 390])("no word of a chart stands outside of it at %i px", async (width) => {
    const { page } = await open({ viewport: { width, height: 900 } });
    await page.evaluate(LAY_OUT);
    await page.evaluate(UNFOLD);
    const outside = z
      .object({ seen: z.number(), words: z.array(z.string()) })
      .parse(await page.evaluate(WORDS_OUTSIDE));
    expect(outside.seen).toBeGreaterThan(100);
    expect(outside.words).toEqual([]);
    await page.close();
  });

  test("what is written from the right stands at the right", async () => {
    const { page } = await open({ viewport: { width: 1280, height: 900 } });
    await page.evaluate(LAY_OUT);
    await page.evaluate(UNFOLD);
    const sides = await page.evaluate(
      `["The pages of a tree.", "صفحات الشجرة"].map((words) => {
        const text = document.querySelector("pre.text");
        text.textContent = words;
        const range = document.createRange();
        range.selectNodeContents(text);
        const [of, all] = [range.getBoundingClientRect(), text.getBoundingClientRect()];
        return of.left - all.left < all.right - of.right ? "left" : "right";
      })`,
    );
    expect(sides).toEqual(["left", "right"]);
    await page.close();
  });

  test("the page's policy refuses a script that got in", async () => {
    const { page, events } = await open({});
    await page.evaluate(
      "const s = document.createElement('script'); s.textContent = \"document.title = 'owned'\"; document.body.append(s)",
    );
    await page.evaluate(
      "const i = document.createElement('img'); i.src = 'https://attacker.example/pixel.png'; document.body.append(i)",
    );
    const refused = (): readonly string[] =>
      events.flatMap((event) => /^console: .* directive:? ["']([a-z-]+)/.exec(event)?.[1] ?? []);
    await expect.poll(refused).toEqual(["script-src", "default-src"]);
    expect(await page.title()).toBe("Back-end interviews, autumn round · grading report");
    await page.close();
  });

  test.each(["light", "dark"] as const)("has no fault of accessibility in the %s scheme", async (colorScheme) => {
    const { page } = await open({ colorScheme, viewport: { width: 1280, height: 900 } });
    await page.evaluate(UNFOLD);
    // What is out of sight is laid out by a guess, so that contrast would be measured against what it lies over.
    await page.evaluate(LAY_OUT);
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    const found = z
      .object({ violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })) })
      .parse(await page.evaluate("axe.run(document, { resultTypes: ['violations'] })"));
    expect(found.violations.map(({ id, nodes }) => ({ id, first: nodes[0]?.html }))).toEqual([]);
    await page.close();
  });

  test.each([360, 390, 768, 1280, 1920])("fits a width of %i with everything unfolded", async (width) => {
    const { page } = await open({ viewport: { width, height: 900 } });
    await page.evaluate(UNFOLD);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await page.close();
  });

  test("no text of a chart is cut off or lies on another", async () => {
    for (const width of [390, 1280]) {
      const { page } = await open({ viewport: { width, height: 900 } });
      expect(await page.evaluate(CHART_FAULTS)).toEqual([]);
      await page.close();
    }
  });

  test("filters answers, and unfolds the one that an address points to", async () => {
    const { page } = await open({}, "#c3-q2");
    expect(await page.evaluate("document.getElementById('c3').open")).toBe(true);
    await page.selectOption("#filter [name=state]", "needs-review");
    const states =
      "Array.from(document.querySelectorAll('article.answer'), (each) => each.hidden ? [] : each.dataset.state).flat()";
    const open1 = await page.evaluate(states);
    await page.fill("#filter [name=text]", "no answer says this");
    expect({
      byState: open1,
      byText: await page.evaluate(states),
      shown: await page.textContent("#filter output"),
    }).toEqual({
      byState: ["needs-review", "needs-review"],
      byText: [],
      shown: "0 answers",
    });
    await page.close();
  });

  test("can be read without its script", async () => {
    const { page } = await open({ javaScriptEnabled: false }, "#c3-q2");
    expect(await page.locator("#c3-q2 h4").innerText()).toBe(
      "Q2 q-000000000002 Explain the difference between a process and a thread.",
    );
    expect(await page.locator("#filter").isVisible()).toBe(false);
    await page.close();
  });
});

/** Labels outside their chart, and labels of one chart that touch each other. */
const CHART_FAULTS = `
Array.from(document.querySelectorAll("svg.chart")).flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  if (frame.width === 0) return [];
  const texts = Array.from(svg.querySelectorAll("text"), (text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
  const outside = texts.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1);
  const touching = texts.flatMap((one, at) =>
    texts.slice(at + 1).filter(({ box }) =>
      one.box.left < box.right - 1 && box.left < one.box.right - 1 && one.box.top < box.bottom - 2 && box.top < one.box.bottom - 2,
    ).map(({ words }) => one.words + " / " + words),
  );
  return [...outside.map(({ words }) => svg.getAttribute("aria-label") + ": outside: " + words), ...touching];
})`;
