import { hashOf } from "../../../src/core/hash.ts";
import { foldGradeLog, type GradeBookState, type LoggedEntry } from "../../../src/grade/records/grade-log.ts";
import { exact, thousandths } from "../../../src/grade/rubric/points.ts";
import type { GradeLogEntry, GradeRecord } from "../../../src/grade/records/record.ts";
import { recount } from "../../../src/grade/records/recount.ts";
import type { Criterion, Rubric, RubricHashes } from "../../../src/grade/rubric/rubric.ts";
import type { RubricNow } from "../../../src/grade/records/rubric-change.ts";

/** A criterion of two or three levels: none, (part,) full. */
export function criterion(id: string, points: readonly number[]): Criterion {
  const names = points.length === 2 ? ["none", "full"] : ["none", "part", "full"];
  return {
    id,
    text: `States ${id}`,
    kind: "levels",
    evidence: "required",
    levels: names.map((name, at) => ({
      id: name,
      points: thousandths(points[at] ?? 0),
      descriptor: `${name} of ${id}`,
      anchors: [],
    })),
    accepts: [],
    rejects: [],
  };
}

/** A rubric of 10 points: `first` 0/3/6 and `second` 0/4. */
export function rubricOf(changes: Partial<Rubric> = {}): Rubric {
  return {
    id: "r-locks",
    question: { id: "q-locks" },
    scale: { max: thousandths(10), step: thousandths(0.5), floor: exact(0), pass: thousandths(6) },
    guidelines: "",
    reference: { from: "bank" },
    criteria: [criterion("first", [0, 3, 6]), criterion("second", [0, 4])],
    groups: [],
    precedents: [],
    ...changes,
  };
}

/** Hashes as the three parts are named: equal names, equal hashes. */
export function hashesOf(content: string, wording = "wording", structure = "structure"): RubricHashes {
  return { content: hashOf(content), wording: hashOf(wording), structure: hashOf(structure) };
}

export function rubricNow(rubric: Rubric = rubricOf(), hashes: RubricHashes = hashesOf("content")): RubricNow {
  return { rubric, hashes };
}

/** A grade by the sample rubric, at these levels. */
export function gradeOf(levels: Readonly<Record<string, string>>, changes: Partial<GradeRecord> = {}): GradeRecord {
  const counted = recount(rubricOf(), [], new Map(Object.entries(levels)));
  return {
    type: "grade",
    candidate: "c-001",
    question: "q-locks",
    attempt: 1,
    state: "graded",
    mark: counted.mark,
    max: 10_000,
    criteria: counted.criteria,
    events: counted.events,
    flags: [],
    samples: [],
    doubt: 0.1,
    crossCheck: null,
    reason: "",
    source: { path: "candidates/c-001.md", line: 12 },
    answer: { raw_hash: hashOf("raw"), hash: hashOf("answer"), characters: 6, words: 1 },
    rubric: { id: "r-locks", ...hashesOf("content") },
    run: {
      id: "2026-11-23t10-12-04z",
      provider: "openai",
      model: "judge",
      model_answered: null,
      prompt: "grade@1",
      prompt_hash: hashOf("prompt"),
      samples_asked: 1,
      sample: 0,
      request_keys: [],
      input_tokens: 100,
      output_tokens: 20,
      cost: 0.001,
    },
    ...changes,
  };
}

/** The entries as a log would hold them, an hour apart. */
export function fold(...entries: readonly GradeLogEntry[]): GradeBookState {
  return foldGradeLog(
    entries.map((entry, at): LoggedEntry => ({
      at: `2026-11-23T${String(at + 1).padStart(2, "0")}:00:00.000Z`,
      entry,
    })),
  );
}
