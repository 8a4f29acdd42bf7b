import type { ActivityEntry, ApplyView, Change, ComparisonView, DecisionRequest, Item, Queue } from "./api.ts";

/**
 * Everything the page may see and do, as a port: the server speaks HTTP and guards it, the desk knows the project. Ids and
 * etags are strings that the desk gave out, etags of visible ASCII without double quotes; it knows no others. A change of an
 * id that it does not know is a conflict. The server asks for one change at a time.
 */
export interface ReviewDesk {
  queue(): Queue;
  /** @param isBlind true keeps everything of the judge back until the reviewer's own levels are stored. */
  item(id: string, isBlind: boolean): Item | undefined;
  decide(id: string, etag: string, decision: DecisionRequest): Promise<Change>;
  saveDraft(id: string, etag: string, draft: string): Promise<Change>;
  acceptAll(items: readonly { readonly id: string; readonly etag: string }[], expectedCount: number): Promise<Change>;
  apply(isDryRun: boolean): Promise<ApplyView>;
  undo(seq: number | null): Promise<Change>;
  activity(): readonly ActivityEntry[];
  compare(left: string, right: string): ComparisonView | undefined;
  /** Calls back when files that the desk reads have changed. @returns how to stop. */
  onChange(listener: (version: string) => void): () => void;
}
