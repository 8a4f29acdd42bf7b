import type {
  ActivityEntry,
  ApplyView,
  Change,
  ComparisonView,
  DecisionRequest,
  Item,
  Queue,
} from "../../src/web/api.ts";
import { wordDiff } from "../../src/review/diff.ts";
import type { ReviewDesk } from "../../src/web/review-desk.ts";
import { itemOf } from "./card-view.ts";
import { decideCard, editCard, type NextCard } from "./decide-card.ts";
import { type Card, type DraftCard, etagOf, hostileDrafts, rowOf, sampleDrafts, sampleGrades } from "./sample-cards.ts";

export interface FakeDeskOptions {
  /** How many drafts; the states repeat every forty. */
  readonly drafts?: number;
  readonly grades?: number;
  /** True adds one draft for each hostile text. */
  readonly isHostile?: boolean;
  /** What every change waits for before it looks at the card. */
  readonly pause?: () => Promise<void>;
}

interface Logged {
  readonly entry: Omit<ActivityEntry, "undoable">;
  readonly before: Card;
}

const conflict = (message = "It changed meanwhile."): Change => ({ status: "conflict", message });
const refused = (message: string): Change => ({ status: "refused", message });

/** A desk in memory that keeps its rules: etags, the table of decisions, blindness, undo. Time stands still in it. */
export class FakeDesk implements ReviewDesk {
  /** Every call of a change, in order, for tests to look at. */
  readonly asked: string[] = [];
  readonly #cards: Map<string, Card>;
  readonly #listeners = new Set<(version: string) => void>();
  readonly #log: Logged[] = [];
  /** Of each card, the changes that can be taken back, newest last. */
  readonly #undoable = new Map<string, readonly Logged[]>();
  readonly #pause: () => Promise<void>;
  #version = 1;

  constructor({ drafts = 60, grades = 8, isHostile = false, pause = async () => {} }: FakeDeskOptions = {}) {
    const cards = [...sampleDrafts(drafts), ...(isHostile ? hostileDrafts() : []), ...sampleGrades(grades)];
    this.#cards = new Map(cards.map((card) => [card.id, card]));
    this.#pause = pause;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  queue(): Queue {
    const rows = [...this.#cards.values()].map(rowOf);
    const count = (isCounted: (row: Queue["rows"][number]) => boolean): number => rows.filter(isCounted).length;
    return {
      version: this.#version.toString(),
      rows,
      totals: {
        pending: count(({ status }) => status === "pending"),
        acceptedNotApplied: count(({ status, kind }) => status === "accepted" && kind !== "grade"),
        conflicts: count(({ state, status }) => state === "conflict" && status !== "applied"),
        spent: rows.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
      },
      actor: "reviewer@example.org",
    };
  }

  item(id: string, isBlind: boolean): Item | undefined {
    const card = this.#cards.get(id);
    return card === undefined ? undefined : itemOf(card, isBlind);
  }

  async decide(id: string, etag: string, decision: DecisionRequest): Promise<Change> {
    return this.#change("decide", id, etag, (card) => decideCard(card, decision));
  }

  async saveDraft(id: string, etag: string, draft: string): Promise<Change> {
    return this.#change("save", id, etag, (card) => editCard(card, draft));
  }

  async acceptAll(items: readonly { readonly id: string; readonly etag: string }[], expected: number): Promise<Change> {
    this.asked.push(`batch ${items.length}`);
    await this.#pause();
    const cards = items.map(({ id, etag }) => {
      const card = this.#cards.get(id);
      const isFit = card?.state === "clean" && card.status === "pending" && etagOf(card) === etag;
      return isFit ? card : undefined;
    });
    if (expected !== items.length || cards.includes(undefined)) return conflict("The list is not as you saw it.");
    for (const card of cards) if (card !== undefined) this.#store(card, { ...card, status: "accepted" }, "accept", "");
    this.#tell();
    return { status: "done", etag: null, message: `${cards.length} accepted.` };
  }

  async apply(isDryRun: boolean): Promise<ApplyView> {
    this.asked.push(`apply ${isDryRun ? "dry" : "for real"}`);
    await this.#pause();
    const accepted = [...this.#cards.values()].filter(
      (card): card is DraftCard => card.kind !== "grade" && card.status === "accepted",
    );
    const paths = [...new Set(accepted.map(({ place }) => place))].toSorted();
    const files = paths.map((path) => ({
      path,
      diff: diffOf(
        path,
        accepted.filter(({ place }) => place === path),
      ),
    }));
    if (isDryRun) return { dryRun: true, written: accepted.length, files, refused: [] };
    for (const card of accepted) {
      this.#store(card, { ...card, status: "applied", state: "done", now: card.draft }, "apply", "");
    }
    this.#tell();
    return { dryRun: false, written: accepted.length, files, refused: [] };
  }

  async undo(seq: number | null): Promise<Change> {
    this.asked.push(`undo ${seq ?? "last"}`);
    await this.#pause();
    const logged = this.#log.findLast((each) => (seq === null ? this.#isUndoable(each) : each.entry.seq === seq));
    if (logged === undefined) return refused("There is nothing to undo.");
    const now = this.#cards.get(logged.before.id);
    if (now === undefined || !this.#isUndoable(logged)) return conflict("Something was decided about it since.");
    const before = logged.entry.action === "apply" ? { ...logged.before, status: "pending" as const } : logged.before;
    const undoable = (this.#undoable.get(now.id) ?? []).slice(0, -1);
    const stored = this.#store(now, before, "undo", "");
    this.#undoable.set(now.id, undoable);
    this.#tell();
    return { status: "done", etag: etagOf(stored), message: `Undone: ${logged.entry.action}.` };
  }

  activity(): readonly ActivityEntry[] {
    return this.#log.map((logged) => ({ ...logged.entry, undoable: this.#isUndoable(logged) })).toReversed();
  }

  compare(left: string, right: string): ComparisonView | undefined {
    const runs = new Set([...this.#cards.values()].flatMap((card) => (card.kind === "grade" ? [] : [card.run])));
    if (!runs.has(left) || !runs.has(right)) return undefined;
    const drafts = [...this.#cards.values()].filter((card): card is DraftCard => card.kind !== "grade").slice(0, 20);
    const rows = drafts.map(({ id, question: title, kind, draft }) => {
      const diff = wordDiff("A first try that said too little.", draft);
      return { id, name: id, title, kind, change: "reworded", diff, moved: null };
    });
    return { left, right, compared: 25, rows };
  }

  onChange(listener: (version: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Somebody else writes into the slot: the draft is in conflict from now on. */
  changeOnDisk(id: string, now = "A person wrote this meanwhile."): void {
    const card = this.#cards.get(id);
    if (card === undefined || card.kind === "grade") throw new Error("no such draft");
    this.#cards.set(id, { ...card, now, state: "conflict", version: card.version + 1 });
    this.#undoable.delete(id);
    this.#tell();
  }

  /** As if files had changed that no card shows. */
  touch(): void {
    this.#tell();
  }

  async #change(what: string, id: string, etag: string, next: (card: Card) => NextCard): Promise<Change> {
    this.asked.push(`${what} ${id}`);
    const card = this.#cards.get(id);
    await this.#pause();
    if (card === undefined || etagOf(card) !== etag) return conflict();
    const result = next(card);
    if (typeof result === "string") return refused(result);
    const stored = this.#store(card, result.card, result.action, result.reason);
    this.#tell();
    return { status: "done", etag: etagOf(stored), message: `Done: ${result.action}.` };
  }

  #store(before: Card, next: Card, action: string, reason: string): Card {
    const stored = { ...next, version: before.version + 1 };
    this.#cards.set(stored.id, stored);
    const seq = this.#log.length + 1;
    const at = new Date(Date.UTC(2026, 10, 23, 12) + seq * 1000).toISOString();
    const { id, question: title } = stored;
    const entry = { seq, at, actor: "reviewer@example.org", action, via: "web", id, title, reason };
    const logged = { entry, before };
    this.#log.push(logged);
    this.#undoable.set(id, [...(this.#undoable.get(id) ?? []), logged]);
    return stored;
  }

  #isUndoable(logged: Logged): boolean {
    return this.#undoable.get(logged.before.id)?.at(-1) === logged;
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener(this.#version.toString());
  }
}

function diffOf(path: string, cards: readonly DraftCard[]): string {
  const lines = cards.flatMap(({ draft }) => draft.split("\n").map((line) => `+${line}`));
  return [`--- a/${path}`, `+++ b/${path}`, `@@ -1,0 +1,${lines.length} @@`, ...lines, ""].join("\n");
}
