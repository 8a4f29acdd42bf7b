import type { JSX } from "preact";

interface SearchFieldProps {
  readonly id: string;
  /** What is searched, as the placeholder and to whoever hears the page. */
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}

export function SearchField({ id, label, text, onText }: SearchFieldProps): JSX.Element {
  return (
    <label class="search">
      <span class="heard">{label}</span>
      <input
        id={id}
        type="search"
        placeholder={label}
        value={text}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </label>
  );
}
