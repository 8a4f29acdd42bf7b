import { type JudgeInput, judgeInput } from "../judge/judge-input.ts";
import type { JudgeReply, JudgeVerdict } from "../judge/judge-reply.ts";
import { contentTermsOf } from "../lexical/lexical-terms.ts";
import { judgeAbsence, judgeCount, judgePenalty } from "./offline-claims.ts";
import { isCounting, isPenalty, type ReadCriterion, readCriteria } from "./offline-criteria.ts";
import { judgeDegree } from "./offline-degree.ts";
import { readSegments, spellingOf } from "./offline-segments.ts";
import type { OfflineVerdict, ReadAnswer } from "./offline-verdict.ts";

/**
 * The embedded judge: compares the words of each criterion with those of the answer and knows nothing of meaning, which every
 * finding says. Deterministic.
 * @throws ZodError if the input is not that of a grade task.
 */
export function judgeOffline(taskInput: unknown): JudgeReply {
  const input = judgeInput.parse(taskInput);
  const criteria = readCriteria(input);
  const spelling = spellingOf([...termsOfCriteria(criteria), ...contentTermsOf(input.reference)]);
  const answer = { segments: readSegments(input.segments, spelling), spelling };
  return {
    verdicts: Object.fromEntries(criteria.map((read) => [read.criterion.id, verdictOn(read, answer)])),
    notes: {
      off_topic: isOffTopic(input, answer),
      injection_attempt: false,
      unreadable: false,
      rubric_gap: "",
    },
  };
}

function* termsOfCriteria(criteria: readonly ReadCriterion[]): Generator<string> {
  for (const { credited, decided, rejected, items } of criteria) {
    for (const { terms } of [...credited, ...decided, ...rejected, ...items.flat()]) yield* terms.keys();
  }
}

function verdictOn(read: ReadCriterion, answer: ReadAnswer): JudgeVerdict {
  const { criterion } = read;
  const { level, findings, evidence, isAbsent } = judge(read, answer);
  return {
    findings: `Word matching: ${findings}.`,
    evidence: [...evidence],
    absent: isAbsent,
    level: criterion.levels[level]?.id ?? "",
  };
}

function judge(read: ReadCriterion, answer: ReadAnswer): OfflineVerdict {
  const { criterion } = read;
  if (criterion.evidence === "absence") return judgeAbsence(read, answer);
  if (isPenalty(criterion)) return judgePenalty(read, answer);
  return isCounting(criterion) ? judgeCount(read, answer) : judgeDegree(read, answer);
}

/** Not one word of what question, reference and criteria are about. */
function isOffTopic({ question, reference, criteria }: JudgeInput, { segments }: ReadAnswer): boolean {
  const texts = [question, reference, ...criteria.flatMap(({ text, accepts }) => [text, ...accepts])];
  const subject = new Set(texts.flatMap(contentTermsOf));
  const terms = segments.flatMap((segment) => [...segment.terms]);
  return terms.length > 0 && !terms.some((term) => subject.has(term));
}
