import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaticAssets } from "../../src/web/open-routes.ts";
import type { FakeDesk } from "./fake-desk.ts";
import { HOSTILE_ANSWERS, HOSTILE_DRAFTS } from "./hostile-texts.ts";
import { axeFaults, buildPage, focused, openStage, startBrowser } from "./page-rig.ts";
import { JUDGE_WORDS } from "./sample-cards.ts";
import { idOf, SCREENS } from "./screens.ts";

let browser: Browser;
let assets: StaticAssets;

beforeAll(async () => {
  assets = buildPage();
  browser = await startBrowser();
}, 60_000);

afterAll(() => browser.close());

const CONFLICT = idOf(2);

function statuses(desk: FakeDesk, count: number): readonly string[] {
  return desk
    .queue()
    .rows.slice(0, count)
    .map(({ status }) => status);
}

function draftOf(desk: FakeDesk, id: string): string {
  const item = desk.item(id, true);
  return item === undefined || item.kind === "grade" ? "" : item.draft;
}

async function heading(page: Page, text: string): Promise<void> {
  await page.locator("h1", { hasText: text }).waitFor();
}

describe("the session", () => {
  test("leaves nothing of the launch code or the token in addresses, cookies or the page", async () => {
    const { page, requests, visit, faults } = await openStage(browser, assets);
    const token = await page.evaluate<string>("sessionStorage.getItem('answerkey-token')");
    await visit(`?view=review&id=${idOf(0)}`);
    const html = await page.content();
    expect({
      length: token.length,
      hash: new URL(page.url()).hash,
      cookies: await page.context().cookies(),
      told: [...requests, html].filter((text) => text.includes(token)),
      faults,
    }).toEqual({ length: 43, hash: "", cookies: [], told: [], faults: [] });
  });

  test("is over for whoever has no token, and says how to begin another", async () => {
    const { page, origin } = await openStage(browser, assets);
    const other = await page.context().newPage();
    await other.goto(`${origin}/?view=activity#used-or-wrong`);
    await heading(other, "This review session is over");
    expect([await other.locator("pre").textContent(), new URL(other.url()).hash, await axeFaults(other)]).toEqual([
      "answerkey review --web",
      "",
      [],
    ]);
  });

  test("that ends under a page with typed text leaves the text there", async () => {
    const { page, visit } = await openStage(browser, assets);
    await visit(`?view=edit&id=${idOf(0)}`);
    await page.route("**/draft", (route) => route.fulfill({ status: 401, json: { message: "over" } }));
    await page.fill("#draft", "Typed with care.");
    await heading(page, "This review session is over");
    await page.getByRole("button", { name: "Look at this page once more" }).click();
    expect(await page.inputValue("#draft")).toBe("Typed with care.");
  });
});

test("accept, edit, apply and undo, with the keyboard alone", async () => {
  const { page, desk, faults } = await openStage(browser, assets);
  const { keyboard } = page;
  await keyboard.press("j");
  await keyboard.press("k");
  await keyboard.press("Enter");
  await heading(page, "What is a mutex");
  expect(await focused(page)).toBe("H1 What is a mutex, and when would you not use one? (1)");

  await keyboard.press("a");
  await heading(page, "What is a B-tree index");
  expect(await focused(page)).toBe("H1 What is a B-tree index, and when would you not use one? (2)");
  expect(await page.locator("main + [role=status], [role=status].heard").first().textContent()).toBe("Done: accept.");

  await keyboard.press("u");
  await heading(page, "What is a mutex");
  await keyboard.press("e");
  await page.locator("#draft").waitFor();
  await keyboard.press("Control+End");
  await keyboard.type(" Typed by hand.");
  await keyboard.press("Control+Enter");
  await heading(page, "What is a B-tree index");
  await keyboard.press("r");
  await page.locator("dialog[open]").waitFor();
  await keyboard.press("2");
  await heading(page, "What is backpressure");
  expect(statuses(desk, 3)).toEqual(["accepted", "rejected", "pending"]);

  await keyboard.press("w");
  await page.getByText("1 file would change").waitFor();
  await page.locator("ins", { hasText: "Typed by hand." }).waitFor();
  for (let presses = 0; presses < 12 && !(await focused(page)).startsWith("BUTTON Write"); presses += 1) {
    await keyboard.press("Tab");
  }
  await keyboard.press("Enter");
  await heading(page, "Written into the bank");
  expect(statuses(desk, 3)).toEqual(["applied", "rejected", "pending"]);

  await keyboard.press("u");
  await expect.poll(() => statuses(desk, 3)).toEqual(["pending", "rejected", "pending"]);
  expect(faults).toEqual([]);
  expect(desk.activity().map(({ action, reason }) => [action, reason].join(" ").trim())).toEqual([
    "undo",
    "apply",
    "reject not supported by its sources",
    "accept",
    "edit",
    "undo",
    "accept",
  ]);
});

test("a draft stands beside what is asked, with the program below the question", async () => {
  const { page } = await openStage(browser, assets);
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await heading(page, "What is a mutex");
  const below = page.getByRole("heading", { name: "Below the question" });
  expect(await below.locator("xpath=following-sibling::*[1]").innerText()).toBe("```js\nlog(threads);\n```");
});

test("a reason is a digit, or words that may hold digits", async () => {
  const { page, desk } = await openStage(browser, assets);
  await page.keyboard.press("Enter");
  await page.locator("article, main h1").first().waitFor();
  await page.keyboard.press("r");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.type("only 2 of the 5 claims");
  expect(await page.locator("dialog[open] textarea").inputValue()).toBe("only 2 of the 5 claims");
  await page.getByRole("dialog").getByRole("button", { name: "Reject", exact: true }).click();
  await expect
    .poll(() => desk.activity().map(({ action, reason }) => [action, reason]))
    .toEqual([["reject", "only 2 of the 5 claims"]]);
});

test("from a search into what it found, and from nowhere to the first row", async () => {
  const { page } = await openStage(browser, assets);
  await page.keyboard.press("/");
  await page.keyboard.type("B-tree");
  await page.keyboard.press("Enter");
  expect(await focused(page)).toBe("A What is a B-tree index, and when would you not use one? (2)");
  await page.keyboard.press("Enter");
  await heading(page, "What is a B-tree index");

  const { page: other } = await openStage(browser, assets);
  await other.keyboard.press("j");
  expect(await focused(other)).toBe("A What is a mutex, and when would you not use one? (1)");
  await other.keyboard.press("j");
  expect(await focused(other)).toBe("A What is a B-tree index, and when would you not use one? (2)");
});

describe("no key decides by mistake", () => {
  test("Enter, Escape, blanks, arrows and unknown letters", async () => {
    const { page, desk, visit } = await openStage(browser, assets);
    await visit(`?view=review&id=${idOf(0)}`);
    for (const key of ["Enter", "Escape", "Space", "ArrowDown", "ArrowLeft", "y", "R", "F2", "Control+a", "Alt+a"]) {
      await page.keyboard.press(key);
    }
    await page.keyboard.press("r");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
    expect(desk.asked).toEqual([]);
  });

  test("letters typed into a field, and letters that were switched off", async () => {
    const { page, desk } = await openStage(browser, assets);
    await page.keyboard.press("/");
    await page.keyboard.type("arxeu");
    expect(await page.inputValue("#search")).toBe("arxeu");
    await page.fill("#search", "");
    await page.locator("h1").click();
    await page.keyboard.press("?");
    await page.getByLabel("Letters act as commands").uncheck();
    await page.getByRole("button", { name: "Close" }).click();
    await page.locator(".lines .title").first().click();
    await heading(page, "What is a mutex");
    for (const key of ["a", "r", "x", "e", "s"]) await page.keyboard.press(key);
    expect([await focused(page), await page.locator("dialog[open], #draft").count(), desk.asked]).toEqual([
      "H1 What is a mutex, and when would you not use one? (1)",
      0,
      [],
    ]);
  });
});

test("filter, order and place are in the address and outlive a reload", async () => {
  const { page } = await openStage(browser, assets);
  await page.getByRole("checkbox", { name: "networks/http.md" }).check();
  await page.fill("#search", "bloom");
  await page.getByRole("button", { name: "Words" }).click();
  const seen = async (): Promise<readonly string[]> => page.locator(".lines .title").allTextContents();
  const before = await seen();
  expect(before.length).toBe(10);
  await page.reload();
  await page.locator(".lines .title").first().waitFor();
  expect([await seen(), new URL(page.url()).search]).toEqual([
    before,
    "?text=bloom&file=networks%2Fhttp.md&sort=words",
  ]);

  await page.locator(".lines .title").nth(3).click();
  await page.getByText("4 of 10").waitFor();
  const place = await page.locator("h1").textContent();
  await page.reload();
  await page.getByText("4 of 10").waitFor();
  expect(await page.locator("h1").textContent()).toBe(place);
  await page.keyboard.press("n");
  await page.getByText("5 of 10").waitFor();
  await page.goBack();
  await page.getByText("4 of 10").waitFor();

  await page.getByRole("link", { name: "Queue" }).last().click();
  await heading(page, "Review queue");
  await page.reload();
  await page.locator(".lines .title").first().waitFor();
  await page.keyboard.press("j");
  expect(await focused(page)).toBe(`A ${before[4]}`);
});

test("a judge without a mark cannot be confirmed", async () => {
  const { page, visit } = await openStage(browser, assets);
  await page.route(/\/api\/items/, async (route) => {
    const reply = await route.fetch();
    const text = await reply.text();
    await route.fulfill({ response: reply, body: text.replace(/("judge":\{"mark":)\d+/g, "$1null") });
  });
  await visit("?view=review&id=g-000000000005");
  const levels = (criterion: number) => page.locator("fieldset.criterion").nth(criterion).locator("input");
  await levels(0).nth(0).check();
  await levels(1).nth(0).check();
  await page.keyboard.press("a");
  await page.getByText("The judge has no mark").waitFor();
  expect(await page.getByRole("button", { name: "Confirm the judge" }).count()).toBe(0);
  await page.getByRole("button", { name: "Override with mine" }).waitFor();
});

test("a grade is read blind, compared, and overridden with a reason", async () => {
  const { page, desk, visit, bodies, requests } = await openStage(browser, assets);
  const id = "g-000000000005";
  await visit(`?view=review&id=${id}`);
  const levels = (criterion: number) => page.locator("fieldset.criterion").nth(criterion).locator("input");
  await page.keyboard.press("a");
  await levels(0).nth(1).check();
  await levels(1).nth(0).check();
  const blind = {
    judge: bodies.filter((body) => body.includes(JUDGE_WORDS)),
    marks: await page.locator("mark").count(),
  };
  expect([blind, desk.asked]).toEqual([{ judge: [], marks: 0 }, []]);

  await page.keyboard.press("a");
  await page.locator("mark").waitFor();
  expect({
    evidence: await page.locator("mark").textContent(),
    judge: await page.locator(".level:has(.mark-word)").allTextContents(),
    different: await page.locator(".criterion.different legend").allTextContents(),
    marks: await page.locator(".totals.small div").allTextContents(),
    fault: await page.locator("p.fault").textContent(),
    override: await page.getByRole("button", { name: "Override" }).isDisabled(),
  }).toEqual({
    evidence: "evidence for Akeeps two writers apart",
    judge: ["full 3judgeexplained", "none 0judgenot said"],
    different: ["A Says what it protects against"],
    marks: ["mine1", "judge3", "at most6", "to pass3"],
    fault: "Refused as evidence: a quote that is not in the answer",
    override: true,
  });

  await page.fill("#reason", "Named, not explained.");
  await page.getByRole("button", { name: "Override" }).click();
  await expect.poll(() => desk.item(id, true)?.row.state).toBe("overridden");
  expect(desk.asked).toEqual([`decide ${id}`, `decide ${id}`]);
  await visit(`?view=review&id=${id}`);
  await page.getByText("“Named, not explained.”").waitFor();
  expect(requests.filter((request) => request.includes("blind=0"))).toEqual([]);
});

test("a conflict is resolved by taking sides, and accepted as what came of it", async () => {
  const { page, desk, visit } = await openStage(browser, assets);
  await visit(`?view=review&id=${CONFLICT}`);
  await page.keyboard.press("a");
  await page.getByText("It is in conflict and cannot be accepted as it is.").first().waitFor();
  await page.keyboard.press("c");
  await page.getByText("1 choice open").waitFor();
  expect(await page.getByRole("button", { name: "Use this result" }).isDisabled()).toBe(true);
  await page.getByLabel("Keep both").check();
  const both = await page.inputValue("#result");
  expect(both.startsWith("It keeps writers apart. It costs time. A person wrote this meanwhile.\n\nBackpressure")).toBe(
    true,
  );
  await page.getByRole("button", { name: "Use this result" }).click();
  await page.locator(".badges", { hasText: "clean" }).waitFor();
  expect(draftOf(desk, CONFLICT)).toBe(both);
  await page.keyboard.press("a");
  await expect.poll(() => desk.item(CONFLICT, true)?.row.status).toBe("accepted");
});

test("a reworded question is shown as what changed in it, and re-anchored", async () => {
  const { page, desk, visit } = await openStage(browser, assets);
  await visit(`?view=review&id=${idOf(5)}`);
  expect([
    await page.locator(".notice del").allTextContents(),
    await page.locator(".notice ins").allTextContents(),
  ]).toEqual([
    ["removed: would you not use end of removed. "],
    ["added: is end of added. ", "added: a mistake end of added. "],
  ]);
  await page.getByRole("button", { name: "Re-anchor" }).click();
  await expect.poll(() => desk.item(idOf(5), true)?.row.state).toBe("clean");
});

test("a draft that several questions could be meant by goes to the one that is chosen", async () => {
  const { page, desk, visit } = await openStage(browser, assets);
  await visit(`?view=review&id=${idOf(7)}`);
  expect(await page.locator(".places li").allTextContents()).toEqual([
    "systems/storage.md:12This one: systems/storage.md:12",
    "systems/storage.md:340This one: systems/storage.md:340",
  ]);
  await page.getByRole("button", { name: /This one.*:340/ }).click();
  await expect.poll(() => desk.item(idOf(7), true)?.row.state).toBe("clean");
});

test("the search of the queue takes the terminal's filters, and says what is wrong with one", async () => {
  const { page, visit } = await openStage(browser, assets);
  await visit("?text=state%3Dconflict%2Cstale&status=");
  expect(await page.locator(".lines .title").count()).toBe(4);
  await page.fill("#search", "conf<low");
  await page.getByText("conf is compared with one number: as in conf<0.6.").waitFor();
});

test("a comparison says how much is on both sides, and what differs", async () => {
  const { page, visit } = await openStage(browser, assets);
  await visit("?view=compare&left=2026-11-20t10-00-00z-aaaa&right=2026-11-22t09-30-00z-bbbb");
  await page.getByText("25 items on both sides; 20 differences.").waitFor();
  const first = page.locator(".log li").first();
  await first.locator("summary").click();
  expect([await first.locator("del").count(), await first.locator("ins").count()]).toEqual([1, 1]);
});

test("Enter opens the row that was left, wherever the focus is, and Space still selects", async () => {
  const { page, desk } = await openStage(browser, assets);
  await page.locator("h1").click();
  await page.keyboard.press("Enter");
  await heading(page, "What is a mutex");
  await page.keyboard.press("Enter");
  await page.keyboard.press("a");
  await heading(page, "What is a B-tree index");
  expect(desk.asked).toEqual([`decide ${idOf(0)}`]);
});

describe("what changes meanwhile", () => {
  test("shows at once, and what was typed is kept", async () => {
    const { page, desk, visit } = await openStage(browser, assets);
    await visit(`?view=edit&id=${idOf(0)}`);
    await page.fill("#draft", "Typed before.");
    await page.getByText("saved", { exact: true }).waitFor();
    await page.fill("#draft", "Typed before. And after.");
    desk.changeOnDisk(idOf(0));
    await page.locator(".notice", { hasText: "This changed elsewhere" }).waitFor();
    expect([
      await page.inputValue("#draft"),
      await page.locator(".notice ins").allTextContents(),
      await page.locator(".notice li").allTextContents(),
    ]).toEqual([
      "Typed before. And after.",
      ["added: A person wrote this meanwhile. end of added. "],
      ["Its state was clean and is now conflict."],
    ]);
  });

  test("in another window is not overwritten: the later one is told and keeps its text", async () => {
    const { page, visit, openTab, desk } = await openStage(browser, assets);
    await visit(`?view=edit&id=${idOf(0)}`);
    const tab = await openTab();
    // No notice reaches it, as if both had pressed at the same moment.
    await tab.route("**/api/items/*?blind=1", (route) => route.abort());
    await page.fill("#draft", "From the first window.");
    await expect.poll(() => desk.asked).toEqual([`save ${idOf(0)}`]);
    await tab.fill("#draft", "From the second window.");
    await tab.getByText("not saved: It changed meanwhile.").waitFor();
    await tab.unroute("**/api/items/*?blind=1");
    desk.touch();
    await tab.locator(".notice ins", { hasText: "first window" }).waitFor();
    expect([await tab.inputValue("#draft"), draftOf(desk, idOf(0))]).toEqual([
      "From the second window.",
      "From the first window.",
    ]);
    await tab.reload();
    await tab.waitForSelector("#draft");
    expect(await tab.inputValue("#draft")).toBe("From the second window.");
    expect(draftOf(desk, idOf(0))).toBe("From the first window.");
    await tab.getByRole("button", { name: "Save my text over it" }).click();
    await expect.poll(() => draftOf(desk, idOf(0))).toBe("From the second window.");
    await expect.poll(() => page.inputValue("#draft")).toBe("From the second window.");
  });

  test("in the queue appears without a reload", async () => {
    const { page, desk } = await openStage(browser, assets);
    const counted = page.locator(".filters .tick", { hasText: "conflict" }).locator(".count");
    expect(await counted.textContent()).toBe("2");
    desk.changeOnDisk(idOf(0));
    await expect.poll(() => counted.textContent()).toBe("3");
  });
});

test("an edit that the bank could not hold is refused in words and kept", async () => {
  const { page, visit, desk } = await openStage(browser, assets);
  await visit(`?view=edit&id=${idOf(0)}`);
  await page.fill("#draft", "Fine.\n\n## Question 9\n");
  await page.getByText("not saved: The draft would add a question to the file.").waitFor();
  await page.keyboard.press("Control+Enter");
  expect([await page.inputValue("#draft"), statuses(desk, 1)]).toEqual(["Fine.\n\n## Question 9\n", ["pending"]]);
});

test("many are accepted by typing how many", async () => {
  const { page, desk } = await openStage(browser, assets);
  await page.locator(".lines input").nth(0).check();
  await page.locator(".lines input").nth(2).check();
  await page.locator(".lines input").nth(3).check();
  await page.keyboard.press("A");
  await heading(page, "Accept 2 clean drafts");
  const accept = page.getByRole("button", { name: "Accept 2" });
  await page.fill("#count", "3");
  await page.keyboard.press("Enter");
  expect([await accept.isDisabled(), desk.asked]).toEqual([true, []]);
  await page.fill("#count", "2");
  await page.keyboard.press("Enter");
  await heading(page, "Review queue");
  expect([statuses(desk, 4), desk.asked]).toEqual([["accepted", "pending", "pending", "accepted"], ["batch 2"]]);
});

test("hostile drafts and answers stay text: nothing runs, loads or asks", async () => {
  const { page, faults, jump, requests } = await openStage(browser, assets, { isHostile: true });
  const drafts = HOSTILE_DRAFTS.map((_, at) => `q-e${at.toString(16).padStart(11, "0")}`);
  const answers = HOSTILE_ANSWERS.map((_, at) => `g-${at.toString(16).padStart(12, "0")}`);
  const touch =
    "for (const each of document.querySelectorAll('main *')) for (const type of ['mouseover', 'focus', 'toggle', 'load', 'error']) each.dispatchEvent(new Event(type, { bubbles: true }))";
  const look = `({
    ran: window.__ran,
    foreign: document.querySelectorAll('main :is(script, img, iframe, object, embed, style, link, base, form, meta, video, audio)').length,
    handlers: Array.from(document.querySelectorAll('*')).flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith('on') || name === 'srcdoc').length,
    links: Array.from(document.querySelectorAll('main a[href]'), (each) => each.href).filter((href) => !/^https?:/.test(href)).length,
  })`;
  const calm = { ran: undefined, foreign: 0, handlers: 0, links: 0 };
  const looks: unknown[] = [];
  for (const id of [...drafts, ...answers]) {
    await jump(`?view=review&id=${id}`);
    if (id.startsWith("g-")) {
      for (const group of await page.locator("fieldset.criterion").all()) await group.locator("input").first().check();
      await page.keyboard.press("a");
      await page.locator("mark").waitFor();
    }
    await page.evaluate(touch);
    looks.push(await page.evaluate(look));
  }
  expect(looks).toEqual([...drafts, ...answers].map(() => calm));
  expect([faults, requests.filter((request) => request.includes("invalid"))]).toEqual([[], []]);
  const refused = await page.evaluate(
    "(() => { try { document.createElement('div').innerHTML = '<b>x</b>'; return 'taken'; } catch (error) { return error.name; } })()",
  );
  expect(refused).toBe("TypeError");
});

describe("accessibility", () => {
  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const)("axe finds nothing on any screen, %s, %i wide", async (colorScheme, width) => {
    const rules = colorScheme === "light" ? "all" : "contrast";
    const viewport = { width, height: 860 };
    const { page, desk, jump } = await openStage(browser, assets, { context: { colorScheme, viewport } });
    const row = desk.queue().rows[0];
    if (row !== undefined) await desk.decide(row.id, row.etag, { action: "accept" });
    const found: unknown[] = [];
    for (const [name, search] of SCREENS) {
      await jump(search);
      const spill = await page.evaluate<number>(SPILL);
      const title = await page.locator("h1").textContent();
      found.push({ name, title, spill: Math.max(0, spill), faults: await axeFaults(page, rules) });
    }
    expect(found).toEqual(SCREENS.map(([name, _search, title]) => ({ name, title, spill: 0, faults: [] })));
  });

  test("on a phone every dialog fits and starts at its title", async () => {
    const viewport = { width: 390, height: 844 };
    const { page, visit } = await openStage(browser, assets, { context: { viewport } });
    await visit(`?view=review&id=${idOf(0)}`);
    const found: unknown[] = [];
    for (const key of ["?", "r", "x", "g"]) {
      await page.keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      found.push(
        await page.evaluate(
          "(({ scrollWidth, clientWidth, scrollTop }) => [scrollWidth - clientWidth, scrollTop])(document.querySelector('dialog[open]'))",
        ),
      );
      await page.keyboard.press("Escape");
      await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
    }
    expect(found).toEqual([1, 2, 3, 4].map(() => [0, 0]));
  });

  test("on a phone a line shows its flags whole, and the columns to sort by stand apart", async () => {
    const viewport = { width: 390, height: 844 };
    const { page, visit } = await openStage(browser, assets, { context: { viewport } });
    await visit("?flag=low-confidence");
    await page.locator(".lines .flag").nth(2).waitFor();
    expect(await page.evaluate(CUT_CHIPS)).toEqual([]);
    const gaps = await page.evaluate<readonly number[]>(HEAD_GAPS);
    expect(gaps.filter((gap) => gap < 10)).toEqual([]);
  });

  test.each([390, 1280])("a toast leaves the end of the text to be read, %i wide", async (width) => {
    const viewport = { width, height: 700 };
    const { page, visit } = await openStage(browser, assets, { context: { viewport } });
    await visit(`?view=review&id=${idOf(0)}`);
    await page.keyboard.press("a");
    await page.locator(".toast").waitFor();
    await heading(page, "What is a B-tree index");
    await page.evaluate("document.querySelector('.toast p').textContent = 'A message of some length. '.repeat(5)");
    expect(await page.evaluate<number>(ROOM_ABOVE_TOAST)).toBeGreaterThan(0);
  });

  test("a letter acts from the moment on that a dialog is closed", async () => {
    const { page, visit } = await openStage(browser, assets);
    await visit(`?view=review&id=${idOf(0)}`);
    await page.keyboard.press("g");
    await page.locator("dialog[open] input").waitFor();
    await page.evaluate(CLOSE_AND_PRESS_A);
    await page.locator(".toast").waitFor();
  });

  test("nor on dialogs, a toast, and a grade with the judge shown", async () => {
    const { page, visit } = await openStage(browser, assets);
    await visit(`?view=review&id=${idOf(0)}`);
    const found: (readonly string[])[] = [];
    for (const key of ["?", "r", "x", "g"]) {
      await page.keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      found.push(await axeFaults(page));
      await page.keyboard.press("Escape");
      await expect.poll(() => page.locator("dialog[open]").count()).toBe(0);
    }
    await page.keyboard.press("a");
    await page.locator(".toast").waitFor();
    await heading(page, "What is a B-tree index");
    found.push(await axeFaults(page));
    await visit("?view=review&id=g-000000000005");
    for (const group of await page.locator("fieldset.criterion").all()) await group.locator("input").last().check();
    await page.keyboard.press("a");
    await page.locator("mark").waitFor();
    found.push(await axeFaults(page));
    expect(found).toEqual([[], [], [], [], [], []]);
  });
});

describe("three thousand drafts", () => {
  test("can be walked within a second and a half of opening, and only those in view exist", async () => {
    const { page, visit } = await openStage(browser, assets, { drafts: 3_000, grades: 0 });
    await visit("");
    const start = performance.now();
    await page.reload();
    await page.locator(".lines .title").first().waitFor();
    await page.keyboard.press("j");
    await expect.poll(() => focused(page), { interval: 10 }).toContain("(1)");
    const took = performance.now() - start;
    expect(await page.locator(".lines .line").count()).toBeLessThan(60);
    await page.keyboard.press("End");
    await expect.poll(() => focused(page)).toContain("(3000)");
    await page.keyboard.press("Home");
    await expect.poll(() => focused(page)).toContain("(1)");
    await page.keyboard.press("Enter");
    await heading(page, "(1)");
    const pressed = performance.now();
    await page.keyboard.press("a");
    await page.locator(".toast").waitFor();
    const told = performance.now() - pressed;
    // Far above the bars of 1.5 s and 0.1 s, for machines under the load of other tests; what hangs still shows.
    expect(took).toBeLessThan(15_000);
    expect(told).toBeLessThan(5_000);
  });
});

test("the script stays within 120 KiB, and holds no way to write HTML", () => {
  expect(Buffer.byteLength(assets.script)).toBeLessThanOrEqual(120 * 1024);
  expect(assets.script.match(/outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/g) ?? []).toEqual([]);
});

/** Chips of the first line that are seen in part: cut off by what holds them, or by the line. */
const CUT_CHIPS = `(() => {
  const line = document.querySelector(".lines .line").getBoundingClientRect();
  const about = document.querySelector(".about");
  const room = about.getBoundingClientRect();
  const isOut = ({ left, right, bottom }) => right > room.right || left < room.left || bottom > Math.min(room.bottom, line.bottom);
  return [...about.children].filter((chip) => isOut(chip.getBoundingClientRect())).map((chip) => chip.textContent);
})()`;

/** Between the columns' names, on each line of the head. */
const HEAD_GAPS = `(() => {
  const boxes = [...document.querySelectorAll(".head button, .head input")].map((each) => each.getBoundingClientRect());
  return boxes.slice(1).flatMap((box, at) => (box.top >= boxes[at].bottom ? [] : [box.left - boxes[at].right]));
})()`;

/** Pixels between the end of the text and the toast, scrolled to the end. */
const ROOM_ABOVE_TOAST = `(() => {
  scrollTo(0, document.documentElement.scrollHeight);
  const ends = [...document.querySelectorAll("main > * *")].map((each) => each.closest(".bar") === null ? each.getBoundingClientRect().bottom : 0);
  return document.querySelector(".toast").getBoundingClientRect().top - Math.max(...ends);
})()`;

/** No frame is drawn in between: the field of the dialog still has the focus. */
const CLOSE_AND_PRESS_A = `(() => {
  const field = document.activeElement;
  document.querySelector("dialog[open]").close();
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true, cancelable: true }));
})()`;

/** By how much the page is wider than its window, or a text ends beyond it where nobody could scroll to. */
const SPILL = `Math.max(
  document.documentElement.scrollWidth - innerWidth,
  ...Array.from(document.querySelectorAll("main :is(li, p, dd, q)"), (text) =>
    text.closest("pre, table") === null ? Math.round(text.getBoundingClientRect().right) - innerWidth : 0))`;
