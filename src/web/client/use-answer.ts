import { useLayoutEffect } from "preact/hooks";
import type { Answer } from "./desk-client.ts";
import { useReview } from "./review-context.ts";

/** An answer that there is something to do with: the end of the session is told to everybody at once. */
export type UsefulAnswer<Value> = Exclude<Answer<Value>, { readonly status: "expired" }>;

/**
 * Asks whenever one of `about` changes, and calls back unless something newer was asked meanwhile.
 *
 * @param ask undefined for nothing to ask.
 */
export function useAnswer<Value>(
  ask: () => Promise<Answer<Value>> | undefined,
  onAnswer: (answer: UsefulAnswer<Value>) => void,
  about: readonly unknown[],
): void {
  const { valueOf } = useReview();
  useLayoutEffect(() => {
    let isCurrent = true;
    void ask()?.then((answer) => {
      if (!isCurrent) return;
      if (answer.status === "expired") valueOf(answer);
      else onAnswer(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, about);
}
