/** Names of things that could be swapped by mistake, so the compiler keeps them apart. */
export type QuestionId = string & { readonly brand: "QuestionId" };
export type RunId = string & { readonly brand: "RunId" };

const SAFE_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const RESERVED_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

/**
 * True for a name that is safe as a file name on every system: lower case, 64 characters at most, no reserved device
 * name, no trailing dot. Everything that becomes part of a path passes through here first.
 */
export function isSafeName(name: string): boolean {
  return SAFE_NAME.test(name) && !RESERVED_NAME.test(name) && !name.endsWith(".");
}

/** @throws RangeError if the name is not safe as a file name. */
export function questionId(name: string): QuestionId {
  if (!isSafeName(name)) throw new RangeError("not a valid question id");
  return name as QuestionId;
}

/** @throws RangeError if the name is not safe as a file name. */
export function runId(name: string): RunId {
  if (!isSafeName(name)) throw new RangeError("not a valid run id");
  return name as RunId;
}
