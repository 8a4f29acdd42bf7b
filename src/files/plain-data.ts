/** What parsers leave to be refused in data from outside: nesting that overflows a stack, and keys that reach a prototype. */
export type PlainDataFault = "nested too deeply" | 'has a key named "__proto__"';

const DEEPEST = 64;

/** Looks through parsed JSON or YAML; undefined if there is nothing to refuse. */
export function plainDataFault(value: unknown, depth = DEEPEST): PlainDataFault | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (depth === 0) return "nested too deeply";
  if (Object.hasOwn(value, "__proto__")) return 'has a key named "__proto__"';
  for (const nested of Object.values(value)) {
    const fault = plainDataFault(nested, depth - 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/**
 * Parses JSON from outside.
 *
 * @throws SyntaxError without any of the text in it, if the text is not JSON or holds what {@link plainDataFault} refuses.
 */
export function parseJson(text: string): unknown {
  const value = parseQuietly(text);
  const fault = plainDataFault(value);
  if (fault !== undefined) throw new SyntaxError(fault);
  return value;
}

// The message of JSON.parse quotes the text, which may be an answer.
function parseQuietly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError("not JSON");
  }
}
