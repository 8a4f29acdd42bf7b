import { sentencesOf } from "../../core/sentences.ts";
import { wordsOf } from "../../core/terms.ts";

/** Prose with items in it, taken apart. */
export interface Enumeration {
  readonly before: string;
  readonly items: readonly string[];
  readonly after: string;
}

const NUMBER = /(?:^|\s)(?:(?:step|stage|phase)\s)?\(?(\d{1,2})[.)]\s+/gi;
const FEWEST_NUMBERED = 2;

/**
 * "It waits until (1) there is a network, (2) there is power." Numbers go up by one from 1, or from the one that the text begins
 * with, as in an item that holds the next one. undefined where there are none.
 */
export function numberedIn(text: string): Enumeration | undefined {
  const marks = consecutive(Array.from(text.matchAll(NUMBER)));
  if (marks.length < FEWEST_NUMBERED) return undefined;
  const parts = marks.map((mark, place) => text.slice(mark.index + mark[0].length, marks[place + 1]?.index));
  const [last = "", ...after] = sentencesOf(parts.at(-1) ?? "");
  const items = [...parts.slice(0, -1), last].map(withoutJoint);
  return { before: text.slice(0, marks[0]?.index).trim(), items, after: after.join(" ") };
}

function consecutive(marks: readonly RegExpExecArray[]): readonly RegExpExecArray[] {
  const run: RegExpExecArray[] = [];
  for (const mark of marks) {
    const number = Number(mark[1]);
    const last = run.at(-1);
    const isNext = last === undefined ? number === 1 || mark.index === 0 : number === Number(last[1]) + 1;
    if (isNext) run.push(mark);
  }
  return run;
}

function withoutJoint(part: string): string {
  const text = part.trim().replace(/\s(?:and|or|then)$/i, "");
  return text.replace(/\s?[,;→]{1,2}$/u, "");
}

const FEWEST_IN_SERIES = 3;
const LONGEST_IN_SERIES = 3;
/** So many parts are no clauses of a sentence, even if they are longer. */
const MANY_IN_SERIES = 5;
const LONGEST_OF_MANY = 6;
/** What a list ends with that goes on, or nothing. */
const OPEN_END = /^(?:(?:etc|and so on|(?:among|amongst) others?|others?|more|many more|so on)?\.{0,3})$/i;
/** What stands between commas in a sentence that says something: a connective, or a clause with its subject. */
const CLAUSE =
  /^(?:(?:therefore|however|hence|thus|consequently|moreover|furthermore|otherwise|of course|in (?:fact|general|short|other words|(?:this|that|our) case)|for (?:example|instance)|that is)$|(?:i|we|you|he|she|it|they)\s)/i;
const TITLE = /^([^:,]{1,120}):\s+(?=\S)/;

/** "Measures: recall, precision and coverage." A sentence of nothing but short items; undefined for any other. */
export function seriesIn(sentence: string): { readonly title: string; readonly items: readonly string[] } | undefined {
  const [lead = "", title = ""] = TITLE.exec(sentence) ?? [];
  const parts = sentence.slice(lead.length).replace(/\.$/, "").split(/[,;]/);
  const joined = parts.slice(0, -1).concat((parts.at(-1) ?? "").split(/\s(?:and|or)\s/));
  const items = joined.map((part) => part.trim().replace(/^(?:and|or)\s/, "")).filter((part) => !OPEN_END.test(part));
  const isSeries =
    items.length >= FEWEST_IN_SERIES && items.every((item, place) => isShortItem(item, place, items.length));
  return isSeries ? { title, items } : undefined;
}

function isShortItem(part: string, place: number, count: number): boolean {
  const words = wordsOf(part);
  const longest = count < MANY_IN_SERIES ? LONGEST_IN_SERIES : LONGEST_OF_MANY;
  const isReply = place === 0 && /^(?:yes|no)$/i.test(part);
  return words.length >= 1 && words.length <= longest && !isReply && !CLAUSE.test(part);
}

/** "There are three kinds, such as:" as the name of a list. */
export function titleFrom(lead: string): string {
  return lead.replace(/[\s,:.]{1,3}$/, "").replace(/,?\s(?:are|is|includes?|including|such as|like)$/i, "");
}
