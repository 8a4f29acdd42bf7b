import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { REJECT_REASONS } from "../../review/reject-reasons.ts";
import { Dialog } from "./dialog.tsx";

interface ReasonDialogProps {
  readonly action: "reject" | "redo";
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}

/**
 * Why a draft is rejected. A digit takes one of the usual reasons, except in the field, where it is a digit; any other
 * letter goes into the field. Words of one's own say more, above all to a redo.
 */
export function ReasonDialog({ action, onReason, onClose }: ReasonDialogProps): JSX.Element {
  const [text, setText] = useState("");
  const isRedo = action === "redo";
  const field = useRef<HTMLTextAreaElement>(null);
  const begin = (reason: string): void => {
    setText(`${reason}: `);
    field.current?.focus();
  };
  const take = isRedo ? begin : onReason;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target === field.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const reason = /^[1-5]$/.test(event.key) ? REJECT_REASONS[Number(event.key) - 1] : undefined;
    if (reason !== undefined) {
      event.preventDefault();
      take(reason);
    } else if (/^\S$/u.test(event.key)) {
      field.current?.focus();
    }
  };
  return (
    <Dialog title={isRedo ? "Reject and draft again" : "Reject"} onClose={onClose} onKeyDown={onKeyDown} focus="title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onReason(text.trim());
        }}
      >
        <ul class="reasons">
          {REJECT_REASONS.map((reason, at) => (
            <li key={reason}>
              <button type="button" onClick={() => take(reason)}>
                <kbd>{at + 1}</kbd> {reason}
              </button>
            </li>
          ))}
        </ul>
        <label class="field">
          {isRedo ? "What should the next draft do better?" : "Or in your own words (may stay empty)"}
          <textarea
            ref={field}
            rows={3}
            maxLength={2000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <div class="row">
          <button type="button" class="quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary">
            {isRedo ? "Reject and draft again" : "Reject"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
