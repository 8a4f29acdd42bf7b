import type { Hash } from "../core/hash.ts";
import { compilePatterns } from "./pattern.ts";
import type { Question, QuestionState } from "./question.ts";

/** Which questions are left empty on purpose. */
export interface Personal {
  readonly pattern: RegExp | undefined;
  /** Ids as they are written; those made from a text without the number that tells twins apart. */
  readonly ids: ReadonlySet<string>;
}

const QUESTION_ID = /^(q-[0-9a-f]{12})(?:-\d+)?$/;

/**
 * @param entries patterns of texts, or ids.
 * @throws UserError naming the place for a pattern that cannot be used.
 */
export function compilePersonal(entries: readonly string[], place: string): Personal {
  return {
    pattern: compilePatterns(
      entries.filter((entry) => !QUESTION_ID.test(entry)),
      place,
    ),
    ids: new Set(entries.map((entry) => QUESTION_ID.exec(entry)?.[1] ?? entry)),
  };
}

const KEPT_STATES: ReadonlySet<QuestionState> = new Set(["filled", "partial", "choice"]);

/** The state of a question, which is `personal` where it is one of these and has no answer. */
export function withPersonal(
  { state, text, textHash, explicitId }: Pick<Question, "state" | "text" | "textHash" | "explicitId">,
  { pattern, ids }: Personal,
): QuestionState {
  if (KEPT_STATES.has(state)) return state;
  const isPersonal = pattern?.test(text) === true || ids.has(explicitId ?? "") || ids.has(idFrom(textHash));
  return isPersonal ? "personal" : state;
}

function idFrom(hash: Hash): string {
  return `q-${hash.slice("sha256:".length, "sha256:".length + 12)}`;
}
