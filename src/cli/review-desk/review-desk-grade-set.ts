import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashOf } from "../../core/hash.ts";
import type { GradeSet } from "../../files/grade-set.ts";
import { stampOf } from "../../files/file-memo.ts";
import { answerKey, foldGradeLog, type AnswerPlace, type CurrentGrade } from "../../grade/records/grade-log.ts";
import type { GradeLogEntry, RubricChangeRecord } from "../../grade/records/record.ts";
import { planRubricChanges } from "../../grade/records/rubric-change.ts";
import type { GradableQuestion } from "../../grade/judge/gradable-question.ts";
import type { GradeLine } from "../grade/grade-store.ts";
import { readGradeSession, type GradeSession } from "../grade/open-grades.ts";
import type { Project } from "../open-project.ts";

/** One answer with its grade, its question and everything that was ever said of it. */
export interface GradedAnswer {
  readonly set: string;
  readonly current: CurrentGrade;
  readonly question: GradableQuestion;
  /** Undefined where it is no longer what was graded. */
  readonly answer: string | undefined;
  /** Lines of the log, oldest first. */
  readonly lines: readonly GradeLine[];
}

/**
 * A set of grades as it was read last. Rubrics that changed since count already, though only a decision writes that into the
 * log: looking at grades changes nothing.
 */
export class DeskGradeSet {
  readonly #project: Project;
  readonly #set: GradeSet;
  #session: Omit<GradeSession, "state">;
  #stamp: string;
  #lines: GradeLine[];
  #pending: readonly RubricChangeRecord[] = [];
  #answers: ReadonlyMap<string, GradedAnswer> = new Map();

  /** @throws UserError where the set's answers, bank or log cannot be read. */
  constructor(project: Project, set: GradeSet) {
    this.#project = project;
    this.#set = set;
    this.#session = readGradeSession(project, set);
    this.#stamp = this.#stampNow();
    this.#lines = [...this.#session.log.readAll()];
    this.#fold();
  }

  get session(): Omit<GradeSession, "state"> {
    return this.#session;
  }

  /** By {@link answerKey}; those whose question still has a rubric. */
  get answers(): ReadonlyMap<string, GradedAnswer> {
    return this.#answers;
  }

  get lines(): readonly GradeLine[] {
    return this.#lines;
  }

  /** False where a file that it was read from changed since. */
  isCurrent(): boolean {
    return this.#stamp === this.#stampNow();
  }

  /** Writes what somebody said into the log, after what changed rubrics did. Whoever calls has seen that it is current. */
  append(entry: GradeLogEntry): void {
    const entries = [...this.#pending, entry].map((each) => ({ entry: each }));
    this.#lines.push(...this.#session.log.append(entries));
    this.#stamp = this.#stampNow();
    this.#fold();
  }

  /** Folders in which the set's files stand. */
  folders(): readonly string[] {
    return [...new Set(this.#paths().map((path) => dirname(path)))];
  }

  #fold(): void {
    const { graded, answers } = this.#session;
    const folded = foldGradeLog(this.#lines);
    this.#pending = planRubricChanges(folded.grades.values(), graded.questions);
    const at = new Date(this.#project.stamp()).toISOString();
    const pending = this.#pending.map((entry) => ({ at, entry }));
    const { grades } = pending.length === 0 ? folded : foldGradeLog([...this.#lines, ...pending]);
    const texts = new Map(answers.submissions.map((each) => [answerKey(each), each.answer]));
    const said = linesByAnswer(this.#lines);
    this.#answers = new Map(
      [...grades].flatMap(([key, current]) => {
        const question = graded.questions.get(current.question);
        if (question === undefined) return [];
        const text = texts.get(key);
        const isSame = text !== undefined && hashOf(text) === current.grade.answer.hash;
        const answer = isSame ? text : undefined;
        return [[key, { set: this.#set.name, current, question, answer, lines: said.get(key) ?? [] }]];
      }),
    );
  }

  #paths(): readonly string[] {
    const { graded, answers, settings } = this.#session;
    const { records, candidates, settings: settingsFile } = this.#set;
    const read = [
      ...settings.answers,
      ...answers.submissions.map(({ source }) => source.path),
      ...graded.rubrics.map(({ file }) => file),
      ...graded.bank.files.map(({ path }) => path),
    ];
    const absolute = [...new Set(read)].map((path) => join(this.#project.workspace.root, path));
    return [records, candidates, settingsFile, ...absolute];
  }

  #stampNow(): string {
    const paths = this.#paths();
    // The log's own time changes with each word; its length tells as much, since it only grows.
    const watched = [...new Set([...paths.slice(1), ...paths.slice(3).map((path) => dirname(path))])];
    const now = this.#project.clock.now();
    return [sizeOf(this.#set.records), ...watched.map((path) => stampOf(path, now))].join("\n");
  }
}

function linesByAnswer(lines: readonly GradeLine[]): ReadonlyMap<string, readonly GradeLine[]> {
  const said = new Map<string, GradeLine[]>();
  for (const line of lines) {
    for (const place of placesIn(line.entry)) {
      const own = said.get(answerKey(place));
      if (own === undefined) said.set(answerKey(place), [line]);
      else own.push(line);
    }
  }
  return said;
}

function placesIn(entry: GradeLogEntry): readonly AnswerPlace[] {
  if (entry.type === "rubric") return [];
  return entry.type === "rubric-change" ? entry.changes : [entry];
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
