import { cleanForPrompt } from "../../core/sanitise.ts";

/** Who handed something in, as the sources tell it. Stays in the person's own files; everywhere else there is a code. */
export interface Identity {
  /** By which two rows are seen to be of one candidate. */
  readonly key: string;
  /** Names that a source gives as such: "Jane Doe", "Doe, Jane". */
  readonly names: readonly string[];
  /** What may be a name: parts of an address or of a file's name. Only taken out of the candidate's own answers. */
  readonly hints: readonly string[];
}

const SEPARATORS = /[._\s-]+/;
const NAME_LIKE = /^\p{L}[\p{L}\p{M}.'’-]*(?:,? \p{L}[\p{L}\p{M}.'’-]*){1,5}$/u;
const LONGEST_NAME = 120;

/** @param told what the source says of one candidate; the first of label, e-mail and name that is not blank is the key. */
export function identityOf(told: {
  readonly label: string;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
}): Identity | undefined {
  const [label = "", email = "", name = ""] = [told.label, told.email ?? "", told.name ?? ""].map(cleanLabel);
  const main = [label, email, name].find((each) => each !== "");
  if (main === undefined) return undefined;
  const names = [name, label].filter((each) => each.length <= LONGEST_NAME && NAME_LIKE.test(each));
  const hints = [label, email].flatMap(hintsIn).filter((hint) => !names.includes(hint));
  // Addresses are written in any case; other labels may differ by it alone.
  const key = main.includes("@") ? main.toLowerCase() : main;
  return { key, names: distinct(name === "" ? names : [name, ...names]), hints: distinct(hints) };
}

function cleanLabel(label: string): string {
  return cleanForPrompt(label).text.normalize("NFC").replace(/\s+/g, " ").trim();
}

function hintsIn(label: string): readonly string[] {
  if (label === "" || label.length > LONGEST_NAME || codeIn(label) !== undefined) return [];
  const words = (label.split("@")[0] ?? "").split(SEPARATORS).filter((word) => /^\p{L}{2,}$/u.test(word));
  return words.length === 0 ? [] : [words.join(" ")];
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

const CODE =
  /^(?:c|cand|candidate|student|learner|participant|applicant|person|user|anon|anonymous|p|s|id)([-_ ]?)\d{1,6}$/i;

/** The code that a label is already, such as `c-12` or `Student 7`, in the form that codes have; undefined for any other. */
export function codeIn(label: string): string | undefined {
  return CODE.test(label) ? label.toLowerCase().replace(" ", "-") : undefined;
}
