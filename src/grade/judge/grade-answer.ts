import type { Model } from "../../core/model.ts";
import type { Receipt } from "../../core/outcome.ts";
import { concludeGrade } from "./conclude-grade.ts";
import { closenessToPass } from "./deferral.ts";
import { gradeRecordOf, type GradeFinding, type GradeProvenance } from "./grade-record.ts";
import type { GradePrompts } from "./grade-prompts.ts";
import { type Look, maskedLook, wholeLook } from "./judge-look.ts";
import { goodSamples, NO_SAMPLES, type Samples, takeSamples } from "./judge-samples.ts";
import { JudgeSession, type Stopped } from "./judge-session.ts";
import type { SheetOptions } from "./judge-sheet.ts";
import type { GradeRecord } from "../records/record.ts";
import { settle } from "./settle.ts";
import { blankGrade, degenerateGrade } from "./unjudged-grade.ts";

export interface GradeOptions extends SheetOptions {
  /** How often the judge is asked about each answer, 1 to 99. */
  readonly samples: number;
  /** 0 at first, one more for each redo, so that a redo is a new request. */
  readonly sample: number;
  /**
   * True to look twice where it matters: at an answer that seems to hold orders to the judge with these left out, and at one near
   * the pass mark, or whose samples disagree, until there are three samples.
   */
  readonly doubleCheckFlagged: boolean;
}

export interface GradeAnswerRequest extends GradeProvenance {
  readonly prompts: GradePrompts;
  readonly model: Model;
  readonly signal: AbortSignal;
  readonly options: GradeOptions;
}

/**
 * recorded: one line for the log, whatever came out · undone: the run was stopped, by its budget, by the user or by an endpoint that
 * is not there; that says nothing of the answer, and the next run takes it up where it is.
 */
export type GradeResult =
  | { readonly status: "recorded"; readonly record: GradeRecord; readonly receipts: readonly Receipt[] }
  | { readonly status: "undone"; readonly outcome: Stopped; readonly receipts: readonly Receipt[] };

/** Samples of a redo have numbers of their own. */
const NUMBERS_A_REDO = 100;

/** @param redo 0 at first, one more for each redo. */
export function firstSampleNumber(redo: number): number {
  return redo * NUMBERS_A_REDO;
}

const SAMPLES_IN_DOUBT = 3;

/**
 * Grades one answer. A model is asked only where something was handed in that says something. A level counts where code finds its
 * evidence in the answer; points are added by code; a fault is never a mark.
 */
export async function gradeAnswer(request: GradeAnswerRequest): Promise<GradeResult> {
  const { item } = request;
  if (item.checks.verdict === "blank") return recorded(request, blankGrade(item), []);
  if (item.checks.verdict === "degenerate") return recorded(request, degenerateGrade(item), []);
  const session = new JudgeSession(request.prompts, request.model, request.signal);
  const judged = await judge(session, request);
  const { receipts } = session;
  if ("status" in judged) return { status: "undone", outcome: judged, receipts };
  return recorded(request, concludeGrade({ item, ...judged }), receipts);
}

function recorded(request: GradeAnswerRequest, finding: GradeFinding, receipts: readonly Receipt[]): GradeResult {
  return { status: "recorded", record: gradeRecordOf(request, finding, receipts), receipts };
}

interface Looks {
  readonly whole: Samples;
  readonly masked: Samples;
}

async function judge(session: JudgeSession, { item, options }: GradeAnswerRequest): Promise<Looks | Stopped> {
  const { samples, doubleCheckFlagged } = options;
  const firstNumber = firstSampleNumber(options.sample);
  const take = (look: Look, wanted: number, so = NO_SAMPLES): Promise<Samples | Stopped> =>
    takeSamples(session, look, { wanted, firstNumber, so });
  const look = wholeLook(item, options);
  const first = await take(look, samples);
  if ("status" in first) return first;
  const isInDoubt = doubleCheckFlagged && isBorderline(item, first);
  const whole = await take(look, isInDoubt ? Math.max(samples, SAMPLES_IN_DOUBT) : samples, first);
  if ("status" in whole) return whole;
  const isSuspect = item.checks.suspects.length > 0 && goodSamples(whole).length > 0;
  const masked = doubleCheckFlagged && isSuspect ? await take(maskedLook(item, options), 1) : NO_SAMPLES;
  return "status" in masked ? masked : { whole, masked };
}

/** Near the pass mark, or the samples disagree. */
function isBorderline(item: GradeAnswerRequest["item"], samples: Samples): boolean {
  const good = goodSamples(samples);
  if (good.length === 0) return false;
  const { consensus, marking } = settle(item, good);
  return closenessToPass(marking.total, item.rubric.scale) > 0 || consensus.some(({ isSplit }) => isSplit);
}
