import type { JSX } from "preact";
import { visible } from "../../core/sanitise.ts";
import { CodeLine } from "./code-line.tsx";

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

const KINDS: Readonly<Record<string, "added" | "removed" | "same">> = { "+": "added", "-": "removed", " ": "same" };

function Line({ line }: { readonly line: string }): JSX.Element {
  const kind = /^(?:\+\+\+|---) /.test(line) ? undefined : KINDS[line.charAt(0)];
  if (kind === undefined) return <span class="code-line heading">{`${line}\n`}</span>;
  return <CodeLine kind={kind} line={line.slice(1)} />;
}
