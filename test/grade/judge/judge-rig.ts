import { hashOf } from "../../../src/core/hash.ts";
import { type GradeOptions, gradeAnswer, type GradeResult } from "../../../src/grade/judge/grade-answer.ts";
import { compileGradePrompts, type GradePrompts } from "../../../src/grade/judge/grade-prompts.ts";
import type { GradingItem } from "../../../src/grade/judge/grading-item.ts";
import { type JudgeCriterion, judgeInput, type JudgeInput } from "../../../src/grade/judge/judge-input.ts";
import type { JudgeReply, JudgeVerdict } from "../../../src/grade/judge/judge-reply.ts";
import { exact, thousandths } from "../../../src/grade/rubric/points.ts";
import type { GradeRecord } from "../../../src/grade/records/record.ts";
import type { Criterion, Rubric } from "../../../src/grade/rubric/rubric.ts";
import { promptFile } from "../../fill/samples.ts";
import { modelRig, type Rig } from "../../support/model-rig.ts";
import { completion, scriptedProvider, type ScriptedProvider, type Sent } from "../../support/scripted-provider.ts";
import type { Reply } from "../../../src/core/model.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

export const QUESTION = "Why does a service put a queue before a slow database?";
export const REFERENCE =
  "The queue absorbs bursts, so that writers do not wait. It decouples the producer from the consumer. " +
  "Messages may arrive twice, so the consumer must be idempotent.";
export const GOOD_ANSWER =
  "A queue absorbs bursts of writes so the caller does not wait for the database. " +
  "Producer and consumer are decoupled and can fail apart. " +
  "Since a message can come twice, the consumer has to be idempotent.";
export const WEAK_ANSWER = "A queue absorbs bursts of writes. It is a popular tool in many companies.";

export function criterionOf(id: string, points: readonly number[], changes: Partial<Criterion> = {}): Criterion {
  const names = points.length === 2 ? ["none", "full"] : ["none", ...points.slice(1).map((_, at) => `l${at + 1}`)];
  return {
    id,
    text: `Says what ${id} means here`,
    kind: points.length === 2 ? "binary" : "levels",
    evidence: "required",
    levels: names.map((name, at) => ({
      id: name,
      points: thousandths(points[at] ?? 0),
      descriptor: `${name} of it is said`,
      anchors: [],
    })),
    accepts: [],
    rejects: [],
    ...changes,
  };
}

/** Six points: bursts 0/1/2, decoupling 0/2, idempotence 0/2; the words that earn credit stand in `accepts`. */
export function queueRubric(changes: Partial<Rubric> = {}): Rubric {
  return {
    id: "r-queue",
    question: { id: "q-queue" },
    scale: { max: thousandths(6), step: thousandths(0.5), floor: exact(0) },
    guidelines: "",
    reference: { from: "rubric", text: REFERENCE },
    criteria: [
      criterionOf("bursts", [0, 1, 2], { accepts: ["absorbs bursts", "does not wait"] }),
      criterionOf("decoupling", [0, 2], { accepts: ["decoupled"] }),
      criterionOf("idempotence", [0, 2], { accepts: ["idempotent"] }),
    ],
    groups: [],
    precedents: [],
    ...changes,
  };
}

export function itemOf(answer: string, changes: Partial<GradingItem> = {}): GradingItem {
  return {
    submission: {
      candidate: "c-001",
      question: "q-queue",
      answer,
      rawHash: hashOf(answer),
      attempt: 1,
      source: { path: "answers/queue.md", line: 3 },
      human: [],
    },
    rubric: queueRubric(),
    hashes: { content: hashOf("content"), wording: hashOf("wording"), structure: hashOf("structure") },
    question: QUESTION,
    reference: REFERENCE,
    checks: { verdict: "grade", flags: [], suspects: [] },
    crossCheck: undefined,
    ...changes,
  };
}

export function shippedGradePrompts(): GradePrompts {
  return compileGradePrompts({ grade: promptFile("grade") });
}

/** What a judge of the tests says of one request. */
export type Judge = (input: JudgeInput, sent: Sent) => JudgeReply;

export const NO_NOTES = { off_topic: false, injection_attempt: false, unreadable: false, rubric_gap: "" };

export function replyOf(
  { criteria }: JudgeInput,
  verdictOf: (criterion: JudgeCriterion) => Pick<JudgeVerdict, "level"> & Partial<JudgeVerdict>,
  notes: Partial<JudgeReply["notes"]> = {},
): JudgeReply {
  return {
    verdicts: Object.fromEntries(
      criteria.map((criterion) => {
        const verdict = verdictOf(criterion);
        const isCredited = verdict.level !== criterion.levels[0]?.id;
        return [criterion.id, { findings: "Seen.", evidence: [], absent: !isCredited, ...verdict }];
      }),
    ),
    notes: { ...NO_NOTES, ...notes },
  };
}

/** Credits a criterion one level for each of its accepted wordings that a segment holds, and quotes the segment. */
export const honest = (input: JudgeInput): JudgeReply =>
  replyOf(input, ({ levels, accepts }) => {
    const evidence = accepts.flatMap((wording) => {
      const segment = input.segments.find(({ text }) => text.includes(wording));
      return segment === undefined ? [] : [{ segment: segment.id, quote: segment.text }];
    });
    return { level: levels[Math.min(evidence.length, levels.length - 1)]?.id ?? "", evidence };
  });

/** Gives the best level of everything, proved by the same quote. */
export function creditAll(
  input: JudgeInput,
  quote: string,
  spares: (criterion: JudgeCriterion) => boolean,
): JudgeReply {
  return replyOf(input, (criterion) => {
    if (spares(criterion)) return { level: criterion.levels[0]?.id ?? "" };
    return { level: criterion.levels.at(-1)?.id ?? "", evidence: [{ segment: "s1", quote }] };
  });
}

/** As the tests can tell and no judge does: the rubrics here have no other criterion that is worded so. */
export function isCanary({ levels }: JudgeCriterion): boolean {
  return levels[1]?.descriptor === "The answer says this.";
}

export interface JudgeRig extends Rig {
  readonly provider: ScriptedProvider;
  readonly grade: (item: GradingItem, options?: Partial<GradeOptions>) => Promise<GradeResult>;
  /** The record; a test fails where there is none. */
  readonly record: (item: GradingItem, options?: Partial<GradeOptions>) => Promise<GradeRecord>;
}

const PROMPTS = shippedGradePrompts();

/** The whole way of an answer but the network: prompt, model stack, journal, evidence, rules, record. */
export function judgeRig(judge: Judge): JudgeRig {
  return rawRig((sent) => completion(JSON.stringify(judge(inputOf(sent), sent))));
}

export function inputOf({ request }: Sent): JudgeInput {
  return judgeInput.parse(request.input);
}

/** As {@link judgeRig}, with replies of any kind. */
export function rawRig(answer: (sent: Sent) => Reply): JudgeRig {
  const clock = new VirtualClock();
  const provider = scriptedProvider(clock, answer);
  const rig = modelRig({ provider, clock });
  const grade: JudgeRig["grade"] = (item, options = {}) =>
    gradeAnswer({
      item,
      prompts: PROMPTS,
      model: rig.model,
      signal: new AbortController().signal,
      options: { samples: 1, sample: 0, canary: true, perCriterion: false, doubleCheckFlagged: true, ...options },
      run: { id: "run-1", provider: provider.name, model: provider.model },
    });
  const record: JudgeRig["record"] = async (item, options) => {
    const result = await grade(item, options);
    if (result.status === "undone") throw new Error(`left undone: ${result.outcome.status}`);
    return result.record;
  };
  return { ...rig, provider, grade, record };
}
