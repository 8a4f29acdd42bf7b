import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { visibleLine } from "../../core/sanitise.ts";
import { writeFileAtomic } from "../../files/atomic-write.ts";
import { resolveInside } from "../../files/safe-path.ts";
import { ensureFolder, PRIVATE_MODE } from "../../files/workspace.ts";
import { decide } from "../../review/decide.ts";
import type { Place } from "../../review/question-index.ts";
import { reanchored } from "../../review/reanchor.ts";
import type { ReviewItem } from "../../review/states.ts";
import { draftFault, reanchorDraft, saveDraft, type DraftResult } from "../review/review-draft.ts";
import { REFUSAL_WORDS } from "../review/review-session.ts";
import { afterDraft, byTerminal, redrafted } from "./review-walk-draft.ts";
import { hasConflictMarks } from "./review-walk-merge.ts";
import type { Happening } from "./review-walk-state.ts";
import type { Walker } from "./review-walker.ts";
import { underBankLock } from "../review/write-banks.ts";

/** The place that an edited text is meant for in a conflict, and the text to start from. */
export interface EditOver {
  readonly place: Place;
  readonly text: string;
}

type Edited =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "nothing"; readonly notice: string }
  /** What was typed cannot be saved, and its author left it so. */
  | { readonly kind: "given-up"; readonly notice: string };

/**
 * Lets a person edit the draft in their own editor. A text that may not go into the bank comes back with the reason above it
 * until it may, or until it is left as it is; then it stays in its file, and the notice says where.
 */
export async function editItem(walker: Walker, item: ReviewItem, over: EditOver | undefined): Promise<Happening> {
  const decision = decide(item.proposal.header.status, "edit");
  if (decision.kind === "refused") return { type: "told", notice: `it ${REFUSAL_WORDS[decision.reason]}` };
  const file = editFile(walker, item);
  const edited = editUntilSound(walker, item, over, file.path);
  if (edited.kind !== "text") {
    if (edited.kind === "nothing") rmSync(file.path, { force: true });
    return {
      type: "told",
      notice: edited.kind === "nothing" ? edited.notice : `${edited.notice}; your text is in ${file.name}`,
    };
  }
  const result = await underBankLock(walker.project, async () => save(walker, item, over, edited.text));
  if (result.status === "saved") rmSync(file.path, { force: true });
  const happening = afterDraft(walker, item, result, { notice: "edited; a accepts it", step: redrafted(item, result) });
  if (result.status === "saved" || happening.type === "opened") return happening;
  return { ...happening, notice: `${happening.notice}; your text is in ${file.name}` };
}

/** A text in the editor; with a fault, it was there before and came back. */
interface Attempt {
  readonly text: string;
  readonly fault: string | undefined;
}

function editUntilSound(walker: Walker, item: ReviewItem, over: EditOver | undefined, path: string): Edited {
  const start = over?.text ?? item.proposal.body;
  const editor = walker.project.environment.editor ?? DEFAULT_EDITOR;
  let attempt: Attempt = { text: start, fault: undefined };
  for (;;) {
    writeAttempt(path, attempt);
    const isFine = walker.runTool(editor, [path], false) === 0;
    const text = bodyIn(readFileSync(path, "utf8"));
    if (text.trim() === "") return { kind: "nothing", notice: "nothing was saved: the text was empty" };
    if (text === start) return { kind: "nothing", notice: isFine ? "nothing was changed" : "the editor failed" };
    if (!isFine) return { kind: "given-up", notice: "the editor failed, nothing was saved" };
    if (text === attempt.text && attempt.fault !== undefined) {
      return { kind: "given-up", notice: `not saved: ${attempt.fault}` };
    }
    const fault = faultIn(walker, item, over, text);
    if (fault === undefined) return { kind: "text", text };
    attempt = { text, fault };
  }
}

const DEFAULT_EDITOR = process.platform === "win32" ? "notepad" : "vi";

function faultIn(walker: Walker, item: ReviewItem, over: EditOver | undefined, text: string): string | undefined {
  if (over === undefined) return draftFault(walker.session, item, text);
  if (hasConflictMarks(text)) return "it still holds the marks of the conflict";
  return draftFault(walker.session, { ...item, proposal: reanchored(item.proposal, over.place, text) }, text);
}

function save(walker: Walker, item: ReviewItem, over: EditOver | undefined, body: string): DraftResult {
  const by = byTerminal(walker);
  return over === undefined
    ? saveDraft(walker.session, item, body, by)
    : reanchorDraft(walker.session, item, { place: over.place, body }, by);
}

/** A file of its own, so that a text that somebody left in one is never written over. */
function editFile(
  { project: { workspace } }: Walker,
  { proposal: { header } }: ReviewItem,
): { path: string; name: string } {
  const extension = header.kind === "rubric" ? "yaml" : "md";
  for (let copy = 1; ; copy += 1) {
    const name = `outputs/edits/${header.id}${copy === 1 ? "" : `-${copy}`}.${extension}`;
    const path = resolveInside(workspace.root, name);
    if (!existsSync(path)) return { path, name };
  }
}

function writeAttempt(path: string, { text, fault }: Attempt): void {
  ensureFolder(dirname(path));
  const note = fault === undefined ? "" : noteOf(path, fault);
  const bytes = new TextEncoder().encode(`${note}${text}\n`);
  writeFileAtomic(path, bytes, { newFileMode: PRIVATE_MODE, durable: false });
}

const NOTE_LINE = /^(?:<!-- answerkey: .* -->|# answerkey: .*)\n/;

/** Lines above the text that say what is wrong with it, as comments of its own language. */
function noteOf(path: string, fault: string): string {
  const lines = [
    `this cannot be saved: ${visibleLine(fault)}`,
    "put it right and save, or leave it as it is to give up; lines like this one are not part of the text",
  ];
  const comment = (line: string): string =>
    path.endsWith(".yaml") ? `# answerkey: ${line}\n` : `<!-- answerkey: ${line.replaceAll("--", "—")} -->\n`;
  return lines.map(comment).join("");
}

/** What was typed, without our lines above it and the line feeds that editors end files with. */
function bodyIn(typed: string): string {
  let text = typed.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  while (NOTE_LINE.test(text)) text = text.replace(NOTE_LINE, "");
  return text.replace(/\n+$/, "");
}
