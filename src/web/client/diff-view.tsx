import type { ComponentChildren, JSX } from "preact";
import { visible } from "../../core/sanitise.ts";
import { linesOf } from "../../review/diff-blocks.ts";
import type { DiffHunk, DiffPart, TextDiff } from "../../review/diff.ts";
import { CodeLine } from "./code-line.tsx";

/** What changed, in a form that needs neither colour nor eyes. */
export function DiffView({ diff }: { readonly diff: TextDiff }): JSX.Element {
  const isSame = diff.hunks.every(({ parts }) => parts.every(({ kind }) => kind === "same"));
  return (
    <div class="diff">
      {diff.isWhitespaceOnly ? <p class="note">Only blanks and line breaks differ.</p> : null}
      {isSame && !diff.isWhitespaceOnly ? <p class="note">Nothing differs.</p> : null}
      {diff.hunks.map((hunk, at) => (
        <Hunk key={at} hunk={hunk} />
      ))}
    </div>
  );
}

function Hunk({ hunk }: { readonly hunk: DiffHunk }): JSX.Element {
  if (hunk.unit === "lines") return <Lines parts={hunk.parts} />;
  if (hunk.unit === "words") {
    return (
      <p class="prose">
        {hunk.parts.map((part, at) => (
          <Words key={at} part={part} />
        ))}
      </p>
    );
  }
  return (
    <>
      {hunk.parts.map((part, at) => (
        <p key={at} class={`prose block ${part.kind}`}>
          <Words part={part} />
        </p>
      ))}
    </>
  );
}

function Words({ part: { kind, text } }: { readonly part: DiffPart }): JSX.Element {
  const shown = visible(text);
  if (kind === "same") return <>{shown}</>;
  // Blanks around a change and between its paragraphs stay outside of its marks, as on a terminal.
  const core = shown.trim();
  const start = core === "" ? shown.length : shown.indexOf(core);
  return (
    <>
      {kind === "added" || core !== "" ? shown.slice(0, start) : null}
      {core.split(BETWEEN_PARAGRAPHS).map((piece, at) =>
        piece.trim() === "" ? (
          piece
        ) : (
          <Change key={at} kind={kind}>
            {piece}
          </Change>
        ),
      )}
      {shown.slice(start + core.length)}
    </>
  );
}

const BETWEEN_PARAGRAPHS = /(\n(?:[ \t]*\n)+)/;

/** Inserted or deleted; said to whoever hears the page. */
export function Change({
  kind,
  children,
}: {
  readonly kind: "added" | "removed";
  readonly children: ComponentChildren;
}): JSX.Element {
  if (kind === "added") {
    return (
      <ins>
        <span class="heard">added: </span>
        {children}
        <span class="heard"> end of added. </span>
      </ins>
    );
  }
  return (
    <del>
      <span class="heard">removed: </span>
      {children}
      <span class="heard"> end of removed. </span>
    </del>
  );
}

function Lines({ parts }: { readonly parts: readonly DiffPart[] }): JSX.Element {
  const lines = parts.flatMap(({ kind, text }) => linesOf(visible(text)).map((line) => ({ kind, line })));
  return (
    <pre class="lines-diff" tabIndex={0}>
      <code>
        {lines.map(({ kind, line }, at) => (
          <CodeLine key={at} kind={kind} line={line.replace(/\n$/, "")} />
        ))}
      </code>
    </pre>
  );
}
