import { UserError } from "../core/errors.ts";
import type { Dialect } from "./dialect.ts";
import { compilePatterns } from "./pattern.ts";
import { compilePersonal, type Personal } from "./personal.ts";
import { IGNORED_LINES, META_LINES, PARTIAL_LINES, PLACEHOLDER_LINES, TEXT_MARKS } from "./shared-patterns.ts";

/** A dialect with its patterns compiled. */
export interface CompiledDialect {
  readonly name: string;
  readonly rules: Dialect;
  readonly start: RegExp | undefined;
  readonly until: RegExp | undefined;
  readonly continues: RegExp | undefined;
  /** Ends the search for an answer: end of the block or of the answer. */
  readonly end: RegExp | undefined;
  readonly scopeStart: RegExp | undefined;
  readonly scopeEnd: RegExp | undefined;
  readonly answerStart: RegExp | undefined;
  readonly answerOpen: RegExp | undefined;
  readonly placeholder: RegExp | undefined;
  readonly ignore: RegExp | undefined;
  readonly partial: RegExp | undefined;
  readonly choices: RegExp | undefined;
  readonly personal: Personal;
  readonly meta: RegExp | undefined;
  readonly mark: RegExp | undefined;
  readonly generated: RegExp | undefined;
}

/** @throws UserError naming the dialect and the key if a pattern cannot be used, or nothing says where a question starts. */
export function compileDialect(name: string, rules: Dialect): CompiledDialect {
  if (rules.kind === "line" && rules.question.start === undefined) {
    throw new UserError(`dialect "${name}" has no question.start, so it finds nothing`, {
      hint: "a dialect of yours replaces a built-in one of its name whole; kind: file needs no start",
    });
  }
  const compile = (key: string, ...sources: readonly (string | undefined)[]): RegExp | undefined =>
    compilePatterns(
      sources.filter((source) => source !== undefined),
      `dialect "${name}", ${key}`,
    );
  return {
    name,
    rules,
    start: compile("question.start", rules.question.start),
    until: compile("question.until", rules.question.until),
    continues: compile("question.continue", rules.question.continue),
    end: compile("question.end or answer.end", ...rules.question.end, ...rules.answer.end),
    scopeStart: compile("scope.start", rules.scope.start),
    scopeEnd: compile("scope.end", rules.scope.end),
    answerStart: compile("answer.start", rules.answer.start),
    answerOpen: compile("answer.open", rules.answer.open),
    placeholder: compile("unfilled.placeholder", ...PLACEHOLDER_LINES, ...rules.unfilled.placeholder),
    ignore: compile("unfilled.ignore", ...IGNORED_LINES, ...rules.unfilled.ignore),
    partial: compile("unfilled.partial", ...PARTIAL_LINES, ...rules.unfilled.partial),
    choices: compile("choices", rules.choices),
    personal: compilePersonal(rules.personal, `dialect "${name}", personal`),
    meta: compile("meta", ...META_LINES, ...rules.meta),
    mark: compile("mark", ...TEXT_MARKS, ...rules.mark),
    generated: compile("generated", ...rules.generated),
  };
}
