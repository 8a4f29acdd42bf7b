import type { Dialect } from "./dialect.ts";
import { compilePatterns } from "./pattern.ts";
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
  readonly personal: RegExp | undefined;
  readonly personalIds: ReadonlySet<string>;
  readonly meta: RegExp | undefined;
  readonly mark: RegExp | undefined;
  readonly generated: RegExp | undefined;
}

const QUESTION_ID = /^q-[0-9a-f]{12}(?:-\d+)?$/;

/** @throws UserError naming the dialect and the key if a pattern cannot be used. */
export function compileDialect(name: string, rules: Dialect): CompiledDialect {
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
    personal: compile("personal", ...rules.personal.filter((entry) => !QUESTION_ID.test(entry))),
    personalIds: new Set(rules.personal.filter((entry) => QUESTION_ID.test(entry))),
    meta: compile("meta", ...META_LINES, ...rules.meta),
    mark: compile("mark", ...TEXT_MARKS, ...rules.mark),
    generated: compile("generated", ...rules.generated),
  };
}
