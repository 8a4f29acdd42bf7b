import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import { parseFilter } from "../../review/filter.ts";
import type { ReviewItem } from "../../review/states.ts";

/** `--filter`, which may be given more than once: all of them have to be met. */
export const filterOption = z.object({ filter: z.array(z.string()).default([]) });

/**
 * The items that the terms of a filter let through; all of them where there are none.
 * @throws UserError for a filter that is none, and for one that nothing matches.
 */
export function itemsThat(items: readonly ReviewItem[], terms: readonly string[]): readonly ReviewItem[] {
  const text = terms.join(" ");
  const parsed = parseFilter(text);
  if (parsed.status === "wrong") throw new UserError(`--filter: ${parsed.message}`, { hint: parsed.hint });
  const chosen = items.filter(parsed.filter);
  if (chosen.length === 0 && text.trim() !== "") {
    throw new UserError(`no proposal matches ${text}`, { hint: "answerkey review list shows what there is" });
  }
  return chosen;
}
