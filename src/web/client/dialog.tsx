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
  // Escape asks the page to close it, so that what is shown and what the page believes never differ, not even for a moment.
  const cancel = (event: Event): void => {
    event.preventDefault();
    onClose();
  };
  // Some browsers close it without having asked; one that is gone has nothing more to say.
  const closed = (): void => {
    if (dialog.current?.isConnected === true) onClose();
  };
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="dialog-title"
      onCancel={cancel}
      onClose={closed}
      onKeyDown={onKeyDown}
    >
      <h2 id="dialog-title" tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
