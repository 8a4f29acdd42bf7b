import type { AnswerChecks } from "./answer-checks.ts";
import { screenAnswer } from "./screen.ts";

type Suspect = AnswerChecks["suspects"][number];

/** How far from what gave it away an order may begin or end. */
const REACH = 200;
const SENTENCE_ENDS = new Set(".!?。！？\n");

/**
 * Stretches that look like orders to the judge, each with the rest of its sentence, for a pattern finds only a part of an order. In
 * order and apart. What the `subject` says too, question and reference, is no order.
 */
export function suspectsOf(answer: string, subject: string): readonly Suspect[] {
  const joined: Suspect[] = [];
  for (const suspect of screenAnswer(answer, subject).map((hit) => wholeSentence(answer, hit))) {
    const last = joined.at(-1);
    if (last === undefined || suspect.start > last.end) joined.push(suspect);
    else joined.splice(-1, 1, { start: Math.min(last.start, suspect.start), end: Math.max(last.end, suspect.end) });
  }
  return joined;
}

function wholeSentence(answer: string, { start, end }: Suspect): Suspect {
  const endsBefore = (at: number): boolean => SENTENCE_ENDS.has(answer.charAt(at - 1));
  let from = start;
  while (from > 0 && start - from < REACH && !endsBefore(from)) from -= 1;
  let to = end;
  while (to < answer.length && to - end < REACH && !endsBefore(to)) to += 1;
  return { start: from - (isSecondHalf(answer, from) ? 1 : 0), end: to + (isSecondHalf(answer, to) ? 1 : 0) };
}

function isSecondHalf(text: string, at: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at));
}
