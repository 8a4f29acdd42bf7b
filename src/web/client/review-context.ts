import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Queue, QueueRow } from "../api.ts";
import type { Answer, DeskClient, Done } from "./desk-client.ts";
import type { Route } from "./route.ts";
import type { Settings } from "./settings.ts";

/** What is said after a change, until it is dismissed or something newer is said. */
export interface Toast {
  readonly kind: "done" | "problem";
  readonly message: string;
  /** The item whose decision can be taken back from here; undefined where there is nothing to take back. */
  readonly undoes?: string | undefined;
}

/** What every screen may see and do. */
export interface Review {
  readonly client: DeskClient;
  readonly queue: Queue;
  /** The rows of the filter, in the order chosen: what "next" goes through. */
  readonly rows: readonly QueueRow[];
  readonly route: Route;
  readonly settings: Settings;
  readonly selection: ReadonlySet<string>;
  /** Grows with every change on disk and every refusal for being late: what is shown is to be asked for again. */
  readonly epoch: number;
  readonly go: (change: Partial<Route>, history?: "push" | "replace") => void;
  readonly select: (selection: ReadonlySet<string>) => void;
  readonly set: (settings: Partial<Settings>) => void;
  readonly tell: (toast: Toast | undefined) => void;
  /** Waits for a change, tells what came of it and has the queue asked for again. */
  readonly carryOut: (change: Promise<Answer<Done>>, undoes?: string) => Promise<Answer<Done>>;
  /** The value, or undefined after the problem was told. */
  readonly valueOf: <Value>(answer: Answer<Value>) => Value | undefined;
  /** Takes the last decision back and goes to the item it was about, if that is known. */
  readonly undo: (id: string | undefined) => Promise<void>;
}

export const ReviewContext = createContext<Review | undefined>(undefined);

export function useReview(): Review {
  const review = useContext(ReviewContext);
  if (review === undefined) throw new Error("outside of the review");
  return review;
}
