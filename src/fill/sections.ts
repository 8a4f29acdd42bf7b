import type { Bank } from "../bank/question.ts";
import { headingText, levelOf, readLines } from "./markdown-lines.ts";
import type { Section } from "./passage.ts";

const FRONT_MATTER = /^---\n[^]*?\n---\n/;
const LONGEST_SECTION = 4_000;

/** Splits a note at its headings, code fences respected; sections too long for a prompt are cut at blank lines. */
export function sectionsOfNote(note: { readonly path: string; readonly text: string }): readonly Section[] {
  const text = note.text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replace(FRONT_MATTER, "");
  const sections: Section[] = [];
  let trail: readonly string[] = [];
  let body: string[] = [];
  const close = (): void => {
    const heading = trail.filter((part) => part !== "").join(" > ");
    for (const piece of cut(body)) sections.push({ path: note.path, heading, text: piece, kind: "source" });
    body = [];
  };
  for (const line of readLines(text).lines) {
    const level = levelOf(line);
    if (level === 0) {
      body.push(line.text);
      continue;
    }
    close();
    const above = Array.from({ length: level - 1 }, (_, depth) => trail[depth] ?? "");
    trail = [...above, headingText(line)];
  }
  close();
  return sections;
}

/** The bank's own answers as sections, headed by their questions. */
export function sectionsOfBank(bank: Bank): readonly Section[] {
  return bank.files.flatMap((file) =>
    file.questions
      .filter((question) => question.state === "filled")
      .map((question) => ({
        path: file.path,
        heading: question.text,
        text: question.slot.answer,
        kind: "answer" as const,
      })),
  );
}

function cut(lines: readonly string[]): readonly string[] {
  const pieces: string[] = [];
  let piece: string[] = [];
  let length = 0;
  for (const line of readLines(lines.join("\n")).lines) {
    if (length > LONGEST_SECTION && !line.isCode && line.text.trim() === "") {
      pieces.push(piece.join("\n"));
      piece = [];
      length = 0;
    }
    piece.push(line.text);
    length += line.text.length + 1;
  }
  pieces.push(piece.join("\n"));
  return pieces.map((each) => each.trim()).filter((each) => each !== "");
}
