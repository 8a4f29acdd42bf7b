import { z } from "zod";
import { UserError } from "../core/errors.ts";

/** Options that every command takes. */
export const commonOptions = z.object({
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
  config: z.string().optional(),
});

export const wholeNumber = z.coerce.number("expected a number").int("expected a whole number");
export const dollars = z.coerce.number("expected an amount in dollars").positive("expected more than 0");

/**
 * Flags as commander read them, made into a typed value.
 * @throws UserError naming the flag.
 */
export function parseOptions<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const flag = flagOf(String(issue?.path[0] ?? ""));
  throw new UserError(`--${flag}: ${wordsOf(issue)}`, { hint: "see --help for what it takes" });
}

/** What zod found wrong, in words for whoever wrote a flag or a configuration. */
export function wordsOf(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case "invalid_value":
      return `expected one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `unknown key ${issue.keys.join(", ")}`;
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1 ? "must not be empty" : issue.message;
    default:
      return issue?.message.replace(/^Invalid input: /, "") ?? "not valid";
  }
}

function flagOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
