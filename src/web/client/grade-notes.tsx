import type { JSX } from "preact";
import { visible } from "../../core/sanitise.ts";
import { RULE_WORDS } from "../../grade/records/state-words.ts";
import type { GradeItem } from "../api.ts";
import { Listed } from "./listed.tsx";
import { flagWord, pointsText, timeText } from "./words.ts";

interface GradeNotesProps {
  readonly item: GradeItem;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}

/** Around the levels: why one decides so, what the rules did, what was found, what was said before. */
export function GradeNotes({ item, reason, onReason }: GradeNotesProps): JSX.Element {
  const { judge, override, history } = item;
  const events = judge?.events ?? [];
  const flags = judge?.flags ?? [];
  return (
    <>
      {judge === null ? null : (
        <label class="field">
          Reason (needed to override or withdraw)
          <textarea
            id="reason"
            rows={2}
            maxLength={2000}
            value={reason}
            onInput={(event) => onReason(event.currentTarget.value)}
          />
        </label>
      )}
      {judge === null || judge.reason === "" ? null : <p class="note">{visible(judge.reason)}</p>}
      {override === null ? null : (
        <p class="override">
          Set by {visible(override.by)}, {timeText(override.at)}: “{visible(override.reason)}”
        </p>
      )}
      <Listed
        name="What the rules did"
        texts={events.map(
          ({ rule, subject, before, after }) =>
            `${subject === "" ? "" : `${subject}: `}${RULE_WORDS[rule]} (${pointsText(before)} → ${pointsText(after)})`,
        )}
      />
      <Listed name="Flags" texts={flags.map(flagWord)} look="warn" />
      <Listed name="History" texts={history.map(({ at, by, what }) => `${timeText(at)}, ${by}: ${what}`)} />
    </>
  );
}
