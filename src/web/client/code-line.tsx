import type { JSX } from "preact";

interface CodeLineProps {
  readonly kind: "same" | "added" | "removed";
  /** Without its line end. */
  readonly line: string;
}

const SIGNS = { same: " ", added: "+", removed: "−" } as const;

/** A line of code that stayed, came or went: by its sign, by its colour, and in words for whoever hears the page. */
export function CodeLine({ kind, line }: CodeLineProps): JSX.Element {
  const text = `${line}\n`;
  return (
    <span class={`code-line ${kind}`}>
      <span class="sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      {kind === "same" ? null : <span class="heard">{kind}: </span>}
      {kind === "added" ? <ins>{text}</ins> : kind === "removed" ? <del>{text}</del> : text}
    </span>
  );
}
