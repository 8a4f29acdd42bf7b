import type { Span } from "../../bank/source-text.ts";
import { groupBy } from "../../core/group-by.ts";
import { findEmails } from "./find-emails.ts";
import { findNames } from "./find-names.ts";
import { findPhones } from "./find-phones.ts";
import type { Identity } from "./identity.ts";
import { formsForAll, formsForOwn } from "./name-forms.ts";
import { type NameTree, treeOf } from "./name-tree.ts";
import { seenText } from "./text-view.ts";

/** How many of each were replaced. */
export interface Redactions {
  readonly names: number;
  readonly emails: number;
  readonly phones: number;
}

export const NO_REDACTIONS: Redactions = { names: 0, emails: 0, phones: 0 };

export interface Redacted {
  readonly text: string;
  readonly replaced: Redactions;
}

export type Redactor = (text: string, own: Identity) => Redacted;

/**
 * Makes what takes out of an answer who its writer is: `[email]` for every address, `[phone]` for what is written like a
 * telephone number, `[name]` for the whole name of any candidate and for single words of the writer's own. Everything is
 * found in the text as it is seen, so that nothing hidden in it hides it. Doing it again changes nothing.
 */
export function makeRedactor(identities: readonly Identity[]): Redactor {
  const distinct = distinctIdentities(identities);
  const everyone = treeOf(distinct.flatMap(formsForAll));
  const told = groupBy(distinct, ({ key }) => key);
  const known = new Map<string, NameTree>();
  return (text, own) => {
    const tree = known.get(own.key) ?? treeOf([own, ...(told.get(own.key) ?? [])].flatMap(formsForOwn));
    known.set(own.key, tree);
    const emails = replaceFound(text, findEmails, "[email]");
    const phones = replaceFound(emails.text, findPhones, "[phone]");
    const names = replaceFound(phones.text, (seen) => findNames(seen, [everyone, tree]), "[name]");
    return { text: names.text, replaced: { names: names.count, emails: emails.count, phones: phones.count } };
  };
}

/** A candidate has as many rows as answers. */
function distinctIdentities(identities: readonly Identity[]): readonly Identity[] {
  return [...new Map(identities.map((identity) => [JSON.stringify(identity), identity])).values()];
}

function replaceFound(
  text: string,
  find: (seen: string) => readonly Span[],
  placeholder: string,
): { readonly text: string; readonly count: number } {
  const seen = seenText(text);
  const spans = find(seen.text).map(seen.spanOf);
  const pieces: string[] = [];
  let copied = 0;
  for (const { start, end } of spans) {
    pieces.push(text.slice(copied, start), placeholder);
    copied = end;
  }
  return { text: pieces.join("") + text.slice(copied), count: spans.length };
}

export function addRedactions(left: Redactions, right: Redactions): Redactions {
  return {
    names: left.names + right.names,
    emails: left.emails + right.emails,
    phones: left.phones + right.phones,
  };
}
