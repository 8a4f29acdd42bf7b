import { z } from "zod";
import type { ProposalKind } from "../bank/proposal.ts";
import type { CriterionResult, GradeFlag, GradeState, RuleEvent } from "../grade/records/record.ts";
import type { MergeOffer } from "../review/conflict.ts";
import type { TextDiff } from "../review/diff.ts";
import type { StateName } from "../review/states.ts";

// What page and server say to each other, as JSON. The page imports the types of this file and nothing else of the server.
// Ids are opaque to the page; no request holds a path. Marks and points are whole thousandths everywhere.

export type ReviewKind = ProposalKind | "grade";
export type ReviewStatus = "pending" | "accepted" | "rejected" | "applied";

/** One line of the queue. All rows are sent at once; the page filters and sorts them. */
export interface QueueRow {
  readonly id: string;
  /** What commands call it: a proposal's id; of a grade the question's. */
  readonly name: string;
  readonly kind: ReviewKind;
  /** Of a grade: pending while it waits for a person, accepted once one confirmed or marked it, applied where none need. */
  readonly status: ReviewStatus;
  readonly state: StateName | GradeState;
  /** The start of the question, on one line. */
  readonly title: string;
  /** The bank file; of a grade, the set. */
  readonly place: string;
  /** Of a grade: the code of who answered; else "". */
  readonly candidate: string;
  readonly words: number;
  /** The model's own estimate, 0 to 1; of a grade 1 less its doubt; null where there is none, or where it would tell. */
  readonly confidence: number | null;
  /** US dollars; null where it is unknown. */
  readonly cost: number | null;
  readonly model: string;
  readonly prompt: string;
  readonly run: string;
  readonly flags: readonly string[];
  readonly edited: boolean;
  readonly revision: number;
  /** The item's, so that many can be accepted at once without asking for each. */
  readonly etag: string;
}

export interface Queue {
  /** Changes with every change on disk. */
  readonly version: string;
  readonly rows: readonly QueueRow[];
  readonly totals: {
    readonly pending: number;
    readonly acceptedNotApplied: number;
    readonly conflicts: number;
    /** US dollars over all runs behind the rows. */
    readonly spent: number;
  };
  /** Who decides, for the page to show. */
  readonly actor: string;
}

interface ItemCommon {
  readonly row: QueueRow;
  /** Must come back with every change of the item; it is another one as soon as anything about the item changed. */
  readonly etag: string;
  /** Whole, as the bank words it, and with lost blanks put back where that differs. */
  readonly question: string;
  readonly restored: string | null;
  readonly headings: readonly string[];
}

/** A draft of an answer or of a rubric, or a repair that an audit proposes. */
export interface ProposalItem extends ItemCommon {
  readonly kind: ProposalKind;
  /** What stands below the question and belongs to it, such as a program or choices; "" for nothing. */
  readonly body: string;
  readonly draft: string;
  /** As it was generated, where a person edited it. */
  readonly generated: string | null;
  /** What the slot holds now; "" for nothing, null where the question is not there. */
  readonly now: string | null;
  /** True where that is a placeholder and no answer: then there is nothing to compare the draft with. */
  readonly isPlaceholder?: boolean | undefined;
  /** From `now` to `draft`. */
  readonly diff: TextDiff;
  readonly neighbours: { readonly before: string | null; readonly after: string | null };
  readonly provenance: readonly { readonly name: string; readonly value: string }[];
  readonly findings: readonly string[];
  readonly doubts: readonly string[];
  readonly citations: readonly { readonly place: string; readonly quote: string | null }[];
  /** Earlier revisions, newest first. */
  readonly revisions: readonly { readonly revision: number; readonly draft: string; readonly diff: TextDiff }[];
  readonly trouble: Trouble | null;
}

/** Why a draft cannot go where it was made for. */
export type Trouble =
  | { readonly kind: "conflict"; readonly offer: MergeOffer }
  | { readonly kind: "stale"; readonly nearest: string; readonly diff: TextDiff }
  | { readonly kind: "ambiguous"; readonly places: readonly string[] }
  | { readonly kind: "missing" };

export interface GradeItem extends ItemCommon {
  readonly kind: "grade";
  /** What the candidate wrote; offsets below are UTF-16 offsets into it. */
  readonly answer: string;
  readonly reference: string;
  readonly guidelines: string;
  readonly criteria: readonly RubricRow[];
  readonly max: number;
  readonly pass: number | null;
  /** Null while the reviewer is blind: then nothing of the judge has left the server. */
  readonly judge: JudgeView | null;
  /** What the reviewer saved, blind or not; null for nothing yet. */
  readonly mine: { readonly levels: Readonly<Record<string, string>>; readonly mark: number } | null;
  readonly override: { readonly by: string; readonly reason: string; readonly at: string } | null;
  /** Earlier words about this grade, oldest first. */
  readonly history: readonly { readonly at: string; readonly by: string; readonly what: string }[];
}

export interface RubricRow {
  readonly id: string;
  readonly text: string;
  readonly levels: readonly { readonly id: string; readonly points: number; readonly descriptor: string }[];
}

export interface JudgeView {
  readonly mark: number | null;
  readonly criteria: readonly CriterionResult[];
  readonly events: readonly RuleEvent[];
  readonly flags: readonly GradeFlag[];
  readonly reason: string;
}

export type Item = ProposalItem | GradeItem;

const reason = z.string().max(2_000);

/** POST /api/items/:id/decision */
export const decisionRequest = z.discriminatedUnion("action", [
  z.strictObject({ action: z.enum(["accept", "undo"]) }),
  z.strictObject({ action: z.enum(["reject", "redo"]), reason }),
  /**
   * The nearest question of a stale draft is the one that is meant; so is, of an ambiguous draft, the question at `place`
   * among its places, from 0; the draft of a conflict, as saved last, may replace what the slot holds now. Pending and clean
   * afterwards.
   */
  z.strictObject({ action: z.literal("reanchor"), place: z.int().nonnegative().optional() }),
  /** A reviewer's own levels, before the judge's were seen. */
  z.strictObject({ action: z.literal("mark"), levels: z.record(z.string(), z.string()) }),
  z.strictObject({ action: z.literal("override"), levels: z.record(z.string(), z.string()), reason: reason.min(1) }),
  /** The judge's levels are right. */
  z.strictObject({ action: z.literal("confirm"), reason }),
  z.strictObject({ action: z.literal("withdraw"), reason: reason.min(1) }),
]);
export type DecisionRequest = z.infer<typeof decisionRequest>;

/** PUT /api/items/:id/draft */
export const draftRequest = z.strictObject({ draft: z.string().max(200_000) });

/** POST /api/batch: accepts clean pending drafts. Refused where the count or an item's state is no longer what it was. */
export const batchRequest = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), etag: z.string() })).max(20_000),
  expectedCount: z.int().nonnegative(),
});

/** POST /api/apply */
export const applyRequest = z.strictObject({ dryRun: z.boolean() });

/** POST /api/undo: the last decision of this session, or one by its number in the log. */
export const undoRequest = z.strictObject({ seq: z.int().positive().nullable() });

/** What a change came to. `conflict`: it is not as the page saw it (412 or 409). */
export type Change =
  | {
      readonly status: "done";
      readonly etag: string | null;
      readonly message: string;
      /** The item's new id, where the change gave it another one. */
      readonly id?: string | undefined;
    }
  | { readonly status: "refused" | "conflict"; readonly message: string };

export interface ApplyView {
  readonly dryRun: boolean;
  readonly written: number;
  readonly files: readonly { readonly path: string; readonly diff: string }[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

export interface ActivityEntry {
  /** In its log: that of the decisions, or of one set of grades. Only the decisions' can be undone by it. */
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly via: string;
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  /** True where it can be taken back from here. */
  readonly undoable: boolean;
}

/** GET /api/compare?left=…&right=…: two runs, two revisions or two grading runs. */
export interface ComparisonView {
  readonly left: string;
  readonly right: string;
  /** Of what both sides have, changed or not. */
  readonly compared: number;
  /** What differs. */
  readonly rows: readonly {
    readonly id: string;
    /** What commands call it. */
    readonly name: string;
    readonly title: string;
    readonly kind: ReviewKind;
    readonly change: string;
    readonly diff: TextDiff | null;
    /** Points after less points before; null where no marks are compared. */
    readonly moved: number | null;
  }[];
}

// The rest of the protocol. The url that opens the page ends in `/#<launch code>`. POST /api/session says `X-Launch: <code>`;
// every other request but GET / and the two assets says `Authorization: Bearer <token>`. Every POST and PUT is
// `application/json`, at most 1 MB; one of an item says `If-Match: "<etag>"`, in double quotes, as the ETag header of
// GET /api/items/:id has it.
//
// 400 not the shape asked for · 401 no or wrong token or launch code · 403 from another site · 404 no such route or id ·
// 405 · 409 a batch or undo met something changed · 412 the item changed · 413 · 415 · 421 not our host · 422 the desk
// refused it · 428 no If-Match · 500. All with a JSON body that has a `message`; a Change is sent as it is.

/** POST /api/session */
export const sessionRequest = z.strictObject({});
export interface SessionReply {
  readonly token: string;
}

/** GET /api/items/:id?blind=…: blind unless it says 0. */
export const itemQuery = z.strictObject({ blind: z.enum(["0", "1"]).default("1") });

/** GET /api/compare?left=…&right=… */
export const compareQuery = z.strictObject({ left: z.string().min(1), right: z.string().min(1) });

/** The body of every refusal that is not a Change. */
export interface Problem {
  readonly message: string;
}

/**
 * GET /api/events: one of these a line, as JSON. The first line tells the version as it is when the stream opens, so no
 * change is lost between a queue and its notices; `beat` comes while nothing changes.
 */
export type Notice = { readonly kind: "changed"; readonly version: string } | { readonly kind: "beat" };

/** POST /api/render: markdown as the page shows it. Changes nothing; the parser stays out of the page. */
export const renderRequest = z.strictObject({ markdown: z.string().max(200_000) });
export interface RenderReply {
  /** Null where the text is made to be costly to read; it is then shown as it is. */
  readonly tree: readonly MarkdownNode[] | null;
}

/** What a draft can hold, and nothing that could run or load. Texts are fit to be shown: hidden characters are visible. */
export type MarkdownNode =
  | { readonly kind: "text" | "code-span" | "html"; readonly text: string }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "break" | "rule" }
  | { readonly kind: "image"; readonly alt: string; readonly address: string }
  | { readonly kind: "definition"; readonly label: string; readonly address: string }
  | { readonly kind: "link"; readonly address: string; readonly children: readonly MarkdownNode[] }
  /** Levels are consecutive and from 1: drafts skip levels, outlines must not. */
  | { readonly kind: "heading"; readonly level: number; readonly children: readonly MarkdownNode[] }
  /** Numbered from `start`; null for bullets. */
  | { readonly kind: "list"; readonly start: number | null; readonly children: readonly MarkdownNode[] }
  | {
      readonly kind: "paragraph" | "quote" | "item" | "emphasis" | "strong";
      readonly children: readonly MarkdownNode[];
    }
  | { readonly kind: "table"; readonly rows: readonly (readonly (readonly MarkdownNode[])[])[] };
