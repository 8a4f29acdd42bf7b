import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { commandLine } from "../../src/cli/project/completion.ts";
import { modelOptions } from "../../src/cli/run/model-options.ts";
import { VARIABLES } from "../../src/cli/project/reference-words.ts";
import { runInProcess } from "../support/run-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SOURCE = resolve(import.meta.dirname, "../../src");

describe("src/REFERENCE.md", () => {
  // After a change of the command line: npx vitest run --config test/vitest.config.ts test/cli/reference.test.ts -u
  test("is what answerkey reference prints now", async () => {
    const { code, out, err } = await runInProcess(["reference"], { cwd: temporaryFolder() });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    await expect(out).toMatchFileSnapshot(resolve(SOURCE, "REFERENCE.md"));
  });

  test("names every variable that the environment is asked for, and no other", () => {
    const source = readFileSync(resolve(SOURCE, "cli/environment.ts"), "utf8");
    const asked = new Set(
      Array.from(source.matchAll(/(?:variables\[|value\(|inProcess\()"([A-Z_]+)"/g), (match) => match[1] ?? ""),
    );
    expect(Object.keys(VARIABLES).toSorted()).toEqual(
      Array.from(asked).toSorted((left, right) => (left < right ? -1 : 1)),
    );
  });

  test("every option says what it does, every command has an example", () => {
    const [, ...commands] = commandLine();
    const silent = commands.flatMap(({ path, options }) =>
      options.filter(({ description }) => description === "").map(({ long }) => [...path, long].join(" ")),
    );
    const examples = commands.filter(
      ({ path, subcommands, notes }) =>
        !(path.length === 1 && subcommands.length > 0 && notes === "") &&
        !notes.includes(`\n  answerkey ${path.join(" ")}`),
    );
    expect({ silent, examples: examples.map(({ path }) => path.join(" ")) }).toEqual({ silent: [], examples: [] });
  });

  test("the defaults that the help names are those of the schema", () => {
    const defaults: Readonly<Record<string, unknown>> = z.record(z.string(), z.unknown()).parse(modelOptions.parse({}));
    const fill = commandLine().find(({ path }) => path.join(" ") === "fill");
    const told = (fill?.options ?? []).flatMap(({ long, description }) => {
      const said = /\(default: ([^);\s]+)/.exec(description)?.[1];
      const name = long.slice(2).replace(/-([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
      return said === undefined || defaults[name] === undefined ? [] : [[name, said] as const];
    });
    expect(told.length).toBeGreaterThan(4);
    expect(told).toEqual(told.map(([name]) => [name, String(defaults[name])]));
  });
});
