import { UserError } from "../core/errors.ts";

const compiled = new Map<string, RegExp>();

/**
 * Alternatives as one regular expression. Equal sources give the same object, so that what was found with it can be
 * shared between dialects.
 * @throws UserError if one is not a regular expression or repeats a repetition, which can take exponential time.
 */
export function compilePatterns(sources: readonly string[], place: string): RegExp | undefined {
  if (sources.length === 0) return undefined;
  for (const source of sources) {
    if (hasNestedRepetition(source)) {
      throw new UserError(`${place}: the pattern repeats a repetition, which can take forever`, { hint: source });
    }
  }
  const joined = sources.length === 1 ? sources.join("") : sources.map((source) => `(?:${source})`).join("|");
  const known = compiled.get(joined);
  if (known !== undefined) return known;
  const pattern = compile(joined, place);
  compiled.set(joined, pattern);
  return pattern;
}

function compile(source: string, place: string): RegExp {
  try {
    return new RegExp(source, "iu");
  } catch (unicodeError) {
    try {
      return new RegExp(source, "i");
    } catch {
      const reason = unicodeError instanceof Error ? unicodeError.message : "not a regular expression";
      throw new UserError(`${place}: ${reason}`, { cause: unicodeError });
    }
  }
}

const TOKENS = /\\.|\[(?:\\.|[^\]\\])*\]|\)(?:[*+]|\{\d+,\})?|[*+]|\{\d+,\}|./gsu;

/** True for an unbounded repetition of a group that holds an unbounded repetition: `(a+)*`. */
function hasNestedRepetition(source: string): boolean {
  const holdsRepetition = [false];
  for (const [token] of source.matchAll(TOKENS)) {
    if (token === "(") holdsRepetition.push(false);
    else if (token.startsWith(")")) {
      const inner = holdsRepetition.pop() ?? false;
      if (inner && token.length > 1) return true;
      if (inner || token.length > 1) holdsRepetition.splice(-1, 1, true);
    } else if (/^(?:[*+]|\{.)/s.test(token)) holdsRepetition.splice(-1, 1, true);
  }
  return false;
}
