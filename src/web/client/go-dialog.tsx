import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "./dialog.tsx";
import { formText } from "./form-text.ts";
import { useReview } from "./review-context.ts";

/** To a place in the queue, by its number there or by an id. */
export function GoDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { rows, go } = useReview();
  const [fault, setFault] = useState("");
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const typed = formText(event.currentTarget, "place");
    const row = /^\d+$/.test(typed) ? rows[Number(typed) - 1] : rows.find(({ id }) => id === typed);
    if (row === undefined)
      return setFault(`There is no ${typed === "" ? "such place" : typed} among the ${rows.length} shown.`);
    onClose();
    go({ view: "review", id: row.id });
  };
  return (
    <Dialog title="Go to" onClose={onClose}>
      <form onSubmit={submit}>
        <label class="field">
          Number in the queue (1 to {rows.length}) or id
          <input name="place" autocomplete="off" aria-describedby="go-fault" />
        </label>
        <p id="go-fault" class="fault" role="alert">
          {fault}
        </p>
        <div class="row">
          <button type="button" class="quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Go
          </button>
        </div>
      </form>
    </Dialog>
  );
}
