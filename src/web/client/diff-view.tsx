import type { ComponentChildren, JSX } from "preact";
import { visible } from "../../core/sanitise.ts";
import { linesOf } from "../../review/diff-blocks.ts";
import type { DiffHunk, DiffPart, TextDiff } from "../../review/diff.ts";

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
  const core = shown.trim();
  if (kind === "same") return <>{shown}</>;
  // Blanks around a change stay outside of its mark, as on a terminal.
  if (core === "") return <>{kind === "added" ? shown : ""}</>;
  const start = shown.indexOf(core);
  return (
    <>
      {shown.slice(0, start)}
      <Change kind={kind}>{core}</Change>
      {shown.slice(start + core.length)}
    </>
  );
}

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

const SIGNS = { same: " ", added: "+", removed: "−" } as const;

function Lines({ parts }: { readonly parts: readonly DiffPart[] }): JSX.Element {
  return (
    <pre class="lines-diff" tabIndex={0}>
      <code>
        {parts.map(({ kind, text }, at) => (
          <span key={at} class={kind}>
            {kind === "same" ? null : <span class="heard">{kind}: </span>}
            {linesOf(visible(text)).map((line, number) => (
              <LineOf key={number} kind={kind} line={line} />
            ))}
          </span>
        ))}
      </code>
    </pre>
  );
}

function LineOf({ kind, line }: { readonly kind: DiffPart["kind"]; readonly line: string }): JSX.Element {
  const text = line.endsWith("\n") ? line : `${line}\n`;
  const body = kind === "added" ? <ins>{text}</ins> : kind === "removed" ? <del>{text}</del> : text;
  return (
    <span class="code-line">
      <span class="sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      {body}
    </span>
  );
}
