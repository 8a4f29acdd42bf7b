import { type AnswerContent, readAnswerContent } from "./answer-content.ts";
import type { CompiledDialect } from "./compile-dialect.ts";
import type { LineMap } from "./line-map.ts";
import { textHash } from "./question-hash.ts";
import { cleanText } from "./question-text.ts";
import { withPersonal } from "./personal.ts";
import type { QuestionState } from "./question.ts";
import { explicitId, type UnnumberedQuestion, makeSlot } from "./read-question.ts";
import type { SourceText } from "./source-text.ts";

const STATES: Readonly<Record<AnswerContent["holds"], QuestionState>> = {
  nothing: "empty",
  placeholder: "placeholder",
  "unfinished answer": "partial",
  answer: "filled",
};

/** One question for the whole file: its name or its front matter asks, its body answers. */
export function readWholeFile(
  path: string,
  source: SourceText,
  map: LineMap,
  dialect: CompiledDialect,
): readonly UnnumberedQuestion[] {
  const { text, tags } = cleanText(askedBy(path, map, dialect), dialect);
  if (text === "") return [];
  const line = map.frontMatter.lineCount;
  const region = { start: line === 0 ? 0 : map.endOf(line - 1), end: source.text.length, line: Math.max(0, line - 1) };
  const content = readAnswerContent(map, dialect, region);
  const id = map.frontMatter.values["id"];
  const asked = { explicitId: typeof id === "string" ? explicitId(id) : undefined, textHash: textHash(text), text };
  return [
    {
      ...asked,
      number: undefined,
      line: 1,
      headings: [],
      tags,
      span: { start: 0, end: source.text.length },
      state: withPersonal({ ...asked, state: STATES[content.holds] }, dialect.personal),
      slot: makeSlot(source, map, {
        start: region.start,
        end: content.end,
        endLine: content.endLine,
        hasMarker: false,
        indent: "",
      }),
      dialect: dialect.name,
    },
  ];
}

export function askedBy(path: string, map: LineMap, dialect: CompiledDialect): string {
  const mode = dialect.rules.question.text;
  if (!mode.startsWith("frontmatter:")) return nameOf(path);
  const value = map.frontMatter.values[mode.slice("frontmatter:".length)];
  return typeof value === "string" ? value : "";
}

function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
  return name.includes(" ") ? name : name.replace(/[-_]+/g, " ");
}
