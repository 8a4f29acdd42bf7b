import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { studyGuide } from "../../src/export/guide.ts";
import { exportedQuestion, HOSTILE, sampleBank } from "./sample-bank.ts";

// Separate processes, or closing one page would end the browser; and a browser that keeps its own defences up.
const UNWANTED = new Set([
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--allow-running-insecure-content",
]);

const CODE =
  "```js\nconst wait = async (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)); // a line that is long\n```";

const bank = sampleBank(
  [
    exportedQuestion({ id: "q-lock", tags: ["[E]"], answer: `It keeps *others* out.\n\n${CODE}` }),
    exportedQuestion({
      id: "q-rwlock",
      text: "What may readers share?",
      answer: "# Sharing\n\n### Deep\n\n|who|how|\n|-|-|\n|readers|together|",
    }),
    exportedQuestion({ id: "q-open", text: "Who opens it?", answer: "", state: "placeholder" }),
    ...HOSTILE.map((text, at) =>
      exportedQuestion({
        id: `q-hostile-${at}`,
        path: "questions/hostile.md",
        text,
        reading: text,
        answer: text,
        tags: [text],
        headings: ["Hostile", text],
      }),
    ),
    exportedQuestion({
      id: "q-wide",
      path: "questions/wide.md",
      headings: ["Wide"],
      text: `Is ${"unbroken".repeat(40)} one word?`,
      answer: `${"unbroken".repeat(60)}\n\n${CODE}`,
    }),
  ],
  { leftOut: 2 },
);

let browser: Browser;
let folder: string;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guide-"));
  const path = join(folder, "guide.html");
  await writeFile(path, studyGuide(bank));
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

async function open(options: Parameters<Browser["newPage"]>[0] = {}, hash = ""): Promise<Opened> {
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

const SHOWN =
  "Array.from(document.querySelectorAll('article.question')).filter((each) => each.checkVisibility()).map((each) => each.id)";
const OPEN = "Array.from(document.querySelectorAll('details.answer[open]'), (each) => each.closest('article').id)";
const LISTED =
  "Array.from(document.querySelectorAll('.contents li')).filter((each) => each.checkVisibility()).map((each) => each.firstChild.textContent.trim())";
const FOCUS = "(document.activeElement.closest('article') ?? document.activeElement).id";

describe("the study guide in a browser", () => {
  test("what stands in the bank stays text: nothing runs, nothing loads, nothing asks", async () => {
    const { page, events } = await open({ viewport: { width: 1280, height: 900 } });
    await page.click("[name=unfold]");
    await page.evaluate(
      "for (const each of document.querySelectorAll('article *')) each.dispatchEvent(new Event('mouseover', { bubbles: true }))",
    );
    await page.waitForTimeout(200);
    const counts = await page.evaluate(`({
      title: document.title,
      foreign: document.querySelectorAll("script, img, iframe, object, embed, link, base, video, audio, form:not(#find), svg").length,
      handlers: Array.from(document.querySelectorAll("*")).flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith("on") || name === "style" || name === "src").length,
      links: Array.from(document.querySelectorAll("a"), (each) => each.getAttribute("href")).filter((href) => !href.startsWith("#")),
    })`);
    expect({ events, counts }).toEqual({
      events: [],
      counts: {
        title: "Concurrency · study guide",
        foreign: 1,
        handlers: 0,
        links: ["https://a.example/", "https://a.example/"],
      },
    });
    await page.close();
  });

  test("the page's policy refuses a script that got in, and what it would load", async () => {
    const { page, events } = await open();
    await page.evaluate(
      "const s = document.createElement('script'); s.textContent = \"document.title = 'owned'\"; document.body.append(s)",
    );
    await page.evaluate(
      "const i = document.createElement('img'); i.src = 'https://attacker.example/pixel.png'; document.body.append(i)",
    );
    const refused = (): readonly string[] =>
      events.flatMap((event) => /^console: .* directive:? ["']([a-z-]+)/.exec(event)?.[1] ?? []);
    await expect.poll(refused).toEqual(["script-src", "default-src"]);
    expect(await page.title()).toBe("Concurrency · study guide");
    await page.close();
  });

  test.each(["light", "dark"] as const)("has no fault of accessibility in the %s scheme", async (colorScheme) => {
    for (const width of [1280, 390]) {
      const { page } = await open({ colorScheme, viewport: { width, height: 900 } });
      await page.click("[name=unfold]");
      await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
      const found = z
        .object({ violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })) })
        .parse(await page.evaluate("axe.run(document, { resultTypes: ['violations'] })"));
      expect(found.violations.map(({ id, nodes }) => ({ id, first: nodes[0]?.html }))).toEqual([]);
      await page.close();
    }
  });

  test.each([360, 390, 768, 1280, 1920])("fits a width of %i with all answers open", async (width) => {
    const { page } = await open({ viewport: { width, height: 900 } });
    await page.click("[name=unfold]");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await page.close();
  });

  test("shows answers one by one, and all at once", async () => {
    const { page } = await open();
    expect(await page.evaluate(OPEN)).toEqual([]);
    await page.click("#question-q-lock summary");
    expect(await page.evaluate(OPEN)).toEqual(["question-q-lock"]);
    await page.click("[name=unfold]");
    const all = await page.evaluate("document.querySelectorAll('details.answer').length");
    expect([await page.evaluate(`${OPEN}.length`), await page.textContent("[name=unfold]")]).toEqual([
      all,
      "Hide all answers",
    ]);
    await page.click("[name=unfold]");
    expect(await page.evaluate(OPEN)).toEqual([]);
    await page.close();
  });

  test("search looks into questions and answers, for all its words", async () => {
    const { page } = await open();
    await page.fill("[name=text]", "TOGETHER readers");
    await expect.poll(() => page.textContent("#find output")).toBe("1 question");
    expect({
      shown: await page.evaluate(SHOWN),
      sections: await page.evaluate("Array.from(document.querySelectorAll('main > section:not([hidden])')).length"),
      listed: await page.evaluate(LISTED),
    }).toEqual({ shown: ["question-q-rwlock"], sections: 1, listed: ["Locks"] });
    await page.fill("[name=text]", "nowhere to be found");
    await expect.poll(() => page.textContent("#find output")).toBe("0 questions");
    expect(await page.evaluate(LISTED)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await page.evaluate(`${SHOWN}.length`)).toBe(bank.questions.length);
    await page.close();
  });

  test("works by keys alone, and leaves those with modifiers to the browser", async () => {
    const { page } = await open();
    await page.keyboard.press("j");
    const first = await page.evaluate(FOCUS);
    await page.keyboard.press("Enter");
    const opened = await page.evaluate(OPEN);
    await page.keyboard.press("j");
    const second = await page.evaluate(FOCUS);
    await page.keyboard.press("k");
    const back = await page.evaluate(FOCUS);
    await page.keyboard.press("Control+a");
    const untouched = await page.getAttribute("[name=unfold]", "aria-pressed");
    await page.keyboard.press("a");
    const pressed = await page.getAttribute("[name=unfold]", "aria-pressed");
    await page.keyboard.press("/");
    await page.keyboard.type("jar");
    expect({ first, opened, second, back, untouched, pressed, typed: await page.inputValue("[name=text]") }).toEqual({
      first: "question-q-lock",
      opened: ["question-q-lock"],
      second: "question-q-rwlock",
      back: "question-q-lock",
      untouched: "false",
      pressed: "true",
      typed: "jar",
    });
    await page.close();
  });

  test("a random question is another one, its answer hidden", async () => {
    const { page } = await open();
    await page.click("[name=unfold]");
    await page.click("[name=any]");
    const chosen = z.string().parse(await page.evaluate(FOCUS));
    expect(bank.questions.map(({ id }) => `question-${id}`)).toContain(chosen);
    expect(await page.evaluate(OPEN)).not.toContain(chosen);
    await page.close();
  });

  test("an address leads to a question and opens its answer", async () => {
    const { page } = await open({}, "#question-q-rwlock");
    expect(await page.evaluate(OPEN)).toEqual(["question-q-rwlock"]);
    await page.close();
  });

  test("on paper every answer is there, and no tool", async () => {
    const { page } = await open();
    await page.emulateMedia({ media: "print" });
    expect({
      answer: await page.locator("#question-q-lock .prose").isVisible(),
      tools: await page.locator("#find").isVisible(),
      scheme: await page.evaluate("getComputedStyle(document.body).color"),
    }).toEqual({ answer: true, tools: false, scheme: "rgb(29, 30, 34)" });
    await page.close();
  });

  test("can be read without its script", async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.click("#question-q-lock summary");
    expect([
      await page.locator("#question-q-lock .prose").isVisible(),
      await page.locator("#find").isVisible(),
    ]).toEqual([true, false]);
    await page.close();
  });
});
