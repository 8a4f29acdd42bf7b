import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Proposal } from "../../src/bank/proposal.ts";
import { hashOf } from "../../src/core/hash.ts";
import { questionId } from "../../src/core/ids.ts";
import { formatProposal, parseProposal } from "../../src/files/proposal-file.ts";
import { openProposalStore, type ProposalStore } from "../../src/files/proposal-store.ts";
import { openWorkspace } from "../../src/files/workspace.ts";
import { filesOf, temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { toldBy } from "../support/user-error.ts";
import { growthOf } from "../support/growth.ts";

const BODY = "Use a **lock**.\n\n---\n\nThen release it.";

function proposal(id = "q-3f9a1c2d7e10", path = "questions/locks/theory.md", body = BODY): Proposal {
  return {
    header: {
      schema: 1,
      kind: "answer",
      id,
      status: "pending",
      question: 'What is a "lock": 010?',
      source: {
        path,
        headings: ["Locks", "# Basics"],
        ordinal: 0,
        question_hash: hashOf("question"),
        base_slot_hash: hashOf("slot"),
        base_file_hash: hashOf("file"),
      },
      run: {
        id: "2026-11-23t10-12-04z-a1b2",
        provider: "offline",
        model: "1e3",
        prompt: "draft@1",
        prompt_hash: hashOf("prompt"),
        request_key: "0".repeat(64),
        tokens_in: 812,
        tokens_out: 402,
        cost_usd: 0.0000001,
      },
      signals: {
        confidence: 1,
        verdict: "pass",
        findings: ["line one\nline two", "no", "---"],
        flags: [],
        citations: [{ path: "sources/a.md", heading: "A" }],
        key_points: [],
        assumptions: [],
        doubts: [],
      },
      content_hash: hashOf(body),
      revision: 1,
    },
    body,
  };
}

const ID = questionId("q-3f9a1c2d7e10");
const BANK = "questions/locks/theory.md";
const FILE = "outputs/proposals/questions/locks/theory/q-3f9a1c2d7e10.md";

function storeIn(files: Readonly<Record<string, string | Uint8Array>> = {}): { root: string; store: ProposalStore } {
  const root = temporaryFolder(files);
  return { root, store: openProposalStore(openWorkspace(root)) };
}

describe("a proposal file", () => {
  test("is front matter and the draft, for any editor", () => {
    expect(Buffer.from(formatProposal(proposal())).toString()).toMatchInlineSnapshot(`
      "---
      schema: 1
      kind: "answer"
      id: "q-3f9a1c2d7e10"
      status: "pending"
      question: "What is a \\"lock\\": 010?"
      source:
        path: "questions/locks/theory.md"
        headings:
          - "Locks"
          - "# Basics"
        ordinal: 0
        question_hash: "sha256:1f5087db919ced5c123c7f507d3fcce818cb0cf6e77c2f95a8a35e951e03fdb9"
        base_slot_hash: "sha256:6558838331b742a6f1d5935b32b4612aecdbcc7254868c7eeece68fbd0149ea3"
        base_file_hash: "sha256:3b9c358f36f0a31b6ad3e14f309c7cf198ac9246e8316f9ce543d5b19ac02b80"
      run:
        id: "2026-11-23t10-12-04z-a1b2"
        provider: "offline"
        model: "1e3"
        prompt: "draft@1"
        prompt_hash: "sha256:cf07194ee232eb531e15f690000d19846dea69cf05504782658afcfacb9228a2"
        request_key: "0000000000000000000000000000000000000000000000000000000000000000"
        tokens_in: 812
        tokens_out: 402
        cost_usd: 1e-7
      signals:
        confidence: 1
        verdict: "pass"
        findings:
          - "line one\\nline two"
          - "no"
          - "---"
        flags: []
        citations:
          - path: "sources/a.md"
            heading: "A"
        key_points: []
        assumptions: []
        doubts: []
      content_hash: "sha256:d2a4cea947e5d3e7af2e86ab838116379d41c001de4d712cbcd05b44e46d620f"
      revision: 1
      ---

      Use a **lock**.

      ---

      Then release it.
      "
    `);
  });

  test("gives back every draft exactly", () => {
    const body = fc.oneof(
      fc.string({ unit: fc.constantFrom("\n", "---\n", "a", " ", "\t", "ü", "\uFEFF", "```", "\u2028") }),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(body, (text) => {
        const given = proposal(undefined, undefined, text.replaceAll("\r\n", "\n"));
        expect(parseProposal(formatProposal(given))).toMatchObject({ status: "read", proposal: given });
      }),
    );
  });

  test("is read as the same draft after an editor changed BOM, line ends or the last line feed", () => {
    const text = Buffer.from(formatProposal(proposal())).toString();
    const variants = [`\uFEFF${text}`, text.replaceAll("\n", "\r\n"), text.slice(0, -1)];
    for (const variant of variants) {
      expect(parseProposal(Buffer.from(variant))).toMatchObject({ status: "read", proposal: proposal() });
    }
  });
});

describe("the store", () => {
  test("lists what it wrote, all or one bank's, in the order of paths", async () => {
    const { root, store } = storeIn();
    expect(store.list()).toEqual({ proposals: [], unreadable: [] });
    const given = [
      proposal("q-b"),
      proposal("q-a"),
      proposal("q-a", "questions/other.md"),
      proposal("q-a", "README.markdown"),
    ];
    for (const each of given) store.write(each);
    expect(store.list().proposals.map(({ path }) => path)).toEqual([
      "outputs/proposals/README.markdown/q-a.md",
      "outputs/proposals/questions/locks/theory/q-a.md",
      "outputs/proposals/questions/locks/theory/q-b.md",
      "outputs/proposals/questions/other/q-a.md",
    ]);
    expect(store.list("questions/other.md")).toEqual({
      proposals: [{ status: "read", path: "outputs/proposals/questions/other/q-a.md", proposal: given[2] }],
      unreadable: [],
    });
    expect(Object.keys(filesOf(root)).length).toBe(4);
  });

  test("reading and listing make no folder", () => {
    const { root, store } = storeIn();
    expect([store.read(BANK, ID), store.list(BANK)]).toEqual([
      { status: "missing" },
      { proposals: [], unreadable: [] },
    ]);
    expect(filesOf(root)).toEqual({});
    expect(toldBy(() => store.setStatus(BANK, ID, "accepted"))).toMatch(/^cannot read .*does not exist \(ENOENT\)/);
  });

  test.each([
    ["LF", (text: string) => text],
    ["BOM", (text: string) => `\uFEFF${text}`],
    ["CRLF without a last line feed", (text: string) => text.replaceAll("\n", "\r\n").slice(0, -2)],
    ["mixed line ends and odd bytes in the body", (text: string) => `${text}\r\n\u2028\t  \r\r\n---\n`],
  ])("changes a status and no byte of the body: %s", async (_title, edited) => {
    const { root, store } = storeIn();
    store.write(proposal());
    const before = edited(readFileSync(join(root, FILE), "utf8"));
    writeFile(join(root, FILE), before);
    expect(store.setStatus(BANK, ID, "accepted")).toEqual({ status: "written" });
    expect(readFileSync(join(root, FILE), "utf8")).toBe(before.replace('status: "pending"', 'status: "accepted"'));
    store.setStatus(BANK, ID, "pending");
    expect(readFileSync(join(root, FILE), "utf8")).toBe(before);
  });

  describe("replacing what somebody has seen", () => {
    const edited: Proposal = { ...proposal(), body: "Use a **mutex**." };

    test("puts another draft in its place and keeps the one that was generated, once", async () => {
      const { store } = storeIn();
      store.write(proposal());
      expect(store.replace(proposal(), edited)).toEqual({ status: "written" });
      expect(store.read(BANK, ID)).toEqual({ status: "read", path: FILE, proposal: edited });
      expect(store.earlier(BANK, ID)).toEqual([proposal()]);
      store.replace(edited, { ...edited, body: "Use a semaphore." });
      expect(store.earlier(BANK, ID)).toEqual([proposal()]);
    });

    test("is refused where the file holds something else by now", async () => {
      const { store } = storeIn();
      store.write(proposal());
      store.setStatus(BANK, ID, "accepted");
      expect(toldBy(() => store.replace(proposal(), edited))).toMatch(/was changed by someone else/);
      expect(store.read(BANK, ID)).toMatchObject({ proposal: { header: { status: "accepted" }, body: BODY } });
    });

    test("as another question's it goes where that one's belongs, and never over one that is there", async () => {
      const { store } = storeIn();
      const other = proposal("q-0000000000aa", "questions/other.md");
      store.write(proposal());
      store.write(proposal("q-taken"));
      expect(toldBy(() => store.replace(proposal(), proposal("q-taken")))).toMatch(/was made by someone else/);
      store.replace(proposal(), other);
      expect(store.list().proposals.map(({ proposal: { header } }) => header.id)).toEqual(["q-taken", other.header.id]);
      expect(store.earlier(BANK, ID)).toEqual([proposal()]);
    });
  });

  test("finds earlier drafts, newest first, and no other question's", async () => {
    const { store } = storeIn();
    const revisions = [1, 2, 3].map((revision) => ({ ...proposal(), header: { ...proposal().header, revision } }));
    for (const each of [...revisions, proposal("q-3f9a1c2d7e10.rubric2")]) {
      store.write(each);
      store.supersede(BANK, questionId(each.header.id));
    }
    expect(store.earlier(BANK, ID)).toEqual(revisions.toReversed());
  });

  test("keeps superseded revisions, also of one number and unreadable ones", async () => {
    const { root, store } = storeIn();
    expect(store.supersede(BANK, ID)).toBe(undefined);
    const moved: (string | undefined)[] = [];
    for (const _revision of [1, 2]) {
      store.write(proposal());
      moved.push(store.supersede(BANK, ID));
    }
    writeFile(join(root, FILE), "notes of mine\n");
    moved.push(store.supersede(BANK, ID));
    const folder = "outputs/superseded/questions/locks/theory";
    expect(moved).toEqual([
      `${folder}/q-3f9a1c2d7e10.r1.md`,
      `${folder}/q-3f9a1c2d7e10.r1-2.md`,
      `${folder}/q-3f9a1c2d7e10.unreadable.md`,
    ]);
    expect(new Set(Object.keys(filesOf(root)))).toEqual(new Set(moved));
    expect(readFileSync(join(root, moved[2] ?? ""), "utf8")).toBe("notes of mine\n");
  });

  test("takes an empty file, as a power failure leaves it, for none", async () => {
    const { store } = storeIn({ [FILE]: "", "outputs/proposals/a/q-b.md": new Uint8Array(4096) });
    expect([store.read(BANK, ID), store.list()]).toEqual([{ status: "missing" }, { proposals: [], unreadable: [] }]);
    store.write(proposal());
    expect(store.read(BANK, ID)).toEqual({ status: "read", path: FILE, proposal: proposal() });
  });

  test("tells what it cannot read, and never writes over it", async () => {
    const good = Buffer.from(formatProposal(proposal())).toString();
    const folder = "outputs/proposals/questions/locks/theory";
    const { root, store } = storeIn({
      [FILE]: good.replace('status: "pending"', "status: maybe"),
      [`${folder}/q-a.md`]: good.replace("schema: 1", "schema: 2"),
      [`${folder}/q-b.md`]: good,
      [`${folder}/q-c.md`]: good.replace("revision: 1", "revision: 01"),
      [`${folder}/q-d.md`]: good.replace("q-3f9a1c2d7e10", "../q-d"),
      [`${folder}/q-e.md`]: good
        .replace("q-3f9a1c2d7e10", "q-e")
        .replace("questions/locks/theory.md", "../../theory.md"),
      [`${folder}/q-f.md`]: Uint8Array.of(0x2d, 0x2d, 0x2d, 0x0a, 0xff),
      [`${folder}/q-g.md`]: "---js\nprocess.exit(1)\n---\n",
      [`${folder}/q-h.md`]: good.replace('kind: "answer"', 'kind: "answer"\nextra: 1'),
      [`${folder}/notes.txt`]: "mine\n",
      [`${folder}/.notes.swp`]: "an editor's\n",
    });
    symlinkSync("/etc/hostname", join(root, folder, "q-i.md"));
    const before = filesOf(root);
    expect(store.list().proposals).toEqual([]);
    expect(store.list().unreadable.map(({ path, line, reason }) => `${path.replace(folder, "")}:${line} ${reason}`))
      .toMatchInlineSnapshot(`
      [
        "/notes.txt:1 it has no front matter",
        "/q-3f9a1c2d7e10.md:5 status: Invalid option: expected one of "pending"|"accepted"|"rejected"|"applied"",
        "/q-a.md:2 schema: Invalid input: expected 1",
        "/q-b.md:1 its id or source.path is not that of its own path",
        "/q-c.md:41 revision: Invalid input: expected number, received string",
        "/q-d.md:4 id: not a valid question id",
        "/q-e.md:1 its id or source.path is not that of its own path",
        "/q-f.md:1 it is not UTF-8",
        "/q-g.md:1 front matter in js is not read, only YAML",
        "/q-h.md:1 front matter: Unrecognized key: "extra"",
        "/q-i.md:1 outputs/proposals/questions/locks/theory/q-i.md is not used as a path: a symbolic link leads out of the project",
      ]
    `);
    expect(toldBy(() => store.write(proposal()))).toMatchInlineSnapshot(
      `"outputs/proposals/questions/locks/theory/q-3f9a1c2d7e10.md:5 is not a proposal that can be read: status: Invalid option: expected one of "pending"|"accepted"|"rejected"|"applied" | Repair the front matter, or move the file away."`,
    );
    expect(toldBy(() => store.setStatus(BANK, ID, "accepted"))).toBe(toldBy(() => store.write(proposal())));
    expect(filesOf(root)).toEqual(before);
  });

  test("stays inside the project", async () => {
    const outside = temporaryFolder();
    const { root, store } = storeIn({ "outputs/proposals/a.md": "" });
    symlinkSync(outside, join(root, "outputs/proposals/link"));
    const paths = ["../../x.md", "/etc/x.md", "questions/../../../x.md", "link/x.md", "a\0b.md", "con.md", "aux/x.md"];
    const messages = paths.map((path) => toldBy(() => store.write(proposal("q-a", path))));
    expect(messages.join("\n")).toMatchInlineSnapshot(`
      "../../x.md is not used as a path: it goes up with ".." | Name a file or folder below the project folder.
      /etc/x.md is not used as a path: it is not relative to the project | Name a file or folder below the project folder.
      questions/../../../x.md is not used as a path: it goes up with ".." | Name a file or folder below the project folder.
      outputs/proposals/link/x/q-a.md is not used as a path: a symbolic link leads out of the project | Name a file or folder below the project folder.
      a<U+0000>b.md is not used as a path: it holds a control character or a backslash | Name a file or folder below the project folder.
      con.md is not used as a path: it holds a name that is reserved on some systems | Name a file or folder below the project folder.
      aux/x.md is not used as a path: it holds a name that is reserved on some systems | Name a file or folder below the project folder."
    `);
    expect(filesOf(outside)).toEqual({});
    rmSync(join(root, "outputs"), { recursive: true });
    symlinkSync(outside, join(root, "outputs"));
    expect(toldBy(() => openWorkspace(root))).toMatch(
      /^outputs\/proposals is not used as a path: a symbolic link leads out/,
    );
  });

  test("reads all proposals in time in proportion to their number", () => {
    const draft = "An answer of ordinary length.\n".repeat(60);
    const prepare = (size: number) => {
      const { root, store } = storeIn();
      for (let at = 0; at < size; at += 1) {
        const id = `q-${String(at).padStart(12, "0")}`;
        writeFile(join(root, `outputs/proposals/bank/${id}.md`), formatProposal(proposal(id, "bank.md", draft)));
      }
      expect(store.list().proposals.length).toBe(size);
      return () => store.list();
    };
    expect(growthOf(prepare, 100)).toBe("linear");
  });
});
