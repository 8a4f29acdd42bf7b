import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { runInProcess } from "../support/run-in-process.ts";
import { BANK, deskProject } from "./desk-project.ts";

const asked = (text: string): string => `<details>\n<summary>${text}</summary>\n\n_To be filled_\n\n</details>\n`;
const TWINS = `# Parts\n\n${[
  "Why is a part kept beside the others?",
  "Why is a part kept beside the others?",
  "What is a part made of?",
]
  .map(asked)
  .join("\n")}`;

const listing = z.object({ items: z.array(z.object({ id: z.string(), state: z.string(), status: z.string() })) });

async function listed(cwd: string): Promise<readonly z.infer<typeof listing>["items"][number][]> {
  const { out } = await runInProcess(["review", "list", "--json"], { cwd });
  return listing.parse(JSON.parse(out)).items;
}

test("twins without numbers are told apart after applying and taking back, until another hand edits their file", async () => {
  const { cwd } = await deskProject({ files: { [BANK]: TWINS } });
  const states = async (): Promise<readonly string[]> => (await listed(cwd)).map(({ state }) => state);
  const ids = (await listed(cwd)).map(({ id }) => id);
  expect(await states()).toEqual(["clean", "clean", "clean"]);
  await runInProcess(["review", "accept", ids[2] ?? ""], { cwd });
  expect((await runInProcess(["apply"], { cwd })).code).toBe(0);
  expect(await states()).toEqual(["clean", "clean", "done"]);
  await runInProcess(["review", "accept", ids[1] ?? ""], { cwd });
  expect((await runInProcess(["apply"], { cwd })).code).toBe(0);
  expect(await states()).toEqual(["clean", "done", "done"]);
  await runInProcess(["review", "undo", ids[2] ?? ""], { cwd });
  expect((await states()).toSorted()).toEqual(["clean", "clean", "done"]);
  writeFileSync(join(cwd, BANK), `${TWINS}\n`);
  expect((await states()).toSorted()).toEqual(["ambiguous", "ambiguous", "clean"]);
});
