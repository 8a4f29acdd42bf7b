import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly words: string;
}

interface TabsProps<Name extends string> {
  /** Of the group; part of the ids on the page. */
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly current: Name;
  readonly onChange: (name: Name) => void;
  readonly children: ComponentChildren;
}

/** One of several views of the same thing. Arrows go from tab to tab, as is usual. */
export function Tabs<Name extends string>({ label, tabs, current, onChange, children }: TabsProps<Name>): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const prefix = label.toLowerCase().replaceAll(" ", "-");
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const at = (tabs.findIndex(({ name }) => name === current) + step + tabs.length) % tabs.length;
    const next = tabs[at];
    if (next === undefined) return;
    onChange(next.name);
    list.current?.querySelectorAll("button")[at]?.focus();
  };
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ name, words }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${prefix}-${name}`}
            aria-selected={name === current}
            aria-controls={`${prefix}-panel`}
            tabIndex={name === current ? 0 : -1}
            onClick={() => onChange(name)}
          >
            {words}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${prefix}-panel`} aria-labelledby={`${prefix}-${current}`} tabIndex={-1}>
        {children}
      </div>
    </div>
  );
}
