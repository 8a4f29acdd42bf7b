import type { JudgeInput } from "./judge-input.ts";
import type { JudgeReply, JudgeVerdict } from "./judge-reply.ts";
import type { JudgeSheet, SheetEntry } from "./judge-sheet.ts";
import { placeOf, supportFor } from "./judge-support.ts";
import type { Criterion } from "../rubric/rubric.ts";
import type { CriterionVerdict, Evidence, JudgeNotes } from "./verdict.ts";

/** Looks for a quote of a judge in the answer. */
export type Locate = (quote: JudgeVerdict["evidence"][number]) => Evidence;

/** A reply to one sheet, held against the answer. */
export interface Reading {
  /** In the order of the sheet, the canary left out. */
  readonly rows: readonly ReadRow[];
  readonly notes: JudgeNotes;
  /** Credit was given for the canary. */
  readonly isVoid: boolean;
}

export interface ReadRow {
  /** The id under which the judge knows the criterion. */
  readonly asked: string;
  readonly criterion: Criterion;
  readonly verdict: CriterionVerdict;
  /** Why its evidence does not bear the level out; undefined where it does. */
  readonly fault: string | undefined;
}

/** Turns a reply into verdicts on the rubric's own criteria; code looks for every quote. */
export function readReply(reply: JudgeReply, { entries }: JudgeSheet, locate: Locate): Reading {
  const said = new Map(Object.entries(reply.verdicts));
  return {
    rows: entries.flatMap((entry) => readEntry(entry, said.get(entry.asked.id), locate)),
    notes: notesOf(reply.notes),
    isVoid: entries.some(
      ({ asked, criterion }) => criterion === undefined && said.get(asked.id)?.level !== asked.levels[0]?.id,
    ),
  };
}

function readEntry({ asked, criterion }: SheetEntry, said: JudgeVerdict | undefined, locate: Locate): ReadRow[] {
  if (criterion === undefined || said === undefined) return [];
  const evidence = said.evidence.map(locate);
  const { level: supported, fault } = supportFor(criterion, said, evidence);
  const verdict = { criterion: criterion.id, findings: said.findings, evidence, judged: said.level, supported };
  return [{ asked: asked.id, criterion, verdict, fault }];
}

function notesOf(notes: JudgeReply["notes"]): JudgeNotes {
  return {
    offTopic: notes.off_topic,
    injectionAttempt: notes.injection_attempt,
    unreadable: notes.unreadable,
    rubricGap: notes.rubric_gap,
  };
}

/** What a judge is told of a reading when it is asked again; empty where every level is borne out. */
export function faultsOf({ rows }: Reading): JudgeInput["faults"] {
  return rows.flatMap(({ asked, fault }) => (fault === undefined ? [] : [{ criterion: asked, fault }]));
}

/**
 * A reading corrected by a second one of the same sheet. The second counts only where the first had a fault, and it can prove
 * the level that was named before, or a lower one; it cannot raise it.
 */
export function correctedBy(first: Reading, second: Reading): Reading {
  return {
    rows: first.rows.map((row, at) => (row.fault === undefined ? row : withoutRise(row, second.rows[at] ?? row))),
    notes: eitherNotes([first.notes, second.notes]),
    isVoid: first.isVoid || second.isVoid,
  };
}

function withoutRise(first: ReadRow, second: ReadRow): ReadRow {
  const { criterion, verdict } = second;
  const isRise = placeOf(criterion, verdict.supported) > placeOf(criterion, first.verdict.judged);
  return isRise ? { ...second, verdict: { ...verdict, supported: first.verdict.judged } } : second;
}

/** What was noted in any of several replies about the same answer. */
export function eitherNotes(notes: readonly JudgeNotes[]): JudgeNotes {
  return {
    offTopic: notes.some((each) => each.offTopic),
    injectionAttempt: notes.some((each) => each.injectionAttempt),
    unreadable: notes.some((each) => each.unreadable),
    rubricGap: notes.find((each) => each.rubricGap !== "")?.rubricGap ?? "",
  };
}
