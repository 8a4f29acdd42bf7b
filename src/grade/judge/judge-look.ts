import { locateEvidence } from "../evidence/evidence.ts";
import { type AnswerIndex, indexAnswer } from "../evidence/evidence-index.ts";
import type { GradingItem } from "./grading-item.ts";
import type { JudgeInput } from "./judge-input.ts";
import type { Locate } from "./judge-reading.ts";
import { type JudgeSheet, type SheetOptions, sheetsOf } from "./judge-sheet.ts";
import { subjectOf } from "./judge-subject.ts";
import { maskStretches } from "./mask.ts";
import { segmentsOf } from "../evidence/segments.ts";
import type { Evidence } from "./verdict.ts";

/** What of an answer a judge is shown, and how code finds the judge's quotes in it. */
export interface Look {
  readonly item: GradingItem;
  readonly sheets: readonly JudgeSheet[];
  readonly segments: JudgeInput["segments"];
  readonly locate: Locate;
  /** True where what looks like orders to the judge is left out. */
  readonly isMasked: boolean;
}

/** The answer as it is. */
export function wholeLook(item: GradingItem, options: SheetOptions): Look {
  return lookAt(item, item.submission.answer, { ...options, isMasked: false });
}

/** The answer with blanks for what looks like orders to the judge. Spans found in it are spans of the answer itself. */
export function maskedLook(item: GradingItem, options: SheetOptions): Look {
  return lookAt(item, maskStretches(item.submission.answer, item.checks.suspects), { ...options, isMasked: true });
}

function lookAt(item: GradingItem, answer: string, options: SheetOptions & Pick<Look, "isMasked">): Look {
  const segments = segmentsOf(answer);
  const { sources } = subjectOf(item);
  // Made when the first quote comes, so that it is not held while a reply is waited for.
  let index: AnswerIndex | undefined;
  return {
    item,
    sheets: sheetsOf(item, options),
    segments: segments.map(({ id, text }) => ({ id, text })),
    locate: remembering((quote) => locateEvidence(quote, (index ??= indexAnswer(answer, segments)), sources)),
    isMasked: options.isMasked,
  };
}

/** Samples quote the same words again and again. */
function remembering(locate: Locate): Locate {
  const known = new Map<string, Evidence>();
  return (quote) => {
    const key = `${quote.segment.length} ${quote.segment}${quote.quote}`;
    const evidence = known.get(key) ?? locate(quote);
    known.set(key, evidence);
    return evidence;
  };
}
