import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ANSWERS, offlineProject } from "./grading-project.ts";
import { writeFile } from "../support/temporary-folder.ts";

const RECORDS = "outputs/grades/storage/records.jsonl";

test("verify does not call records whole whose end nothing vouches for, unless their head is given", async () => {
  const { cwd, call } = offlineProject();
  await call("grade", ANSWERS, "--provider", "offline");
  const [records, head] = [join(cwd, RECORDS), join(cwd, `${RECORDS}.head`)];
  const noted = /head: (sha256:\S+)/.exec((await call("grade", "verify")).out)?.[1] ?? "";
  rmSync(head);
  expect(await call("grade", "verify", "--head", noted)).toMatchObject({ code: 0 });

  const lines = readFileSync(records, "utf8").split("\n");
  writeFile(records, `${lines.slice(0, -2).join("\n")}\n`);
  for (const text of [undefined, "", "{}"]) {
    if (text !== undefined) writeFile(head, text);
    const { code, out } = await call("grade", "verify");
    expect([code, out]).toEqual([1, expect.stringContaining("the end cannot be checked")]);
  }
  expect(await call("grade", "verify", "--head", noted)).toMatchObject({ code: 1 });
});
