import { cleanForPrompt } from "../core/sanitise.ts";
import { levelOf, readLines } from "./markdown-lines.ts";
import { lettersAndDigits } from "../bank/question-hash.ts";

/** What may be put right in a draft without a second thought, by name; each is a change of form, never of content. */
export type Repair =
  | "hidden-characters"
  | "wrapping-fence"
  | "repeated-question"
  | "answer-marker"
  | "passage-marks"
  | "rules"
  | "heading-level"
  | "blank-lines";

export interface RepairedDraft {
  readonly answer: string;
  readonly repairs: readonly Repair[];
}

interface Context {
  readonly question: string;
  /** Ids of the supplied passages. */
  readonly passages: ReadonlySet<string>;
  readonly headingLevel: number;
}

type Step = readonly [Repair, (answer: string, context: Context) => string];

// In this order: what is around the answer first, then its lines, blank lines last.
const STEPS: readonly Step[] = [
  ["hidden-characters", (answer) => cleanForPrompt(answer).text],
  ["wrapping-fence", unwrapped],
  ["answer-marker", (answer) => answer.replace(/^\s*(?:\*\*Answer:?\*\*:?|#{1,6} Answer:?[ \t]*\n|Answer:)\s*/i, "")],
  ["repeated-question", withoutQuestion],
  ["passage-marks", (answer, context) => mapProse(answer, (line) => withoutPassageMarks(line, context))],
  ["rules", withoutRules],
  ["heading-level", shiftedHeadings],
  ["blank-lines", joinedBlankLines],
];

/** Puts right what needs no judgement, over and over until nothing is left, so that repairing twice changes nothing more. */
export function repairDraft(answer: string, context: Context): RepairedDraft {
  const repairs = new Set<Repair>();
  let current = answer.replace(/\r\n?/g, "\n").trim();
  for (let before = ""; before !== current;) {
    before = current;
    for (const [name, step] of STEPS) {
      const next = step(current, context).trim();
      if (next !== current) repairs.add(name);
      current = next;
    }
  }
  return { answer: current, repairs: [...repairs] };
}

/** Applies a change to every line outside code. */
function mapProse(answer: string, change: (line: string) => string): string {
  return readLines(answer)
    .lines.map((line) => (line.isCode ? line.text : change(line.text)))
    .join("\n");
}

function unwrapped(answer: string): string {
  const lines = answer.split("\n");
  const opening = /^(`{3,}|~{3,})(?:markdown|md)\s*$/i.exec(lines[0] ?? "")?.[1];
  return opening !== undefined && lines.at(-1)?.trim() === opening ? lines.slice(1, -1).join("\n") : answer;
}

function withoutQuestion(answer: string, { question }: Context): string {
  const [first = "", ...rest] = answer.split("\n");
  const isQuestion =
    lettersAndDigits(first.replace(/^\W*(?:question|q)\b\W*\d*/i, "")) === lettersAndDigits(question) &&
    lettersAndDigits(first) !== "";
  return isQuestion ? rest.join("\n") : answer;
}

const CODE_SPAN_OR_MARK = /(`{1,3})[^`\n]{1,400}\1| ?[[(](P\d{1,2}(?:, ?P\d{1,2}){0,11})[\])]/g;

// Readers of the bank do not see the passages, so a mark such as [P1] means nothing to them; a percentile (P99) does.
function withoutPassageMarks(line: string, { passages }: Context): string {
  return line.replace(CODE_SPAN_OR_MARK, (whole: string, _code: string | undefined, ids: string | undefined) => {
    const isMark = ids?.split(/, ?/).every((id) => passages.has(id));
    return isMark === true ? "" : whole;
  });
}

// A rule reads as the end of a question in many banks, and under a line of text it makes a heading of it.
function withoutRules(answer: string): string {
  const { lines } = readLines(answer);
  const kept: string[] = [];
  for (const line of lines) {
    const previous = kept.at(-1) ?? "";
    const isUnderline = !line.isCode && /^ {0,3}(?:=+|-+)[ \t]*$/.test(line.text) && isParagraph(previous);
    if (isUnderline) kept.splice(-1, 1, `${/=/.test(line.text) ? "#" : "##"} ${previous.trim()}`);
    else if (line.isCode || !isRule(line.text)) kept.push(line.text);
  }
  return kept.join("\n");
}

function isParagraph(line: string): boolean {
  return line.trim() !== "" && !/^\s*(?:[-*+>|#]|\d{1,9}[.)])/.test(line) && !line.includes("|");
}

function isRule(line: string): boolean {
  const marks = line.replace(/[ \t]/g, "");
  return marks.length >= 3 && /^(?:-+|\*+|_+)$/.test(marks);
}

function shiftedHeadings(answer: string, { headingLevel }: Context): string {
  const { lines } = readLines(answer);
  const levels = lines.map(levelOf).filter((level) => level > 0);
  const shift = Math.max(0, headingLevel - Math.min(...levels, Infinity));
  if (levels.length === 0 || shift === 0) return answer;
  return lines
    .map((line) => {
      const level = levelOf(line);
      return level === 0 ? line.text : line.text.replace(/#+/, "#".repeat(Math.min(6, level + shift)));
    })
    .join("\n");
}

function joinedBlankLines(answer: string): string {
  const { lines } = readLines(answer);
  return lines
    .filter((line, index) => line.isCode || line.text.trim() !== "" || lines[index - 1]?.text.trim() !== "")
    .map((line) => (line.isCode || line.text.trim() !== "" ? line.text : ""))
    .join("\n");
}
