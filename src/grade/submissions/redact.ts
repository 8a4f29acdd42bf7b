import type { Span } from "../../bank/source-text.ts";
import { findEmails } from "./find-emails.ts";
import { findNames, nameParts, type NameIndex, wholeNames } from "./find-names.ts";
import { findPhones } from "./find-phones.ts";
import type { Identity } from "./identity.ts";

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

/**
 * Makes what takes out of an answer who its writer is: `[email]` for every address, `[phone]` for what is written like a
 * telephone number, `[name]` for the whole name of any candidate and for single words of the writer's own. Doing it again
 * changes nothing.
 */
export function makeRedactor(identities: readonly Identity[]): (answer: string, own: Identity) => Redacted {
  const everyone = wholeNames(identities.flatMap(({ names }) => names));
  const known = new Map<string, NameIndex>();
  return (answer, own) => {
    const index = known.get(own.key) ?? indexFor(own, everyone);
    known.set(own.key, index);
    const emails = findEmails(answer);
    const withoutEmails = replaceSpans(answer, emails, "[email]");
    const phones = findPhones(withoutEmails);
    const withoutPhones = replaceSpans(withoutEmails, phones, "[phone]");
    const names = findNames(withoutPhones, index);
    return {
      text: replaceSpans(withoutPhones, names, "[name]"),
      replaced: { names: names.length, emails: emails.length, phones: phones.length },
    };
  };
}

function indexFor(own: Identity, everyone: ReadonlySet<string>): NameIndex {
  const told = [...own.names, ...own.hints];
  const [whole, parts] = [wholeNames(told), nameParts(told)];
  return { isWhole: (name) => everyone.has(name) || whole.has(name), isPart: (word) => parts.has(word) };
}

function replaceSpans(text: string, spans: readonly Span[], replacement: string): string {
  if (spans.length === 0) return text;
  const pieces: string[] = [];
  let copied = 0;
  for (const { start, end } of spans) {
    pieces.push(text.slice(copied, start), replacement);
    copied = end;
  }
  return pieces.join("") + text.slice(copied);
}

export function addRedactions(left: Redactions, right: Redactions): Redactions {
  return {
    names: left.names + right.names,
    emails: left.emails + right.emails,
    phones: left.phones + right.phones,
  };
}
