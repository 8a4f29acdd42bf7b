import { chmodSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { goodDraft, goodReply, questionIn, taskOf } from "../support/model-replies.ts";
import { reply, type Behaviour, type Seen } from "../support/model-server.ts";
import { filesOf, writeFile } from "../support/temporary-folder.ts";
import { draftingProject, proposalPaths, type DraftingProject } from "./drafting-project.ts";

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const SLOT = "_[To be filled]_";

/** Two questions, the first unfilled, each of its own file. */
function bank(name: string, title = `What is the ${name} part for?`): string {
  return [
    `# Bank of ${name}`,
    "",
    "## Question 1",
    "",
    `**${title}**`,
    "",
    `**Answer:** ${SLOT}`,
    "",
    "---",
    "",
    "## Question 2",
    "",
    `**What is the journal of ${name} for?**`,
    "",
    `**Answer:** It remembers what the ${name} part was paid for.  `,
    "",
    "---",
    "",
  ].join("\n");
}

const HIDDEN = "\u001B[31mred\u001B]0;title\u0007 \u202Ereversed\u202C\u200B \u0085 \u{E0041}";
const JS = "---js\n{ title: require('node:fs').writeFileSync('EXECUTED', 'yes') }\n---\n";
const TEMPLATE = "What does {{ question }} {% include 'secret' %} ${process.env.HOME} <%= 1 %> do?";

/** Every one of these is read, filled and put back; nothing but its one slot may change. */
const HOSTILE: Readonly<Record<string, Uint8Array>> = {
  js: Buffer.from(`${JS}\n${bank("js")}`),
  template: Buffer.from(bank("template", TEMPLATE)),
  hidden: Buffer.from(bank("hidden", `What is ${HIDDEN} for?`)),
  long: Buffer.from(`${bank("long")}${"x".repeat(1_000_000)}\n`),
  quotes: Buffer.from(`${">".repeat(10_000)} deep\n\n${bank("quotes")}`),
  utf8: Buffer.concat([Buffer.from(bank("utf8")), Buffer.from([0x0a, 0xff, 0xfe, 0xc0, 0x0a])]),
  zero: Buffer.from(`${bank("zero")}\na\u0000b\n`),
  crlf: Buffer.from(bank("crlf").replaceAll("\n", "\r\n")),
  bom: Buffer.concat([BOM, Buffer.from(bank("bom"))]),
  unended: Buffer.from(bank("unended").replace(/\n\n---\n$/, "")),
  "d\u202Eangerous": Buffer.from(bank("dangerous")),
};

/** A model that is as hostile as the bank: hidden characters and template syntax in every text it gives. */
function hostileReply(seen: Seen): Behaviour {
  if (taskOf(seen) !== "draft") return goodReply(seen);
  const draft = goodDraft(questionIn(seen));
  const answer = `${draft.answer}\n\n${HIDDEN} and {{ config }} {% raw %} stay words.`;
  return reply(JSON.stringify({ ...draft, answer, doubts: [`Is ${HIDDEN} meant?`], assumptions: [HIDDEN] }));
}

async function hostileProject(): Promise<DraftingProject> {
  const files = Object.fromEntries(Object.entries(HOSTILE).map(([name, bytes]) => [`questions/${name}.md`, bytes]));
  return draftingProject({ questions: 1, behave: hostileReply, files });
}

const bytesOf = ({ cwd }: DraftingProject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(HOSTILE).map((name) => [name, readFileSync(join(cwd, `questions/${name}.md`)).toString("latin1")]),
  );

/** Characters that no stream may carry: controls but line feed and tab, bidi, zero-width, tags. */
const RAW =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E0FFF}]/u;

describe("banks and a model that mean harm", () => {
  test("run no code, reach no terminal raw, and change one slot a file at most; undo gives every byte back", async () => {
    const project = await hostileProject();
    const before = bytesOf(project);
    const printed: Record<string, string> = {};
    const run = async (...args: readonly string[]): Promise<string> => {
      const { out, err } = await project.run(...args);
      printed[args.join(" ")] = out + err;
      return out;
    };
    await run("status");
    await run("status", "--json");
    await run("audit", "--json");
    await run("fill", "--dry-run");
    await run("fill");
    expect(bytesOf(project)).toEqual(before);
    expect(proposalPaths(project.cwd)).toHaveLength(Object.keys(HOSTILE).length + 1);
    await run("review", "list");
    const ids = proposalPaths(project.cwd).map((path) => /(q-[^/]+)\.md$/.exec(path)?.[1] ?? "");
    await run("review", "show", ids[0] ?? "");
    await run("review", "list", "--json");
    await run("review", "accept", ...new Set(ids), "--by", `Ada ${HIDDEN}`);
    await run("apply", "--dry-run");
    await run("apply", "--json");
    const applied = bytesOf(project);
    for (const [name, text] of Object.entries(before)) {
      const at = text.indexOf(SLOT);
      const [head, tail] = [text.slice(0, at).trimEnd(), text.slice(at + SLOT.length)];
      const after = applied[name] ?? "";
      expect({ name, isFilled: after !== text, head: after.startsWith(head), tail: after.endsWith(tail) }).toEqual({
        name,
        isFilled: true,
        head: true,
        tail: true,
      });
    }
    await run("review", "undo", "--all");
    expect(bytesOf(project)).toEqual(before);
    expect(
      Object.entries(printed)
        .filter(([, text]) => RAW.test(text))
        .map(([command]) => command),
    ).toEqual([]);
    expect(existsSync(join(project.cwd, "EXECUTED"))).toBe(false);
  });

  test("an unclosed fence is told with file and line, and the file is never written", async () => {
    const project = await draftingProject({
      questions: 1,
      files: { "questions/open.md": `${bank("open")}\n\`\`\`js\nrest\n` },
    });
    const before = filesOf(join(project.cwd, "questions"));
    const audit = await project.run("audit");
    expect(audit).toMatchObject({
      code: 1,
      out: expect.stringContaining(
        "questions/open.md:19  error  code fence ``` is never closed; nothing is written to this file until it is",
      ),
    });
    const fill = await project.run("fill", "--apply");
    expect(fill.err).toContain("  1 in a file that is not written to (see answerkey audit)\n");
    expect(filesOf(join(project.cwd, "questions"))["open.md"]).toBe(before["open.md"]);
  });

  test("a link out of the project is named and left alone", async () => {
    const outside = await draftingProject({ questions: 1, files: { "questions/outside.md": bank("outside") } });
    const project = await draftingProject({ questions: 1 });
    symlinkSync(join(outside.cwd, "questions/outside.md"), join(project.cwd, "questions/link.md"));
    const before = filesOf(outside.cwd);
    const fill = await project.run("fill", "--apply");
    expect(fill.err).toContain("questions/link.md: not read: it is a symbolic link; name it to have it read\n");
    expect(filesOf(outside.cwd)).toEqual(before);
    const named = await project.run("fill", "questions/link.md");
    expect(named.code).toBe(0);
    expect(filesOf(outside.cwd)).toEqual(before);
  });

  test("a file that no proposal could be kept for is named before anything is sent", async () => {
    const project = await draftingProject({ questions: 1, files: { "questions/nul.md": bank("nul") } });
    const fill = await project.run("fill");
    expect({ code: fill.code, first: fill.err.split("\n")[0], requests: project.server.requests.length }).toEqual({
      code: 0,
      first:
        "questions/nul.md: not read: it holds a name that is reserved on some systems, so no proposal could be kept for it",
      requests: 2,
    });
  });

  test("an empty file and a folder of nothing are no banks", async () => {
    const project = await draftingProject({ questions: 1, files: { "questions/empty.md": "" } });
    expect((await project.run("status")).err).toBe(
      "1 other file without questions: questions/empty.md\nnext: answerkey fill --dry-run\n",
    );
  });

  test("a file without the right to write is not written, also not by root", async () => {
    const project = await draftingProject({ questions: 1, files: { "questions/kept.md": bank("kept") } });
    chmodSync(join(project.cwd, "questions/kept.md"), 0o444);
    await project.run("fill");
    const [kept = ""] = proposalPaths(project.cwd).filter((path) => path.includes("/kept/"));
    await project.run("review", "accept", /(q-[^/]+)\.md$/.exec(kept)?.[1] ?? "");
    const applied = await project.run("apply");
    expect({ ...applied, err: applied.err.replaceAll(project.cwd, "<project>") }).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "cannot write <project>/questions/kept.md: it is read-only
        Make it writable if it is meant to change (chmod u+w).
      ",
        "out": "0 answers written into 0 files
      ",
      }
    `);
    expect(readFileSync(join(project.cwd, "questions/kept.md"), "utf8")).toBe(bank("kept"));
  });
});

describe("front matter and prompts that would like to be programs", () => {
  test("a prompt and a proposal with ---js are refused with their names, and not run", async () => {
    const project = await draftingProject({ questions: 2 });
    await project.run("fill");
    const [path = ""] = proposalPaths(project.cwd);
    writeFile(join(project.cwd, path), `${JS}\nAn answer.\n`);
    const list = await project.run("review", "list");
    expect(list.err).toMatchInlineSnapshot(`
      "outputs/proposals/questions/parts/q-0fefcb3abaf3.md:1: not a proposal: front matter in js is not read, only YAML
      "
    `);
    const check = await project.run("review", "check");
    expect(check).toMatchObject({ code: 1, out: expect.stringContaining(`${path}:1: not a proposal: `) });
    writeFile(join(project.cwd, "prompts/draft.md"), `${JS}\n# System\n\nx\n\n# User\n\ny\n`);
    const fill = await project.run("fill");
    expect({
      code: fill.code,
      err: fill.err
        .split("\n")
        .filter((line) => line.startsWith("error"))
        .map((line) => line.replaceAll(project.cwd, "<project>")),
    }).toMatchInlineSnapshot(`
      {
        "code": 2,
        "err": [
          "error: <project>/prompts/draft.md:1: front matter in js is not read, only YAML",
        ],
      }
    `);
    expect(existsSync(join(project.cwd, "EXECUTED"))).toBe(false);
  });
});
