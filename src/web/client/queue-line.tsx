import type { JSX } from "preact";
import type { QueueRow } from "../api.ts";
import { Link } from "./link.tsx";
import { StateBadge } from "./state-badge.tsx";
import { dollars, flagWord, KIND_WORDS, STATUS_WORDS } from "./words.ts";

interface LineProps {
  readonly row: QueueRow;
  readonly at: number;
  /** In CSS pixels from the top of the list. */
  readonly top: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onActive: (at: number) => void;
  readonly onToggle: (id: string) => void;
}

const FLAGS_SHOWN = 2;

export function QueueLine(props: LineProps): JSX.Element {
  const { row, at, top, isActive, isSelected, onActive, onToggle } = props;
  const focus = isActive ? 0 : -1;
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      class={`line ${isSelected ? "selected" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
      data-at={at}
      onFocusIn={() => onActive(at)}
    >
      <span role="cell" class="pick">
        <input
          type="checkbox"
          tabIndex={focus}
          checked={isSelected}
          aria-label={`Select ${row.title}`}
          onChange={() => onToggle(row.id)}
        />
      </span>
      <span role="cell" class="c-state">
        <StateBadge row={row} />
      </span>
      <span role="cell" class="c-title">
        <Link to={{ view: "review", id: row.id }} tabIndex={focus} class="title">
          {row.title}
        </Link>
        <span class="about">
          <span class="place">{row.place}</span>
          <Marks row={row} />
        </span>
      </span>
      <Figure name="words" text={row.words.toLocaleString("en")} unit="words" />
      <Figure name="confidence" text={row.confidence === null ? "" : row.confidence.toFixed(2)} unit="estimate" />
      <Figure name="cost" text={row.cost === null ? "" : dollars(row.cost)} unit="" />
    </div>
  );
}

function Marks({ row }: { readonly row: QueueRow }): JSX.Element {
  const words = [
    ...(row.candidate === "" ? [] : [row.candidate]),
    ...(row.kind === "answer" ? [] : [KIND_WORDS[row.kind]]),
    ...(row.status === "pending" ? [] : [STATUS_WORDS[row.status]]),
    ...(row.edited ? ["edited"] : []),
  ];
  const more = row.flags.length - FLAGS_SHOWN;
  return (
    <>
      {words.map((word) => (
        <span key={word} class="mark-word">
          {word}
        </span>
      ))}
      {row.flags.slice(0, FLAGS_SHOWN).map((flag) => (
        <span key={flag} class="flag">
          {flagWord(flag)}
        </span>
      ))}
      {more > 0 ? <span class="flag">{more} more</span> : null}
    </>
  );
}

function Figure({
  name,
  text,
  unit,
}: {
  readonly name: string;
  readonly text: string;
  readonly unit: string;
}): JSX.Element {
  return (
    <span role="cell" class={`figure c-${name}`}>
      {text === "" ? <span class="heard">unknown</span> : text}
      {text === "" || unit === "" ? null : <span class="unit"> {unit}</span>}
    </span>
  );
}
