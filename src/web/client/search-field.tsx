import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";

interface SearchFieldProps {
  readonly id: string;
  /** What is searched, as the placeholder and to whoever hears the page. */
  readonly label: string;
  /** A shorter word than the label for the placeholder, where that would be cut off. */
  readonly hint?: string | undefined;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Enter: on to what was found. */
  readonly onDone?: (() => void) | undefined;
}

let awaited: string | undefined;

/** Into a search field, now or as soon as it is there: the next letter typed must not be taken for a command. */
export function focusSearch(id: string): void {
  const field = document.getElementById(id);
  if (field === null) awaited = id;
  else field.focus();
}

export function SearchField({ id, label, hint, text, onText, onDone }: SearchFieldProps): JSX.Element {
  useLayoutEffect(() => {
    if (awaited === id) document.getElementById(id)?.focus();
    awaited = undefined;
  }, [id]);
  return (
    <label class="search">
      <span class="heard">{label}</span>
      <input
        id={id}
        type="search"
        placeholder={hint ?? label}
        value={text}
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={({ key, isComposing }) => (key === "Enter" && !isComposing ? onDone?.() : undefined)}
      />
    </label>
  );
}
