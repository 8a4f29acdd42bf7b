import { lastAtOrBefore } from "./byte-offset.ts";
import type { CompiledDialect } from "./compile-dialect.ts";
import { markerBetween } from "./find-starts.ts";
import { LINE } from "./line-kind.ts";
import type { LineMap } from "./line-map.ts";
import { asks, asksOrTasks } from "./question-like.ts";
import { NO_HEADING, type QuestionStart } from "./question-start.ts";

export interface Evidence {
  readonly isEnough: boolean;
}

/** What is true of the starts of one dialect, as shares from 0 to 1. */
interface Facts {
  readonly count: number;
  /** Texts that ask, by their words or their question mark. */
  readonly asking: number;
  /** Texts that ask or set a task. */
  readonly tasking: number;
  /** Starts with an answer marker of their own. */
  readonly marked: number;
  /** Mean length of runs of numbers that rise by one. */
  readonly run: number;
  /** Path, title or first heading speak of questions. */
  readonly isAnnounced: boolean;
  /** Share of the file's visible lines that the starts take. */
  readonly cover: number;
  /** Starts in a section whose own heading asks, so that they are parts of an answer rather. */
  readonly within: number;
}

const orMarked = (share: number): boolean => share >= 0.5;

/** What each dialect needs to be believed. The weaker the start, the more. */
const ENOUGH: Readonly<Record<string, (facts: Facts) => boolean>> = {
  headed: ({ count, tasking, marked }) => count > 2 || tasking >= 0.3 || marked > 0,
  "q-heading": ({ tasking, marked }) => tasking >= 0.5 || orMarked(marked),
  "heading-in-list": ({ count, tasking, marked }) => count > 1 && (tasking >= 0.5 || orMarked(marked)),
  "details-summary": ({ count, asking, tasking }) => count > 1 && (asking >= 0.5 || (count > 9 && tasking >= 0.5)),
  callout: ({ count, tasking }) => count > 1 && tasking >= 0.5,
  admonition: ({ count, tasking }) => count > 1 && tasking >= 0.5,
  underlined: ({ count, asking, isAnnounced }) => asking >= 0.6 && (count > 3 || (count > 1 && isAnnounced)),
  "graded-list": ({ count }) => count > 1,
  "numbered-heading": ({ count, asking, tasking, marked, isAnnounced }) =>
    count > 1 && (asking >= 0.6 || orMarked(marked) || (isAnnounced && tasking >= 0.5)),
  listed: ({ count }) => count > 1,
  "listed-bold": ({ count, asking, run, isAnnounced, within }) =>
    count > 2 && within < 0.3 && (asking >= 0.6 || (isAnnounced && asking >= 0.3 && run >= 3)),
  "qa-lines": ({ count, tasking }) => count > 1 && tasking >= 0.3,
  "bold-numbered": ({ count, asking, marked, run, isAnnounced }) =>
    count > 2 && (asking >= 0.5 || orMarked(marked) || (isAnnounced && run >= 8)),
  "bold-question": ({ count, asking, marked }) => asking >= 0.7 && (count > 4 || (count > 1 && orMarked(marked))),
  choices: ({ count }) => count > 1,
  heading: ({ count, asking, marked }) => orMarked(marked) || (count > 3 && asking >= 0.6),
  "heading-body": ({ count, asking }) => count > 4 && asking >= 0.6,
  bullets: ({ count, asking, isAnnounced, cover }) =>
    count > 4 && asking >= 0.6 && (cover >= 0.6 || (isAnnounced && cover >= 0.3)),
  obsidian: ({ count, asking }) => count > 1 && asking >= 0.5,
  "obsidian-lines": ({ count }) => count > 1,
};

/** What stands below a heading and begins with a list of links to where the questions are. */
const OPENS_INDEX = /^(?:[-*+]|\d+[.)])\s+\[[^\]]*\]\((?:#|(?!\w+:\/\/)[^()\s]*\.mdx?[#)])/;

export function gatherEvidence(
  path: string,
  map: LineMap,
  dialect: CompiledDialect,
  starts: readonly QuestionStart[],
): Evidence {
  const share = (test: (start: QuestionStart, index: number) => boolean): number =>
    starts.filter(test).length / starts.length;
  const facts = {
    count: starts.length,
    asking: share((start) => asks(start.text) && !OPENS_INDEX.test(start.text)),
    tasking: share((start) => asksOrTasks(start.text)),
    marked: share((start, index) => isMarked(map, start, starts[index + 1])),
    run: meanRun(starts),
    isAnnounced: announcesQuestions(path, map),
    within: share((start) => isUnderQuestion(map, start)),
    cover: starts.length / map.kinds.reduce((count, kind) => count + Number(kind === LINE.text), 1),
  };
  return { isEnough: ENOUGH[dialect.name]?.(facts) ?? false };
}

function isMarked(map: LineMap, start: QuestionStart, next: QuestionStart | undefined): boolean {
  return markerBetween(map, start.dialect, start.textLine + 1, next?.line ?? map.lines.length) !== undefined;
}

function isUnderQuestion(map: LineMap, { line, level }: QuestionStart): boolean {
  if (level !== NO_HEADING) return false;
  const heading = map.headings[lastAtOrBefore(map.headings, line)] ?? line;
  return heading < line && asks(map.lineAt(heading).replace(/^\s*#+\s*(?:[\w.]{1,6}[.):]\s+)?/, ""));
}

function meanRun(starts: readonly QuestionStart[]): number {
  const numbers = starts.map((start) => Number(start.number));
  const breaks = numbers.filter((number, index) => index === 0 || number !== (numbers[index - 1] ?? 0) + 1);
  return starts.length / Math.max(1, breaks.length);
}

const ANNOUNCES = /question|interview|quiz|exam|faq|flash-?card|q ?& ?a\b|trivia|вопрос|frage|pregunta|soru|问题|面试/i;

function announcesQuestions(path: string, map: LineMap): boolean {
  if (ANNOUNCES.test(path.slice(path.lastIndexOf("/", path.lastIndexOf("/") - 1) + 1))) return true;
  const title = map.frontMatter.values["title"];
  const heading = map.headings[0] ?? -1;
  return ANNOUNCES.test(`${typeof title === "string" ? title : ""} ${map.lineAt(heading)}`);
}
