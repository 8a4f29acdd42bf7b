import MarkdownIt from "markdown-it";
import { LINE } from "./line-kind.ts";
import { mapLines } from "./line-map.ts";
import { readSource } from "./source-text.ts";

const markdown = new MarkdownIt({ html: true });

// Tags whose missing half would act on the text after the answer.
const PAIRED_TAG =
  /<(\/?)(details|summary|div|table|pre|center|section|article|blockquote|ul|ol|dl|b|strong|i|em|u|s|del|ins|a|sub|sup|kbd|code|span|font|h[1-6]|script|style|textarea|iframe|svg|math)\b/gi;

/** What an answer would do to the file around it. */
export interface DraftStructure {
  /** Highest heading in it, 1 to 6; 7 where it has none. */
  readonly topHeading: number;
  readonly unclosed: "code fence" | "comment" | undefined;
  /** A tag that is opened and not closed, or closed and not opened. */
  readonly unpairedTag: string | undefined;
  /** Labels of link definitions, which act on the whole file. */
  readonly linkDefinitions: readonly string[];
}

/** Looks at an answer as a document of its own. `answer` has LF line ends and no indent. */
export function readDraftStructure(answer: string): DraftStructure {
  const map = mapLines(readSource(new TextEncoder().encode(answer)));
  const levels = [...map.headingLevels].filter((level) => level > 0);
  const visible = map.lines.filter((_line, index) => map.kinds[index] === LINE.text).join("\n");
  const text = withoutCodeSpans(visible);
  // Inside a paragraph it is plain text to CommonMark, but not to every renderer.
  const isCommentOpen = map.unclosedComment !== undefined || text.lastIndexOf("<!--") > text.lastIndexOf("-->");
  return {
    topHeading: Math.min(7, ...levels),
    unclosed: map.unclosedFence !== undefined ? "code fence" : isCommentOpen ? "comment" : undefined,
    unpairedTag: findUnpairedTag(text),
    linkDefinitions: definitionsIn(answer),
  };
}

function findUnpairedTag(text: string): string | undefined {
  const open = new Map<string, number>();
  for (const [, slash, name = ""] of text.matchAll(PAIRED_TAG)) {
    const tag = name.toLowerCase();
    const depth = (open.get(tag) ?? 0) + (slash === "/" ? -1 : 1);
    if (depth < 0) return tag;
    open.set(tag, depth);
  }
  return [...open].find(([, depth]) => depth !== 0)?.[0];
}

/** Drops code spans; a run of backticks without a partner stays. */
function withoutCodeSpans(text: string): string {
  const pieces = text.split(/(`+)/);
  const kept: string[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index] ?? "";
    const partner = piece.startsWith("`") ? pieces.indexOf(piece, index + 1) : -1;
    if (partner === -1) kept.push(piece);
    else index = partner;
  }
  return kept.join("");
}

function definitionsIn(answer: string): readonly string[] {
  if (!/^[ \t>]*\[[^\]]+\]:/m.test(answer)) return [];
  const environment: Parameters<typeof markdown.block.parse>[2] = {};
  markdown.block.parse(answer, markdown, environment, []);
  return Object.keys(environment.references ?? {});
}
