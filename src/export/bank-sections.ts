import { groupBy } from "../core/group-by.ts";
import type { ExportedQuestion } from "./bank-export.ts";
import { plainText } from "./plain-text.ts";

/** Questions of one file, as a reader finds them: by chapter and section. */
export interface Chapter {
  readonly path: string;
  /** The headings that all questions of the file stand under, else the file's name. */
  readonly title: string;
  readonly sections: readonly Section[];
}

export interface Section {
  /** Headings below the chapter's; "" for questions that stand directly under that. */
  readonly title: string;
  readonly questions: readonly ExportedQuestion[];
}

/** Files in bank order, sections in the order in which they first come. */
export function chaptersOf(questions: readonly ExportedQuestion[]): readonly Chapter[] {
  return Array.from(
    groupBy(questions, ({ path }) => path),
    ([path, own]) => chapterOf(path, own),
  );
}

function chapterOf(path: string, questions: readonly ExportedQuestion[]): Chapter {
  const depth = sharedDepth(questions.map(({ headings }) => headings));
  const shared = (questions[0]?.headings ?? []).slice(0, depth).map(plainText);
  const telling = shared.filter((heading) => !SAYS_NOTHING.test(heading));
  const sections = groupBy(questions, ({ headings }) => headings.slice(depth).map(plainText).join(" › "));
  return {
    path,
    title: telling.length === 0 ? nameOf(path) : telling.join(" › "),
    sections: Array.from(sections, ([name, own]) => ({ title: name, questions: own })),
  };
}

/** Names from the whole to the part, for tools that keep questions in folders in folders; none stands twice in a row. */
export function placeNames(title: string, chapter: Chapter, section?: Section): readonly string[] {
  const names = [title, chapter.title, section?.title ?? ""].filter((name) => name !== "");
  return names.filter((name, place) => name !== names[place - 1]);
}

/** How many of the outermost headings all of these lists have in common. */
function sharedDepth(lists: readonly (readonly string[])[]): number {
  const [first = []] = lists;
  const differing = first.findIndex((heading, depth) => lists.some((list) => list[depth] !== heading));
  return differing === -1 ? first.length : differing;
}

/** Headings over the questions of any bank. */
const SAYS_NOTHING =
  /^[^\p{L}]*(?:(?:the |all |list of )?(?:interview |exam )?questions?(?: (?:and|&) answers?)?|q ?& ?a|faqs?|contents?)?[^\p{L}]*$/iu;

/** A file that speaks for its folder is called as that is. */
const OF_FOLDER = /^(?:readme|index|questions)$/i;

function nameOf(path: string): string {
  const parts = path.replace(/\.[^./]+$/, "").split("/");
  const own = parts.at(-1) ?? "";
  const name = OF_FOLDER.test(own) ? (parts.at(-2) ?? own) : own;
  return name.replace(/[_-]+/g, " ");
}
