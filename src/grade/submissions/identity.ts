import { cleanForPrompt } from "../../core/sanitise.ts";

/** Who handed something in, as the sources tell it. Stays in the person's own files; everywhere else there is a code. */
export interface Identity {
  /** By which two rows are seen to be of one candidate. */
  readonly key: string;
  /** Names that a source gives as such: "Jane Doe", "Doe, Jane", "小龙". */
  readonly names: readonly string[];
  /** What may be a name: parts of an address or of a file's name. */
  readonly hints: readonly string[];
  /** Names of accounts and numbers: `annlee42` of an address, `4711081` of a folder. */
  readonly handles: readonly string[];
}

const SEPARATORS = /[._\s,()[\]-]+/;
const NAME_WORD = /^\p{L}[\p{L}\p{M}'’]+$/u;
const NAME_LIKE = /^\p{L}[\p{L}\p{M}.'’-]*(?:,? \p{L}[\p{L}\p{M}.'’-]*){1,5}$/u;
const UNSPACED_NAME = /^[\p{Script=Han}\p{Script=Hangul}]{2,5}$/u;
const LONGEST_NAME = 120;
const SHORTEST_HANDLE = 5;

/** @param told what the source says of one candidate; the first of label, e-mail and names that is not blank is the key. */
export function identityOf(told: {
  readonly label: string;
  readonly email?: string | undefined;
  readonly names?: readonly string[] | undefined;
  /** First names or last names alone. */
  readonly parts?: readonly string[] | undefined;
}): Identity | undefined {
  const given = (told.names ?? []).map(cleanLabel).filter((name) => name !== "");
  const [label, email] = [cleanLabel(told.label), cleanLabel(told.email ?? "")];
  const main = [label, email, ...given].find((each) => each !== "");
  if (main === undefined) return undefined;
  const names = distinct([...given.filter(isName), ...[label].filter(isNameByItself)]);
  const others = distinct([label, email, ...given]).filter((each) => !names.includes(each) && isTelling(each));
  return {
    // Addresses are written in any case; other labels may differ by it alone.
    key: main.includes("@") ? main.toLowerCase() : main,
    names,
    hints: distinct([...others, ...(told.parts ?? []).map(cleanLabel)].flatMap(hintsIn)),
    handles: distinct(others.flatMap(handlesIn)),
  };
}

function cleanLabel(label: string): string {
  return cleanForPrompt(label).text.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** Numbers and codes stand in columns for names as well. */
function isName(text: string): boolean {
  return isTelling(text) && /\p{L}/u.test(text) && !/[\p{N}@]/u.test(text);
}

function isNameByItself(text: string): boolean {
  return isTelling(text) && (NAME_LIKE.test(text) || UNSPACED_NAME.test(text));
}

function isTelling(text: string): boolean {
  return text.length <= LONGEST_NAME && codeIn(text) === undefined;
}

/** Words side by side may be a name together: `Müller_Hans_12345_exam` has two that may. */
function hintsIn(label: string): readonly string[] {
  const runs: string[][] = [[]];
  for (const word of accountOf(label).split(SEPARATORS)) {
    if (NAME_WORD.test(word)) runs.at(-1)?.push(word);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0).map((run) => run.join(" "));
}

function handlesIn(label: string): readonly string[] {
  const account = accountOf(label);
  const words = account.split(SEPARATORS).filter((word) => /\p{N}/u.test(word));
  const handles = label.includes("@") ? [account, ...words] : words;
  return handles.filter((handle) => Array.from(handle).length >= SHORTEST_HANDLE);
}

/** What an address is of; anything else as it is. */
function accountOf(label: string): string {
  return label.includes("@") ? (/^[^@+]*/.exec(label)?.[0] ?? "") : label;
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
