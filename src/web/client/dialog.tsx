import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Where the keys go at first: by default the field to fill, if there is one. */
  readonly focus?: "field" | "title" | undefined;
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  readonly children: ComponentChildren;
}

/** A question over the page. Escape closes it and decides nothing; focus goes back to where it was. */
export function Dialog({ title, onClose, focus = "field", onKeyDown, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    const field =
      focus === "field" ? element?.querySelector<HTMLElement>("textarea, input:not([type=checkbox])") : undefined;
    // Its title, so that a long one is read from its start.
    (field ?? element?.querySelector<HTMLElement>("h2"))?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" onClose={onClose} onKeyDown={onKeyDown}>
      <h2 id="dialog-title" tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
