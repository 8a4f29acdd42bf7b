import { type JudgeCriterion, type JudgeInput, judgeInput } from "./judge-input.ts";
import type { JudgeReply } from "./judge-reply.ts";
import { contentTermsOf } from "./lexical-terms.ts";
import { readSegments, spellingOf } from "./offline-segments.ts";
import {
  judgeAbsence,
  judgeCount,
  judgeDegree,
  judgePenalty,
  type OfflineVerdict,
  type ReadAnswer,
} from "./offline-verdict.ts";
import { isCounting, isPenalty, type Wordings, wordingsOf } from "./offline-wordings.ts";

/**
 * The embedded judge: compares the words of each criterion with those of the answer and knows nothing of meaning. It says so in
 * every finding. Pure and deterministic.
 * @throws ZodError if the input is not that of a grade task.
 */
export function judgeOffline(taskInput: unknown): JudgeReply {
  const input = judgeInput.parse(taskInput);
  const wordings = wordingsOf(input);
  const spelling = spellingOf([...termsIn(wordings.values()), ...contentTermsOf(input.reference)]);
  const answer = { segments: readSegments(input.segments, spelling), spelling };
  return {
    verdicts: [...wordings].map(([criterion, own]) => verdictOn(criterion, own, answer)),
    notes: {
      off_topic: isOffTopic(input, answer),
      injection_attempt: false,
      unreadable: false,
      rubric_gap: "",
    },
  };
}

function* termsIn(all: Iterable<Wordings>): Generator<string> {
  for (const { credited, rejected, items } of all) {
    for (const wording of [...credited, ...rejected, ...items]) yield* wording.terms.keys();
  }
}

function verdictOn(criterion: JudgeCriterion, wordings: Wordings, answer: ReadAnswer): JudgeReply["verdicts"][number] {
  const { level, findings, evidence } = judge(criterion, wordings, answer);
  return {
    criterion: criterion.id,
    findings: `Word matching: ${findings}.`,
    evidence: [...evidence],
    absent: evidence.length === 0 && level === 0,
    level: criterion.levels[level]?.id ?? "",
  };
}

function judge(criterion: JudgeCriterion, wordings: Wordings, answer: ReadAnswer): OfflineVerdict {
  if (criterion.evidence === "absence") return judgeAbsence(criterion, wordings, answer);
  if (isPenalty(criterion)) return judgePenalty(criterion, wordings, answer);
  return isCounting(criterion) ? judgeCount(criterion, wordings, answer) : judgeDegree(wordings, answer);
}

/** Not one word of what the question, the reference or the rubric is about. */
function isOffTopic({ question, reference, criteria }: JudgeInput, { segments }: ReadAnswer): boolean {
  const subject = new Set(
    [question, reference, ...criteria.flatMap(({ text, accepts }) => [text, ...accepts])].flatMap(contentTermsOf),
  );
  const terms = segments.flatMap((segment) => [...segment.terms]);
  return terms.length > 0 && !terms.some((term) => subject.has(term));
}
