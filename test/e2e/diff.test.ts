import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { unfilledBank } from "../support/small-bank.ts";
import { temporaryFolder, writeFile } from "../support/temporary-folder.ts";
import { openPage } from "./page-client.ts";

const BANK = "questions/parts.md";
const SOURCE = "questions/sources/parts.md";
const notes = (check: string): string =>
  `# Parts\n\n## What a part does\n\nA part number 1 does one thing: it hands its input on after ${check}, and it stops there.\n`;

/** One question, drafted twice from other notes. */
async function draftedTwice(): Promise<{
  readonly cwd: string;
  readonly runs: readonly string[];
  readonly id: string;
}> {
  const cwd = temporaryFolder({ [BANK]: unfilledBank(1), [SOURCE]: notes("one check") });
  await runCli(["fill", "--provider", "offline"], { cwd });
  writeFile(join(cwd, SOURCE), notes("two checks"));
  await runCli(["fill", "--provider", "offline", "--redo"], { cwd });
  const [file = ""] = readdirSync(join(cwd, "outputs/proposals/questions/parts"));
  return { cwd, runs: readdirSync(join(cwd, "outputs/runs")).toSorted(), id: file.replace(/\.md$/, "") };
}

test("two runs, and two revisions of a draft: what changed, word by word", async () => {
  const { cwd, runs, id } = await draftedTwice();
  const byRun = await runCli(["diff", ...runs], { cwd });
  expect(byRun.out).toContain("1 draft on both sides, 1 changed.");
  expect(byRun.out).toMatch(/\[-one check.*-\]\{\+two checks.*\+\}/);
  const byRevision = await runCli(["diff", `${id}@r1`, `${id}@r2`, "--json"], { cwd });
  const document: unknown = JSON.parse(byRevision.out);
  expect({ code: byRevision.code, document }).toMatchObject({
    code: 0,
    document: {
      schema: 1,
      kind: "drafts",
      left: `${id}@r1`,
      right: `${id}@r2`,
      compared: 1,
      changes: [{ change: "changed", id, path: BANK }],
    },
  });
  expect((await runCli(["diff", runs[0] ?? "", runs[0] ?? ""], { cwd })).out).toContain(
    "1 draft on both sides, 0 changed.",
  );
});

test("unknown names suggest the nearest", async () => {
  const { cwd, runs } = await draftedTwice();
  const [run = ""] = runs;
  const { code, err } = await runCli(["diff", run.replace("2", "3"), run], { cwd });
  expect({ code, isSuggested: err.includes("did you mean") && err.includes(run) }).toEqual({
    code: 2,
    isSuggested: true,
  });
});

const RUBRIC = `rubric: 1
match: "What does part number 1 do, and where does it stop?"
scale: { max: 1, step: 0.5, floor: 0 }
criteria:
  - id: check
    text: Says that it hands its input on after one check.
    points: 1
    evidence: required
    levels:
      - { id: none, points: 0, text: "Not said." }
      - { id: full, points: 1, text: "It hands its input on after one check." }
`;

function csv(...rows: readonly string[]): string {
  return ["candidate,question,answer", ...rows, ""].join("\n");
}

test("two sets of grades: who moved by how much, whatever codes the sets gave", async () => {
  const question = "What does part number 1 do, and where does it stop?";
  const good = `"${question}",It hands its input on after one check.`;
  const bad = `"${question}",It turns round and round all day.`;
  const cwd = temporaryFolder({
    [BANK]: unfilledBank(1),
    "questions/rubrics/parts.rubric.yaml": RUBRIC,
    "answers/first.csv": csv(`ann@x.test,${good}`, `bob@x.test,${bad}`),
    "answers/second.csv": csv(`bob@x.test,${good}`, `cid@x.test,${bad}`),
  });
  for (const set of ["first", "second"]) {
    await runCli(["grade", `answers/${set}.csv`, "--set", set, "--provider", "offline"], { cwd });
    const levels = set === "first" ? "none" : "full";
    const codes: { candidates: { code: string; identity: string }[] } = JSON.parse(
      readFileSync(join(cwd, `outputs/grades/${set}/candidates.json`), "utf8"),
    );
    const bob = codes.candidates.find(({ identity }) => identity.includes("bob"))?.code ?? "";
    const [id = ""] = Object.values(
      /"question":"(q-[0-9a-f]+)"/
        .exec(readFileSync(join(cwd, `outputs/grades/${set}/records.jsonl`), "utf8"))
        ?.slice(1) ?? [],
    );
    await runCli(
      ["grade", "override", bob, id, "--set", set, "--level", `check=${levels}`, "--reason", "so it is", "--by", "ada"],
      { cwd },
    );
  }
  const { out, code } = await runCli(["diff", "first", "second"], { cwd });
  expect(code).toBe(0);
  expect(out).toContain("1 answer on both sides, 1 changed.");
  expect(out).toMatch(/0 set by a person to 1 set by a person \(\+1\); check none to full/);
  expect(out).toContain("Only after: 1 answer.");

  const page = await openPage(cwd, ["diff", "first", "second", "--web"]);
  expect(new URL(page.url).search).toBe("?view=compare&left=first&right=second");
  expect(await page.get("/api/compare?left=first&right=second")).toMatchObject({
    rows: [{ kind: "grade", moved: 1000 }, { change: "only before" }, { change: "only after" }],
  });
});
