import { expect, test } from "vitest";
import { z } from "zod";
import { commonOptions, dollars, parseOptions, wholeNumber } from "../../src/cli/options.ts";
import { userErrorOf } from "./user-error-of.ts";

const schema = commonOptions.extend({
  maxWait: wholeNumber.min(1, "expected at least 1 second").default(600),
  budget: dollars.optional(),
  states: z.array(z.enum(["empty", "filled"])).optional(),
  logFile: z.string().min(1).optional(),
});

test("flags become typed values, with defaults where nothing is given", () => {
  expect(parseOptions(schema, { maxWait: "5", budget: "0.5", json: true, foreign: "x" })).toEqual({
    json: true,
    quiet: false,
    maxWait: 5,
    budget: 0.5,
  });
});

test.each([
  [{ maxWait: "soon" }, "--max-wait: expected a number"],
  [{ maxWait: "1.5" }, "--max-wait: expected a whole number"],
  [{ maxWait: "0" }, "--max-wait: expected at least 1 second"],
  [{ budget: "free" }, "--budget: expected an amount in dollars"],
  [{ budget: "0" }, "--budget: expected more than 0"],
  [{ budget: "Infinity" }, "--budget: expected an amount in dollars"],
  [{ budget: "" }, "--budget: expected more than 0"],
  [{ logFile: "" }, "--log-file: must not be empty"],
  [{ states: ["blank"] }, "--states: expected one of empty, filled"],
])("%j is refused by the name of its flag", (raw, message) => {
  expect(userErrorOf(() => parseOptions(schema, raw))).toEqual({
    message,
    hint: "see --help for what it takes",
    exitCode: 2,
  });
});
