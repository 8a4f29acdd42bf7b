import type { Severity } from "../../core/diagnostics.ts";
import { groupBy } from "../../core/group-by.ts";
import { visibleLine } from "../../core/sanitise.ts";
import {
  CHANGE_KINDS,
  type BankChanges,
  type ChangeKind,
  type QuestionChange,
  type ShrunkFile,
  type Spot,
} from "../../review/bank-changes.ts";
import type { RereadFile } from "../../review/reread-lost.ts";
import { shortChange } from "../../review/short-change.ts";
import { CHANGE_SEVERITY } from "./change-severity.ts";
import { plural, shorten } from "../format.ts";
import type { Report } from "../report.ts";

/** Two states by name, and what lies between them. */
export interface ComparedStates extends BankChanges {
  /** Revisions; undefined for the files as they are. */
  readonly before: string;
  readonly after: string | undefined;
  readonly reread: readonly RereadFile[];
}

const WORDS: Readonly<Record<ChangeKind, string>> = {
  lost: "nothing asks this any more",
  "answer-lost": "its answer is gone",
  reworded: "is worded otherwise",
  "answer-altered": "is answered otherwise",
  "copy-dropped": "is asked once less",
  moved: "stands in another file",
  respaced: "has other blanks or marks",
};
const COUNTED: Readonly<Record<ChangeKind, (count: number) => string>> = {
  lost: (count) => `${plural(count, "question")} lost`,
  "answer-lost": (count) => `${plural(count, "answer")} lost`,
  reworded: (count) => `${count} reworded`,
  "answer-altered": (count) => `${plural(count, "answer")} altered`,
  "copy-dropped": (count) => `${count} asked once less`,
  moved: (count) => `${count} moved`,
  respaced: (count) => `${count} respaced`,
};
const COLOURS = { error: "red", warning: "yellow", info: "dim" } as const;
/** Whole files are renamed; a line a question would hide the rest. */
const MOST_ALIKE = 3;
const LONGEST = 70;

export function showChanges(report: Report, states: ComparedStates): void {
  const { before, after, changes, shrunk, questions, answered, reread } = states;
  for (const file of reread) report.warn(rereadLine(file));
  const gone = new Set(shrunk.filter(({ isGone }) => isGone).map(({ path }) => path));
  for (const severity of ["info", "warning", "error"] as const) {
    for (const line of linesOf(report, severity, changes, gone)) report.result(line);
  }
  for (const file of shrunk) report.result(shrunkLine(file));
  const counts = countsOf(changes);
  const parts = CHANGE_KINDS.flatMap((kind) => (counts[kind] === 0 ? [] : [COUNTED[kind](counts[kind])]));
  const now = after === undefined ? "now" : `at ${after}`;
  report.result(
    `${plural(questions.before, "question")} at ${before}, ${questions.after} ${now}: ${questions.added} new, ${answered} newly answered`,
  );
  report.result(parts.length === 0 ? "nothing lost, reworded, moved or altered" : parts.join(", "));
  report.document({
    schema: 1,
    before,
    after: after ?? null,
    questions: { ...questions, answered },
    counts,
    changes: changes.map((change) => ({
      ...change,
      after: change.after ?? null,
      severity: CHANGE_SEVERITY[change.kind],
    })),
    shrunk: shrunk.map(({ path, before: held, after: holds, isGone }) => ({
      path,
      before: held,
      after: holds,
      gone: isGone,
    })),
    reread,
  });
}

function countsOf(changes: readonly QuestionChange[]): Readonly<Record<ChangeKind, number>> {
  const count = (kind: ChangeKind): number => changes.filter((change) => change.kind === kind).length;
  return {
    lost: count("lost"),
    "answer-lost": count("answer-lost"),
    reworded: count("reworded"),
    "answer-altered": count("answer-altered"),
    "copy-dropped": count("copy-dropped"),
    moved: count("moved"),
    respaced: count("respaced"),
  };
}

function linesOf(
  report: Report,
  severity: Severity,
  changes: readonly QuestionChange[],
  gone: ReadonlySet<string>,
): readonly string[] {
  const own = changes.filter(({ kind }) => CHANGE_SEVERITY[kind] === severity);
  const word = report.style(COLOURS[severity], severity);
  if (severity !== "info") return own.map((change) => lineOf(word, change, gone));
  const alike = groupBy(own, ({ kind, before, after }) => `${kind}\n${before.path}\n${after?.path ?? ""}`);
  return [...alike.values()].flatMap((group) => [
    ...group.slice(0, MOST_ALIKE).map((change) => lineOf(word, change, gone)),
    ...(group.length > MOST_ALIKE ? [`  … and ${group.length - MOST_ALIKE} more from there, to the same place`] : []),
  ]);
}

/** `before.md:12 -> after.md:14  error  q-… nothing asks this any more: "…"  [lost]` */
function lineOf(severity: string, { kind, before, after }: QuestionChange, gone: ReadonlySet<string>): string {
  const nowhere = gone.has(before.path) ? "(file gone)" : "(no question left)";
  const there = after === undefined ? nowhere : `${after.path}:${after.line}`;
  const words =
    kind === "reworded" && after !== undefined && "text" in after ? rewording(before, after) : quoted(before);
  return `${before.path}:${before.line} -> ${there}  ${severity}  ${before.id} ${WORDS[kind]}: ${words}  [${kind}]`;
}

function quoted({ text }: Spot): string {
  return `"${shorten(visibleLine(text), LONGEST)}"`;
}

/** Only what differs: the start of a long question is often the same. */
function rewording(before: Spot, after: Spot): string {
  const { removed, inserted } = shortChange(visibleLine(before.text), visibleLine(after.text));
  return `"${shorten(removed, LONGEST)}" -> "${shorten(inserted, LONGEST)}"`;
}

function rereadLine({ path, dialects, like }: RereadFile): string {
  const model = like === path ? "before" : like;
  return visibleLine(
    `${path}: read as ${dialects.join("+")} like ${model}; no command takes it for a bank until its layout is named in answerkey.config.yaml`,
  );
}

function shrunkLine({ path, before, after, isGone }: ShrunkFile): string {
  return isGone
    ? `${path}: gone, held ${plural(before, "question")}`
    : `${path}: ${plural(after, "question")}, was ${before}`;
}
