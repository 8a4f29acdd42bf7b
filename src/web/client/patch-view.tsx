import type { JSX } from "preact";
import { visible } from "../../core/sanitise.ts";

/** Lines of a patch above which the rest is left out. */
const MOST_LINES = 2_000;

/** A unified diff, line by line. */
export function PatchView({ patch }: { readonly patch: string }): JSX.Element {
  const lines = visible(patch).replace(/\n$/, "").split("\n");
  return (
    <>
      <pre class="lines-diff" tabIndex={0}>
        <code>
          {lines.slice(0, MOST_LINES).map((line, at) => (
            <Line key={at} line={line} />
          ))}
        </code>
      </pre>
      {lines.length > MOST_LINES ? <p class="note">and {lines.length - MOST_LINES} more lines</p> : null}
    </>
  );
}

function Line({ line }: { readonly line: string }): JSX.Element {
  const isHead = line.startsWith("+++") || line.startsWith("---") || line.startsWith("@@") || line.startsWith("\\");
  const kind = isHead ? "heading" : line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
  if (kind === "added" || kind === "removed") {
    const text = `${line.slice(1)}\n`;
    return (
      <span class={`code-line ${kind}`}>
        <span class="heard">{kind}: </span>
        <span class="sign" aria-hidden="true">
          {kind === "added" ? "+" : "−"}
        </span>
        {kind === "added" ? <ins>{text}</ins> : <del>{text}</del>}
      </span>
    );
  }
  return <span class={`code-line ${kind}`}>{`${line}\n`}</span>;
}
