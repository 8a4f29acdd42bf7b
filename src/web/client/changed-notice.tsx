import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { wordDiff } from "../../review/diff.ts";
import type { ProposalItem } from "../api.ts";
import { DiffView } from "./diff-view.tsx";
import { stateWord, STATUS_WORDS } from "./words.ts";

interface ChangedNoticeProps {
  readonly before: ProposalItem;
  readonly item: ProposalItem;
  readonly onSettle: () => void;
  /** Ways on, where seeing it is not enough. */
  readonly children?: ComponentChildren;
}

/** Somebody or something else changed the item under the reader's eyes: what exactly. */
export function ChangedNotice({ before, item, onSettle, children }: ChangedNoticeProps): JSX.Element {
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.scrollIntoView({ block: "nearest" }), []);
  const status = [STATUS_WORDS[before.row.status], STATUS_WORDS[item.row.status]];
  const state = [stateWord(before.row.state), stateWord(item.row.state)];
  return (
    <section class="notice info" aria-label="Changed elsewhere" ref={section} role="alert">
      <h2>This changed elsewhere while you looked at it</h2>
      <ul>
        {status[0] === status[1] ? null : (
          <li>
            It was {status[0]} and is now {status[1]}.
          </li>
        )}
        {state[0] === state[1] ? null : (
          <li>
            Its state was {state[0]} and is now {state[1]}.
          </li>
        )}
      </ul>
      <Changed name="The draft" before={before.draft} after={item.draft} />
      <Changed name="What the bank holds" before={before.now ?? ""} after={item.now ?? ""} />
      {children ?? (
        <button type="button" onClick={onSettle}>
          I have seen it
        </button>
      )}
    </section>
  );
}

interface ChangedProps {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

function Changed({ name, before, after }: ChangedProps): JSX.Element | null {
  if (before === after) return null;
  return (
    <>
      <h3>{name}</h3>
      <DiffView diff={wordDiff(before, after)} />
    </>
  );
}
