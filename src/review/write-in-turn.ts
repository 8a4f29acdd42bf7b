import type { BankFile } from "../bank/question.ts";
import { hashOf } from "../core/hash.ts";
import {
  planWrites,
  type ChangeResult,
  type FileKeeper,
  type FilePlan,
  type SlotChange,
  type WritePlan,
} from "./write-plan.ts";

/** Changes of one kind, in files as that kind sees them. */
export interface Turn<Change> {
  readonly changes: readonly Change[];
  readonly keeper: FileKeeper;
}

/**
 * Plans changes of several kinds, whose files may be views of the same ones: answers, and the wordings of the questions above
 * them. Each kind changes what the kinds before it left, under its own guard; a file is then written once, from what it is
 * to what the last of them made of it.
 */
export function planWritesInTurn<Change extends SlotChange>(turns: readonly Turn<Change>[]): WritePlan<Change> {
  const files = new Map<string, FilePlan>();
  const results: ChangeResult<Change>[] = [];
  for (const { changes, keeper } of turns) {
    const asLeft = leftBy(files, keeper);
    const kept = changes.map((change) => ({ change, moved: moved(change, asLeft(change.file)) }));
    const originals = new Map(kept.map(({ change, moved: now }) => [now, change]));
    const plan = planWrites(
      kept.map((each) => each.moved),
      keeper,
    );
    for (const file of plan.files) files.set(file.path, joined(files.get(file.path), file));
    // What is told is told of the change that was asked for.
    for (const result of plan.results)
      results.push({ ...result, change: originals.get(result.change) ?? result.change });
  }
  return { files: [...files.values()], results: results.map((result) => ofWholeWrite(result, files)) };
}

/** A file as an earlier kind will have left it, seen as this kind sees it; read once. */
function leftBy(files: ReadonlyMap<string, FilePlan>, { read }: FileKeeper): (file: BankFile) => BankFile {
  const known = new Map<BankFile, BankFile>();
  return (file) => {
    const plan = files.get(file.path);
    const now = known.get(file) ?? (plan === undefined ? file : read(file.path, plan.after));
    known.set(file, now);
    return now;
  };
}

/** The guards have seen that questions stay the same ones in the same order. */
function moved<Change extends SlotChange>(change: Change, now: BankFile): Change {
  if (now === change.file) return change;
  const question = now.questions[change.file.questions.indexOf(change.question)];
  if (question === undefined) throw new Error("a change of another kind took a question away");
  const shift = question.slot.span.start - change.question.slot.span.start;
  const { start, end, text } = change.edit;
  return { ...change, file: now, question, edit: { start: start + shift, end: end + shift, text } };
}

function joined(first: FilePlan | undefined, then: FilePlan): FilePlan {
  return first === undefined ? then : { ...first, after: then.after };
}

function ofWholeWrite<Change extends SlotChange>(
  result: ChangeResult<Change>,
  files: ReadonlyMap<string, FilePlan>,
): ChangeResult<Change> {
  const file = result.kind === "made" ? files.get(result.record.path) : undefined;
  if (result.kind !== "made" || file === undefined) return result;
  const hashes = { before_file_hash: file.baseHash, after_file_hash: hashOf(file.after) };
  return { ...result, record: { ...result.record, ...hashes } };
}
