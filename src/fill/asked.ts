import { termOf, termsOf, wordsOf } from "../core/terms.ts";

/** What a question is after, as far as its words show. */
export interface Asked {
  /** Terms of the subject, in reading order, each once. */
  readonly subject: readonly string[];
  /** Those of them that only say in what setting: "in machine learning projects" at the end. */
  readonly setting: ReadonlySet<string>;
  /** The words the subject's terms came from, as the question writes them. */
  readonly words: ReadonlyMap<string, string>;
  /** The form of answer the wording calls for. */
  readonly form: "comparison" | "enumeration" | "explanation";
}

// Words that shape a question without being its subject: a source need not hold them.
const SHAPING = new Set(
  (
    "role impact purpose function concept idea term meaning definition difference differences differ compare comparison " +
    "versus vs key main major typical common various different important importance significance essential general basic " +
    "step steps stage stages phase phases component components approach approaches consideration considerations challenge " +
    "challenges aspect aspects factor factors type types kind kinds example examples practice practices way ways method " +
    "methods strategy technique techniques benefit benefits advantage advantages disadvantage disadvantages " +
    "involve involved involves associated association affect affects effect effects influence introduce introduces " +
    "contribute contributes facilitate facilitates support supports address addresses ensure ensures ensuring enable " +
    "enables enforce help helps handle handling manage develop aligns align relate related relation relationship work works " +
    "working context once faster better best unique robust traditional interview question answer answers please need needs " +
    "want mean means make makes made apply applied implement used useful typically usually commonly generally within briefly " +
    "shortly detail details think know understand happen happens consider considered choose choosing take taken between " +
    "first two three several many much problem problems application applications applicable select number good possible"
  )
    .split(" ")
    .map((word) => termOf(word) ?? word),
);

const COMPARES = /\b(?:differ(?:s|ent|ence|ences)?|compar(?:e|ed|ison)|versus|vs|distinguish|contrast)\b/i;
const ENUMERATES =
  /\b(?:steps?|stages?|phases?|components?|approaches|considerations?|challenges?|types?|kinds?|ways|methods|techniques|benefits|advantages|examples|practices|strateg(?:y|ies)|factors|list|name)\b/i;

/** True for a term that shapes questions without being their subject. */
export function isShaping(term: string): boolean {
  return SHAPING.has(term);
}

const SETTING = /[ \t](?:in|within)[ \t]+(?:a |an |the )?((?:[^\s?.!]+[ \t]*){1,4})[?.!]?\s*$/i;

/** Reads a question (with its blanks restored). */
export function readQuestion(reading: string): Asked {
  const written = writtenForms(reading);
  const words = new Map<string, string>();
  for (const word of wordsOf(reading)) {
    const term = termOf(word);
    if (term !== undefined && !isShaping(term) && !words.has(term)) words.set(term, written.get(word) ?? word);
  }
  const subject = [...words.keys()];
  const setting = settingOf(reading, subject);
  return { subject, setting, words, form: formOf(reading) };
}

function writtenForms(reading: string): ReadonlyMap<string, string> {
  const words = reading.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Map(words.map((word) => [word.toLowerCase(), word]));
}

function settingOf(reading: string, subject: readonly string[]): ReadonlySet<string> {
  const tail = SETTING.exec(reading);
  if (tail === null) return new Set();
  const before = new Set(termsOf(reading.slice(0, tail.index)));
  const setting = new Set(termsOf(tail[1] ?? "").filter((term) => !before.has(term)));
  return subject.every((term) => setting.has(term)) ? new Set() : setting;
}

function formOf(reading: string): Asked["form"] {
  if (COMPARES.test(reading)) return "comparison";
  return ENUMERATES.test(reading) ? "enumeration" : "explanation";
}

/** The weight in a search of a word that is not the question's subject: it shapes the question or names its setting. */
const SIDE_WEIGHT = 0.3;

/** The search terms of a question with their weights. */
export function searchTerms(reading: string): ReadonlyMap<string, number> {
  const { setting } = readQuestion(reading);
  return new Map(termsOf(reading).map((term) => [term, isShaping(term) || setting.has(term) ? SIDE_WEIGHT : 1]));
}
