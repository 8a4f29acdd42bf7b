import type { JSX } from "preact";
import { type Toast, useReview } from "./review-context.ts";

/** Stays until it is dismissed or something newer is said: nobody has to hurry to take a decision back. */
export function ToastNote({ toast }: { readonly toast: Toast }): JSX.Element {
  const { tell, undo } = useReview();
  const { undoes } = toast;
  const dismiss = (): void => {
    tell(undefined);
    document.getElementById("main")?.focus({ preventScroll: true });
  };
  return (
    <aside class={`toast ${toast.kind}`} aria-label="Last message">
      <p>{toast.message}</p>
      {undoes === undefined ? null : (
        <button type="button" class="strong" onClick={() => void undo(undoes)}>
          Undo
        </button>
      )}
      <button type="button" class="quiet" onClick={dismiss}>
        Dismiss
      </button>
    </aside>
  );
}
