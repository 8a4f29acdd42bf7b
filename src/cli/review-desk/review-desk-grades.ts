import { UserError } from "../../core/errors.ts";
import { listGradeSets } from "../../files/grade-set.ts";
import { answerKey } from "../../grade/records/grade-log.ts";
import type { ActivityEntry, Change, DecisionRequest, GradeItem, QueueRow } from "../../web/api.ts";
import { writeSetOutputs } from "../grade/open-grades.ts";
import type { Project } from "../open-project.ts";
import { CHANGED, refused } from "./review-desk-change.ts";
import { titleOf } from "./review-desk-entry.ts";
import { planWord } from "./review-desk-grade-decide.ts";
import { gradeItem } from "./review-desk-grade-item.ts";
import { byDoubt, gradeEtag, gradeId, gradeRow } from "./review-desk-grade-row.ts";
import { DeskGradeSet, type GradedAnswer } from "./review-desk-grade-set.ts";

/**
 * The grades of all sets for one reviewer. What the judge said of an answer is kept back until the reviewer's own levels are
 * stored, or until the reviewer asks for it; a label given after that is not a blind one.
 */
export class DeskGrades {
  readonly #project: Project;
  readonly #actor: string;
  readonly #sets = new Map<string, DeskGradeSet>();
  /** Sets that a decision changed, whose reports are to be made again. */
  readonly #touched = new Set<string>();
  readonly #revealed = new Set<string>();
  #entries: ReadonlyMap<string, GradedAnswer> = new Map();

  constructor(project: Project, actor: string) {
    this.#project = project;
    this.#actor = actor;
    this.refresh();
  }

  /** Reads sets that are new or changed. One that cannot be read is told and left out. */
  refresh(): void {
    const names = new Set<string>();
    for (const set of listGradeSets(this.#project.workspace)) {
      names.add(set.name);
      if (this.#sets.get(set.name)?.isCurrent() === true) continue;
      this.#sets.delete(set.name);
      try {
        this.#sets.set(set.name, new DeskGradeSet(this.#project, set));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        this.#project.report.warn(`grades of ${set.name} are not shown: ${error.message}`);
      }
    }
    for (const name of this.#sets.keys()) if (!names.has(name)) this.#sets.delete(name);
    this.#index();
  }

  rows(): readonly QueueRow[] {
    return [...this.#entries.values()].map((entry) => gradeRow(entry, this.#isOpen(entry)));
  }

  /** @returns undefined for an id that is no grade's. */
  item(id: string, isBlind: boolean): GradeItem | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    if (!isBlind) this.#revealed.add(revealKey(entry));
    return gradeItem(entry, this.#actor, this.#isOpen(entry));
  }

  /** The reviewer has seen what the judge said of all answers of these sets. */
  reveal(sets: ReadonlySet<string>): void {
    for (const entry of this.#entries.values()) if (sets.has(entry.set)) this.#revealed.add(revealKey(entry));
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  etag(id: string): string | undefined {
    const entry = this.#entries.get(id);
    return entry === undefined ? undefined : gradeEtag(entry);
  }

  /** Whoever calls holds the bank lock. @throws UserError for a wish that cannot be. */
  decide(id: string, etag: string, decision: DecisionRequest): Change {
    const entry = this.#fresh(id);
    if (entry === undefined || gradeEtag(entry) !== etag) return CHANGED;
    const planned = planWord(entry, decision, { by: this.#actor, hasSeenJudge: this.#isOpen(entry) });
    if (typeof planned === "string") return refused(planned);
    this.#sets.get(entry.set)?.append(planned);
    this.#touched.add(entry.set);
    this.#index();
    return { status: "done", etag: this.etag(id) ?? null, message: "Saved." };
  }

  activity(): readonly ActivityEntry[] {
    return [...this.#entries].flatMap(([id, entry]) => {
      const isOpen = this.#isOpen(entry);
      return entry.lines.flatMap(({ seq, at, entry: line }): readonly ActivityEntry[] => {
        if (line.type !== "override" && line.type !== "mark") return [];
        const action = line.withdraws === true ? "withdraw" : line.type;
        const reason = line.type === "override" && isOpen ? line.reason : "";
        const title = titleOf(`${entry.current.candidate}: ${entry.question.text}`);
        return [{ seq, at, actor: line.by, action, via: entry.set, id, title, reason, undoable: false }];
      });
    });
  }

  folders(): readonly string[] {
    return [...this.#sets.values()].flatMap((set) => set.folders());
  }

  /** Makes the reports of sets again that were decided on. All of it can be made from the log at any time. */
  async writeOutputs(): Promise<void> {
    for (const name of this.#touched) {
      const set = this.#sets.get(name);
      if (set !== undefined) await writeSetOutputs(this.#project, set.session);
    }
    this.#touched.clear();
  }

  #fresh(id: string): GradedAnswer | undefined {
    const known = this.#entries.get(id);
    if (known === undefined || this.#sets.get(known.set)?.isCurrent() !== true) this.refresh();
    return this.#entries.get(id);
  }

  /** True for a reviewer who has said something of the answer before: that was answered with what the judge said. */
  #isOpen(entry: GradedAnswer): boolean {
    const isOwn = ({ entry: said }: GradedAnswer["lines"][number]): boolean =>
      (said.type === "override" || said.type === "mark") && said.by === this.#actor;
    return this.#revealed.has(revealKey(entry)) || entry.lines.some(isOwn);
  }

  #index(): void {
    const all = [...this.#sets.values()].flatMap((set) => [...set.answers.values()]);
    this.#entries = new Map(all.toSorted(byDoubt).map((entry) => [gradeId(entry), entry]));
  }
}

/** Another answer of the same candidate has not been seen. */
function revealKey({ set, current }: GradedAnswer): string {
  return JSON.stringify([set, answerKey(current), current.grade.answer.hash]);
}
