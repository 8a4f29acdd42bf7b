import type { JudgeInput } from "./judge-input.ts";
import type { Look } from "./judge-look.ts";
import { correctedBy, eitherNotes, faultsOf, type Reading, readReply } from "./judge-reading.ts";
import { type Failed, isStopped, type JudgeSession, type Stopped } from "./judge-session.ts";
import { judgeInputOf, type JudgeSheet } from "./judge-sheet.ts";
import type { Sample } from "./verdict.ts";

/** What came of asking a judge several times. */
export interface Samples {
  /** Void ones among them. */
  readonly taken: readonly Sample[];
  readonly failed: readonly Failed[];
}

export const NO_SAMPLES: Samples = { taken: [], failed: [] };
/** A judge that gives credit for nothing as often as this is not asked again about the same answer. */
export const MOST_VOID = 2;

/** The samples that count. */
export function goodSamples({ taken }: Samples): readonly Sample[] {
  return taken.filter((sample) => !sample.void);
}

export function countVoid({ taken }: Pick<Samples, "taken">): number {
  return taken.filter((sample) => sample.void).length;
}

export interface SampleWish {
  /** How many samples there are to be, taken or failed; void ones are not counted. */
  readonly wanted: number;
  /** Of the first sample; see `Task.sample`. */
  readonly firstNumber: number;
  /** What there is already. */
  readonly so: Samples;
}

/** Asks until there are as many samples as wanted. A void one is replaced by another; two are the end of it. */
export async function takeSamples(session: JudgeSession, look: Look, wish: SampleWish): Promise<Samples | Stopped> {
  const taken = [...wish.so.taken];
  const failed = [...wish.so.failed];
  for (;;) {
    const asked = taken.length + failed.length;
    const voided = countVoid({ taken });
    if (voided >= MOST_VOID || asked - voided >= wish.wanted) return { taken, failed };
    const sample = await takeSample(session, look, wish.firstNumber + asked);
    if (!("status" in sample)) taken.push(sample);
    else if (isStopped(sample)) return sample;
    else failed.push(sample);
  }
}

async function takeSample(session: JudgeSession, look: Look, number: number): Promise<Sample | Failed> {
  const readings: Reading[] = [];
  for (const sheet of look.sheets) {
    const reading = await fillSheet(session, look, sheet, number);
    if ("status" in reading) return reading;
    readings.push(reading);
  }
  return {
    verdicts: readings.flatMap(({ rows }) => rows.map(({ verdict }) => verdict)),
    notes: eitherNotes(readings.map(({ notes }) => notes)),
    void: readings.some(({ isVoid }) => isVoid),
    ...(look.isMasked && { masked: true }),
  };
}

/** One reading, or two where the evidence of the first does not bear its levels out. */
async function fillSheet(
  session: JudgeSession,
  look: Look,
  sheet: JudgeSheet,
  number: number,
): Promise<Reading | Failed> {
  const first = await readingOf(session, look, sheet, { number, faults: [] });
  if ("status" in first || first.isVoid) return first;
  const faults = faultsOf(first);
  if (faults.length === 0) return first;
  const second = await readingOf(session, look, sheet, { number, faults });
  if (!("status" in second)) return correctedBy(first, second);
  return isStopped(second) ? second : first;
}

async function readingOf(
  session: JudgeSession,
  { item, segments, locate }: Look,
  sheet: JudgeSheet,
  { number, faults }: { readonly number: number; readonly faults: JudgeInput["faults"] },
): Promise<Reading | Failed> {
  const outcome = await session.ask(judgeInputOf(item, sheet, segments, faults), number);
  return outcome.status === "ok" ? readReply(outcome.value, sheet, locate) : outcome;
}
