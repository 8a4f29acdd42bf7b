import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { useCommands } from "./use-commands.ts";

interface PanesProps {
  readonly question: ComponentChildren;
  readonly main: ComponentChildren;
  readonly details: ComponentChildren;
  /** Of the three. */
  readonly names: readonly [string, string, string];
}

const PANES = ["question", "main", "details"] as const;
type Pane = (typeof PANES)[number];

/** Three columns where there is room; on a phone one of them at a time. */
export function Panes({ question, main, details, names }: PanesProps): JSX.Element {
  const [pane, setPane] = useState<Pane>("main");
  const panes = useRef<HTMLDivElement>(null);
  const toDetails = (): void => {
    setPane("details");
    requestAnimationFrame(() => panes.current?.querySelector<HTMLElement>("[data-pane=details]")?.focus());
  };
  useCommands({ details: toDetails });
  const column = (name: Pane, label: string, content: ComponentChildren): JSX.Element => (
    <section class={`pane ${name} ${pane === name ? "chosen" : ""}`} aria-label={label} data-pane={name} tabIndex={-1}>
      {content}
    </section>
  );
  return (
    <div class="panes" ref={panes}>
      <div class="pane-switch" role="group" aria-label="Part of the item">
        {PANES.map((name, at) => (
          <button key={name} type="button" aria-pressed={pane === name} onClick={() => setPane(name)}>
            {names[at]}
          </button>
        ))}
      </div>
      {column("question", names[0], question)}
      {column("main", names[1], main)}
      {column("details", names[2], details)}
    </div>
  );
}
