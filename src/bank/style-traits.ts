import { countWords } from "./style-words.ts";

export const OPENINGS = ["sentence", "bold-term", "heading", "list", "code", "table", "quote"] as const;
export type Opening = (typeof OPENINGS)[number];

/** What one answer looks like. */
export interface AnswerTraits {
  /** Words outside code. */
  readonly words: number;
  readonly hasTable: boolean;
  readonly hasMath: boolean;
  readonly hasList: boolean;
  /** Languages of its fences in lower case; "" for a fence without one. */
  readonly languages: readonly string[];
  readonly headingLevels: readonly number[];
  /** Headings and bold labels as written, without marks and numbers. */
  readonly parts: readonly string[];
  readonly opening: Opening;
}

const FENCE = /^(?:[ \t>]|[-*+] )*(`{3,}|~{3,})[ \t]*([^\s`{]*)/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
const LIST = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\S/;
const TABLE = /^\s*\|.*\|/;
const MATH = /\$\$|\\[([]|\$[^\s$](?:[^$\n]{0,200}[^\s$])?\$/;
/** `**Label:**` or `**Label**:` at the start of a line, an item or a quote. */
const LABEL =
  /^(?:[ \t>]|[-*+] |\d{1,3}[.)] )*(?:\*\*|__)([^*_:\n]{2,60})(?::(?:\*\*|__)|(?:\*\*|__):|(?:\*\*|__)\s*$)/;
const LONGEST_PART = 60;

/** Words of an answer outside fences: {@link AnswerTraits.words} alone. */
export function wordsOutsideFences(answer: string): number {
  return countWords(withoutFences(answer).prose.join("\n"));
}

export function traitsOf(answer: string): AnswerTraits {
  const { prose, languages } = withoutFences(answer);
  const headings = headingsOf(prose);
  return {
    words: countWords(prose.join("\n")),
    hasTable: prose.some((line) => TABLE.test(line)),
    hasMath: prose.some((line) => MATH.test(line)),
    hasList: prose.some((line) => LIST.test(line)),
    languages,
    headingLevels: headings.map((heading) => heading.level),
    parts: [...headings.map((heading) => heading.text), ...labelsOf(prose)].map(partOf).filter((part) => part !== ""),
    opening: openingOf(answer.trimStart()),
  };
}

function withoutFences(answer: string): { prose: string[]; languages: string[] } {
  const prose: string[] = [];
  const languages: string[] = [];
  let open: string | undefined;
  for (const line of answer.split("\n")) {
    const [, marks = "", language = ""] = FENCE.exec(line) ?? [];
    if (open !== undefined) {
      if (marks.startsWith(open) && language === "") open = undefined;
    } else if (marks === "") {
      prose.push(line);
    } else {
      open = marks;
      languages.push(language.toLowerCase());
    }
  }
  return { prose, languages };
}

function headingsOf(prose: readonly string[]): { level: number; text: string }[] {
  return prose.flatMap((line) => {
    const [, marks, text] = HEADING.exec(line) ?? [];
    return marks === undefined || text === undefined ? [] : [{ level: marks.length, text }];
  });
}

function labelsOf(prose: readonly string[]): string[] {
  return prose.flatMap((line) => LABEL.exec(line)?.[1] ?? []);
}

/** The words of a heading up to a colon: no emphasis, number or picture. "" for what is no name of a part. */
function partOf(text: string): string {
  const [name = ""] = text
    .slice(0, 2 * LONGEST_PART)
    .replace(/[*_`#]/g, "")
    .replace(/^[^\p{L}]+/u, "")
    .split(":", 1);
  return name.length > LONGEST_PART || /[[\]<>]/.test(text) ? "" : name.trim();
}

function openingOf(answer: string): Opening {
  const line = answer.slice(0, 200);
  if (HEADING.test(line.split("\n", 1)[0] ?? "")) return "heading";
  if (FENCE.test(line)) return "code";
  if (TABLE.test(line)) return "table";
  if (LIST.test(line)) return "list";
  if (line.startsWith(">")) return "quote";
  return /^(?:\*\*|__)\S/.test(line) ? "bold-term" : "sentence";
}
