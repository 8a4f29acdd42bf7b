import type { ComponentChildren, JSX } from "preact";
import { visible } from "../../core/sanitise.ts";

export function Group({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="group">
      <h3>{name}</h3>
      {children}
    </section>
  );
}

interface ListedProps {
  readonly name: string;
  readonly texts: readonly string[];
  /** "warn" for what speaks against the item. */
  readonly look?: "warn";
}

/** Nothing where there is nothing to list. */
export function Listed({ name, texts, look }: ListedProps): JSX.Element | null {
  if (texts.length === 0) return null;
  return (
    <Group name={name}>
      <ul class={`plain ${look ?? ""}`}>
        {texts.map((text, at) => (
          <li key={at}>{visible(text)}</li>
        ))}
      </ul>
    </Group>
  );
}
